import { partitionLevel } from '../zones/partitionPrefix';
import type { TableName } from '../catalog/catalog';

/**
 * A name for a table over a prefix: that of its last folder which is no partition, in the letters that Athena takes
 * without trouble; the bucket's where there is none.
 */
export function proposedName(bucket: string, prefix: string): string {
  const folders = prefix.split('/').filter((part) => part !== '');
  const own =
    folders.findLast((part) => partitionLevel(part) === undefined && /[A-Za-z]/.test(part)) ?? bucket;
  return plainName(own);
}

/** A name in lower case, other signs than letters, digits and underscores as underscores; `t_` before a digit. */
export function plainName(text: string): string {
  const plain = text
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9_]+/g, '_')
    .replaceAll(/^_+|_+$/g, '');
  if (plain === '') return 'table_1';
  return /^\d/.test(plain) ? `t_${plain}` : plain.slice(0, 128);
}

/** `database.table` or `table` as typed; undefined for anything else. Glue keeps names in lower case. */
export function nameFrom(text: string, database: string): TableName | undefined {
  const match = /^\s*(?:([^.`"\s]+)\.)?([^.`"\s]+)\s*$/.exec(text);
  const name = match?.[2];
  if (name === undefined) return undefined;
  return { database: (match?.[1] ?? database).toLowerCase(), name: name.toLowerCase() };
}
