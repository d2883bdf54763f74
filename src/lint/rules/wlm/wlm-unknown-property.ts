import type { TextEdit } from '../../../base/text';
import {
  isUnknown,
  itemsOf,
  numberOf,
  plainOf,
  propertiesOf,
  propertyOf,
  textOf,
  valueOf,
} from '../../../documents/data/access';
import { insertProperty, renameKey, replaceValue } from '../../../documents/data/edits';
import type { DataDocument, DataNode, DataObject, DataProperty } from '../../../documents/data/node';
import { queueKeys } from '../../../documents/wlm/model';
import { defineRule } from '../../rule';
import { nearest } from '../../settings';
import { unnested } from './unnested';

/** Keys that Redshift does not know, and shapes that it does not take. */
export const wlmUnknownProperty = defineRule({
  code: 'WLM01',
  id: 'wlm-unknown-property',
  dialects: ['redshift-wlm'],
  severity: 'error',
  title: 'Write the properties of a queue as Redshift knows them',
  why: 'wlm_json_configuration is an array of queues, and each queue an object of plain properties: query_group a list of labels, query_group_wild_card 0 or 1, memory_percent_to_use a percentage. Names from blogs and consoles (query_group_wildcard, memory_percent, queues inside query_group) are rejected, or the queue goes without what they were to say.',
  sources: [
    'https://docs.aws.amazon.com/redshift/latest/mgmt/workload-mgmt-config.html',
    'https://docs.aws.amazon.com/redshift/latest/dg/cm-c-wlm-dynamic-properties.html',
  ],
  bad: `[
  {
    "name": "card loads",
    "query_group": ["card_load"],
    "memory_percent": 55,
    "query_concurrency": 4
  },
  {
    "name": "default",
    "memory_percent_to_use": 45,
    "query_concurrency": 5
  }
]`,
  good: `[
  {
    "name": "card loads",
    "query_group": ["card_load"],
    "memory_percent_to_use": 55,
    "query_concurrency": 4
  },
  {
    "name": "default",
    "memory_percent_to_use": 45,
    "query_concurrency": 5
  }
]`,
  check: {
    'redshift-wlm'({ data, form, queues }, { report }) {
      const { root } = data;
      if (form === 'nested' && root?.kind === 'object') {
        const edits = unnested(data, root);
        report(
          { start: root.start, end: root.start + 1 },
          'The configuration is an array of queues, not an object with queues inside: Redshift takes none of it.',
          edits.length === 0
            ? {}
            : { fixes: [{ title: 'Make it an array of queues', edits, scaffold: true }] },
        );
        return;
      }
      for (const item of itemsOf(root)) {
        if (item.kind !== 'object' && !isUnknown(item))
          report(item, 'Each element of the configuration is a queue, an object.');
      }
      for (const { node } of queues) {
        for (const property of propertiesOf(node)) {
          const { key, keySpan, value } = property;
          if (queueKeys.includes(key)) {
            if (
              /^(?:query_group|user_group|user_role)$/.test(key) &&
              itemsOf(value).some(({ kind }) => kind === 'object')
            )
              report(keySpan, `${key} is a list of labels, not of objects.`);
            continue;
          }
          const real = realName(key);
          const edits = real === undefined ? [] : renamed(data, { node, property, real });
          report(
            keySpan,
            real === undefined
              ? `A queue has no property ${key}.`
              : `A queue has no property ${key}; it is ${real}.`,
            edits.length === 0 ? {} : { fixes: [{ title: `Write ${real ?? ''}`, edits }] },
          );
        }
      }
    },
  },
});

/** The property that was meant. */
export function realName(key: string): string | undefined {
  if (key === 'memory_percent') return 'memory_percent_to_use';
  const real = nearest(key, queueKeys);
  return real === undefined || key.length < 4 ? undefined : real;
}

function renamed(
  data: DataDocument,
  {
    node,
    property,
    real,
  }: { readonly node: DataObject; readonly property: DataProperty; readonly real: string },
): readonly TextEdit[] {
  const { value } = property;
  const group = /^(\w+)_wild_card$/.exec(real)?.[1];
  if (group === undefined || isFlag(value))
    return propertyOf(node, real) === undefined ? renameKey(data, property, real) : [];
  // The pattern itself stands where the flag belongs.
  if (
    textOf(value) === undefined ||
    propertyOf(node, group) !== undefined ||
    propertyOf(node, real) !== undefined
  )
    return [];
  return [
    ...renameKey(data, property, group),
    ...replaceValue(data, value, [String(plainOf(value))]),
    ...(valueOf(node, real) === undefined
      ? insertProperty(data, node, { key: real, value: 1, after: property })
      : []),
  ];
}

function isFlag(value: DataNode): boolean {
  return value.kind === 'scalar' || numberOf(value) !== undefined || /^[01]$/.test(textOf(value) ?? '');
}
