import type { Column } from '../catalog/catalog';
import { hiveNull } from '../zones/partitionPrefix';
import { isNumberKey } from './filterExpression';

/**
 * Filters to begin with, made from the values of one partition and quoted as the types of the keys ask: its first
 * key alone, the first keys with the last one open to newer values, and itself.
 */
export function suggestFilters(keys: readonly Column[], values: readonly string[]): readonly string[] {
  const usable = keys.findIndex((_, at) => values[at] === undefined || values[at] === hiveNull);
  const known = usable < 0 ? keys.length : usable;
  const term = (at: number, operator: string): string =>
    `${keys[at]?.name ?? ''} ${operator} ${quoted(keys[at], values[at] ?? '')}`;
  const equal = (count: number): readonly string[] => Array.from({ length: count }, (_, at) => term(at, '='));
  const found: string[] = [];
  if (known >= 1) found.push(term(0, '='), term(0, '>='));
  for (let count = 2; count <= known; count += 1) {
    found.push([...equal(count - 1), term(count - 1, '>=')].join(' AND '));
  }
  if (known >= 2) found.push(equal(known).join(' AND '));
  return found;
}

function quoted(key: Column | undefined, value: string): string {
  if (key !== undefined && isNumberKey(key) && /^-?\d+(\.\d+)?$/.test(value)) {
    return value.replace(/^(-?)0+(?=\d)/, '$1');
  }
  return `'${value.replaceAll("'", "''")}'`;
}
