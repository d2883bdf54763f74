import type { TextEdit } from '../../../base/text';
import { numberOf, valueOf } from '../../../documents/data/access';
import { appendItem, insertProperty } from '../../../documents/data/edits';
import type { DataDocument, DataNode, DataValue } from '../../../documents/data/node';
import { valueText } from '../../../documents/data/render';
import type { WlmDocument, WlmQueue } from '../../../documents/wlm/model';

/** White space between the start of a node's line and what stands there first. */
export function indentAt({ text }: DataDocument, { start }: DataNode): string {
  const line = text.lastIndexOf('\n', start - 1) + 1;
  return /^[ \t]*/.exec(text.slice(line, start))?.[0] ?? '';
}

/** Adds a queue behind the last one, before the element of short queries where that stands behind it. */
export function appendQueue(document: WlmDocument, value: DataValue): readonly TextEdit[] {
  const { data, list, queues, shortQueries } = document;
  const last = queues.at(-1);
  if (list === undefined || last === undefined) return [];
  if (data.format !== 'json' || shortQueries === undefined || shortQueries.start < last.node.start)
    return appendItem(data, list, value);
  const between = data.text.slice(last.node.end, shortQueries.start).replace(/^\s*,/, '');
  const { end } = last.node;
  return [{ start: end, end, text: `,${between}${valueText(data, value, indentAt(data, shortQueries))}` }];
}

/** A monitoring rule with one condition. */
export function monitoringRule(facts: {
  readonly name: string;
  readonly metric: string;
  readonly above: number;
  readonly action: 'log' | 'abort';
}): DataValue {
  return {
    rule_name: facts.name,
    predicate: [{ metric_name: facts.metric, operator: '>', value: facts.above }],
    action: facts.action,
  };
}

/** Adds monitoring rules to a queue. */
export function addRules(
  data: DataDocument,
  queue: WlmQueue,
  rules: readonly DataValue[],
): readonly TextEdit[] {
  const list = valueOf(queue.node, 'rules');
  const [first] = rules;
  if (list?.kind === 'array' && list.items.length > 0)
    return first === undefined ? [] : appendItem(data, list, first);
  return list === undefined ? insertProperty(data, queue.node, { key: 'rules', value: rules }) : [];
}

/** A name that Redshift takes for a monitoring rule and that no other bears: letters, digits and underscores, 32 of them. */
export function freeRuleName(wanted: string, { queues }: WlmDocument): string {
  const taken = new Set(queues.flatMap(({ rules }) => rules.map(({ name }) => name)));
  const plain = wanted.replace(/[^A-Za-z0-9_]+/g, '_').replace(/^_+|_+$/g, '') || 'rule';
  const first = plain.slice(0, 32);
  if (!taken.has(first)) return first;
  for (let number = 2; ; number++) {
    const name = `${plain.slice(0, 31 - String(number).length)}_${number}`;
    if (!taken.has(name)) return name;
  }
}

/** Percent of the memory that no queue has; undefined where one says nothing of it. */
export function memoryLeft(queues: readonly WlmQueue[]): number | undefined {
  let left = 100;
  for (const { node } of queues) {
    const percent = numberOf(valueOf(node, 'memory_percent_to_use'));
    if (percent === undefined) return undefined;
    left -= percent;
  }
  return left;
}
