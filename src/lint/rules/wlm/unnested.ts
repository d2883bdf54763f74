import type { TextEdit } from '../../../base/text';
import { itemsOf, plainOf, propertiesOf, propertyOf } from '../../../documents/data/access';
import type { DataDocument, DataNode, DataObject, DataValue } from '../../../documents/data/node';
import { flowText } from '../../../documents/data/render';
import { queueKeys } from '../../../documents/wlm/model';

/**
 * An object with queues inside, as the array that Redshift takes: each inner object a queue, and a default queue behind
 * them with the memory that is left. Nothing for a YAML text, or where a value is more than a word.
 */
export function unnested(data: DataDocument, root: DataObject): readonly TextEdit[] {
  const inner = propertiesOf(root)
    .flatMap(({ value }) => itemsOf(value))
    .filter((item) => item.kind === 'object');
  if (data.format !== 'json' || inner.length === 0) return [];
  const queues = inner.map(queueOf);
  const memory = queues.map((queue) => queue['memory_percent_to_use']);
  const used = memory.reduce<number>((sum, each) => sum + (typeof each === 'number' ? each : 0), 0);
  const isManual = memory.every((each) => typeof each === 'number') && used < 100;
  const concurrency = plain(propertyOf(root, 'query_concurrency')?.value);
  const fallback: Record<string, DataValue> = {
    name: 'default',
    ...(isManual ? { memory_percent_to_use: 100 - used } : {}),
    ...(typeof concurrency === 'number' ? { query_concurrency: concurrency } : {}),
  };
  const lines = [...queues, fallback].map((queue) => `  ${flowText(data, queue)}`);
  return [{ start: root.start, end: root.end, text: `[\n${lines.join(',\n')}\n]` }];
}

function queueOf(node: DataObject): Record<string, DataValue> {
  const queue: Record<string, DataValue> = {};
  for (const { key, value } of node.properties) {
    const written = plain(value);
    if (written === undefined) continue;
    const group = /^(query_group|user_group)_?wild_?card$/.exec(key)?.[1];
    if (group !== undefined && typeof written === 'string') {
      queue[group] = [written];
      queue[`${group}_wild_card`] = 1;
    } else queue[key === 'memory_percent' ? 'memory_percent_to_use' : key] = written;
  }
  return Object.fromEntries(Object.entries(queue).filter(([key]) => queueKeys.includes(key)));
}

function plain(node: DataNode | undefined): DataValue | undefined {
  if (node === undefined) return undefined;
  const value = plainOf(node);
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return Array.isArray(value) && value.every((item): item is string => typeof item === 'string')
    ? value
    : undefined;
}
