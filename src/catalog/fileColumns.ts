import type { Column } from './catalog';

const hiveTypes: Readonly<Record<string, string>> = {
  boolean: 'boolean',
  int8: 'tinyint',
  int16: 'smallint',
  int32: 'int',
  int64: 'bigint',
  // Unsigned numbers need the next wider type.
  uint8: 'smallint',
  uint16: 'int',
  uint32: 'bigint',
  float: 'float',
  double: 'double',
  string: 'string',
  utf8: 'string',
  enum: 'string',
  json: 'string',
  date: 'date',
  int96: 'timestamp',
  byte_array: 'binary',
  fixed_len_byte_array: 'binary',
  binary: 'binary',
};

/** The columns of a Parquet footer in Hive's types; the type of a nested or unknown one is left empty. */
export function fileColumns(
  columns: readonly { readonly name: string; readonly type?: string }[],
): readonly Column[] {
  const found = new Map<string, Column>();
  for (const { name, type = '' } of columns) {
    // A nested column is told by its leaves, `address.city`.
    const [top = name, ...deeper] = name.split('.');
    const key = top.toLowerCase();
    if (!found.has(key)) found.set(key, { name: key, type: deeper.length > 0 ? '' : hiveType(type) });
  }
  return [...found.values()];
}

function hiveType(type: string): string {
  // Older files write `INT_8` for int8.
  const lower = type.toLowerCase().replace(/^(u?int)_(?=\d)/, '$1');
  if (/^decimal\(\d+,\s*\d+\)$/.test(lower)) return lower.replaceAll(/\s/g, '');
  if (lower.startsWith('timestamp')) return 'timestamp';
  return hiveTypes[lower] ?? '';
}
