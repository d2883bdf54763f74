import type { Column, Table } from '../catalog/catalog';
import { hiveNull } from '../zones/partitionPrefix';
import { selectName } from './identifiers';

/**
 * A SELECT over a table with every column and, for a partitioned one, the predicates of its newest partition
 * (values in key order), so that the first run reads little. Without a known partition a comment says what to fill in.
 */
export function newQueryText(table: Table, newestPartition?: readonly string[]): string {
  const columns = [...table.columns, ...table.partitionKeys].map(({ name }) => `  ${selectName(name)}`);
  const list = columns.length === 0 ? '  *' : columns.join(',\n');
  const from = `${selectName(table.database)}.${selectName(table.name)}`;
  return `SELECT\n${list}\nFROM ${from}\n${whereOf(table, newestPartition)}LIMIT 100;\n`;
}

function whereOf(table: Table, values: readonly string[] | undefined): string {
  const keys = table.partitionKeys;
  if (keys.length === 0) return '';
  if (values === undefined) {
    return `-- Partitioned by ${keys.map(({ name }) => name).join(', ')}: filter on these, or everything is read.\n`;
  }
  const predicates = keys.map((key, at) => {
    const value = values[at] ?? '';
    if (value === hiveNull) return `${selectName(key.name)} IS NULL`;
    return `${selectName(key.name)} = ${literal(key, value)}`;
  });
  return `WHERE ${predicates.join('\n  AND ')}\n`;
}

/** A partition value as a literal of its key's type; what does not look like its type is written as a cast. */
function literal({ type }: Column, value: string): string {
  const text = `'${value.replaceAll("'", "''")}'`;
  const base = type.replace(/\(.*$/, '');
  switch (base) {
    case 'tinyint':
    case 'smallint':
    case 'int':
    case 'integer':
    case 'bigint':
      // `01` would be read as 1, which is what the key holds too.
      return /^-?\d+$/.test(value) ? value.replace(/^(-?)0+(?=\d)/, '$1') : `CAST(${text} AS ${base})`;
    case 'float':
    case 'double':
      return `CAST(${text} AS ${base === 'float' ? 'real' : 'double'})`;
    case 'decimal':
      return `CAST(${text} AS ${type})`;
    case 'date':
      return `DATE ${text}`;
    case 'timestamp':
      return `TIMESTAMP ${text}`;
    case 'boolean':
      return /^(true|false)$/i.test(value) ? value.toLowerCase() : `CAST(${text} AS boolean)`;
    default:
      return text;
  }
}
