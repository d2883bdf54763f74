import type { Column, Table } from '../catalog/catalog';
import type { NewestTime } from '../iceberg/newestTime';
import { hiveNull } from '../zones/partitionPrefix';
import { selectName } from './identifiers';

/**
 * A SELECT over a table with every column and, for a partitioned one, the predicates of its newest partition
 * (values in key order), so that the first run reads little. Without a known partition a comment says what to fill in.
 * `catalog` is what SQL calls the table's catalog, where that is not the account's own.
 */
export function newQueryText(
  table: Table,
  request: {
    readonly newest?: readonly string[];
    /** Where the newest data of an Iceberg table begins. */
    readonly since?: NewestTime;
    readonly catalog?: string;
  } = {},
): string {
  const { catalog } = request;
  const columns = [...table.columns, ...table.partitionKeys].map(({ name }) => `  ${selectName(name)}`);
  const list = columns.length === 0 ? '  *' : columns.join(',\n');
  const place = catalog === undefined ? '' : `${selectName(catalog)}.`;
  const from = `${place}${selectName(table.database)}.${selectName(table.name)}`;
  return `SELECT\n${list}\nFROM ${from}\n${whereOf(table, request)}LIMIT 100;\n`;
}

function whereOf(
  table: Table,
  { newest: values, since }: { readonly newest?: readonly string[]; readonly since?: NewestTime },
): string {
  const keys = table.partitionKeys;
  if (keys.length === 0) return since === undefined ? fieldsNote(table) : `WHERE ${sincePredicate(since)}\n`;
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

/** A day's or month's data begins there and has no end yet. */
function sincePredicate({ column, type, from, transform }: NewestTime): string {
  const name = selectName(column);
  if (type === 'string') return `${name} = '${from.replaceAll("'", "''")}'`;
  const sign = transform === 'identity' ? '=' : '>=';
  if (type === 'date') return `${name} ${sign} DATE '${from}'`;
  return `${name} ${sign} TIMESTAMP '${from}${type === 'timestamptz' ? ' UTC' : ''}'`;
}

/** Iceberg has no partitions to name, but fields whose predicates spare files. */
function fieldsNote({ kind, partitionFields = [] }: Table): string {
  if (kind !== 'iceberg' || partitionFields.length === 0) return '';
  return `-- Partitioned by ${partitionFields.join(', ')}: a filter on these columns reads less.\n`;
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
