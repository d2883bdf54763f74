import type { TextEdit } from '../../../base/text';
import { propertiesOf, propertyOf } from '../../../documents/data/access';
import { insertProperty, removeProperty, renameKey, replaceValue } from '../../../documents/data/edits';
import type { WlmDocument, WlmQueue } from '../../../documents/wlm/model';
import { defineRule } from '../../rule';

/** Slots and memory that somebody shares out by hand. */
export const wlmPreferAuto = defineRule({
  code: 'WLM11',
  id: 'wlm-prefer-auto',
  dialects: ['redshift-wlm'],
  severity: 'hint',
  title: 'Let Redshift share out slots and memory',
  why: 'Manual queues keep their slots and memory for themselves even when they are empty, and a light query gets as much as a heavy one. Automatic WLM, which AWS advises, gives each query what it needs; priorities say what goes first.',
  sources: ['https://docs.aws.amazon.com/redshift/latest/dg/automatic-wlm.html'],
  bad: `[
  {
    "name": "ledger close",
    "query_group": ["ledger"],
    "memory_percent_to_use": 60,
    "query_concurrency": 3
  },
  {
    "name": "default",
    "memory_percent_to_use": 40,
    "query_concurrency": 5
  }
]`,
  good: `[
  {
    "name": "ledger close",
    "query_group": ["ledger"],
    "priority": "high",
    "queue_type": "auto",
    "auto_wlm": true
  },
  {
    "name": "default",
    "priority": "normal",
    "queue_type": "auto",
    "auto_wlm": true
  }
]`,
  check: {
    'redshift-wlm'(document, { report }) {
      const { queues, list, data } = document;
      const [first] = queues;
      if (first === undefined || queues.some(({ mode }) => mode !== 'manual')) return;
      const place = list ?? first.node;
      const edits = queues.every(isConvertible) ? queues.flatMap((queue) => automatic(document, queue)) : [];
      report(
        { start: place.start, end: place.start + 1 },
        'All queues are manual: automatic WLM would share out slots and memory by itself.',
        edits.length === 0 || data.format !== 'json'
          ? {}
          : { fixes: [{ title: 'Make the queues automatic', edits, scaffold: true }] },
      );
    },
  },
});

/** Queues that say something which automatic ones do not take are left to their owner. */
function isConvertible({ node, rules }: WlmQueue): boolean {
  return (
    propertyOf(node, 'max_execution_time') === undefined &&
    propertyOf(node, 'queue_type') === undefined &&
    propertyOf(node, 'auto_wlm') === undefined &&
    rules.every(({ action }) => action !== 'hop')
  );
}

// The first of the manual settings becomes the priority, with the rest of the mode behind it.
function automatic({ data }: WlmDocument, { node }: WlmQueue): readonly TextEdit[] {
  const [first, second] = propertiesOf(node).filter(({ key }) =>
    /^(?:query_concurrency|memory_percent_to_use)$/.test(key),
  );
  if (first === undefined) return [];
  const hasPriority = propertyOf(node, 'priority') !== undefined;
  const mode = [
    ...(hasPriority ? [] : [{ key: 'priority', value: 'normal' }]),
    { key: 'queue_type', value: 'auto' },
    { key: 'auto_wlm', value: true },
  ];
  const [head, ...others] = mode;
  const added = others.flatMap((property) => insertProperty(data, node, { ...property, after: first }));
  return [
    ...renameKey(data, first, head?.key ?? 'queue_type'),
    ...replaceValue(data, first.value, head?.value ?? 'auto'),
    { start: first.end, end: first.end, text: added.map(({ text }) => text).join('') },
    ...(second === undefined ? [] : removeProperty(data, node, second)),
  ];
}
