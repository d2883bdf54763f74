import type { Table } from './catalog';

/**
 * How Athena finds a column in a file: by its name, by its position, or by Iceberg's field id. Parquet goes by name
 * and ORC by position unless a SerDe property turns it round (Athena User Guide, "Handle schema updates").
 */
export function columnAccess(table: Table): 'name' | 'position' | 'id' | undefined {
  if (table.kind === 'iceberg') return 'id';
  const set = (key: string): string | undefined =>
    (table.serdeParameters?.[key] ?? table.parameters?.[key])?.trim().toLowerCase();
  switch (table.format) {
    case 'parquet':
      return set('parquet.column.index.access') === 'true' ? 'position' : 'name';
    case 'orc':
      return set('orc.column.index.access') === 'false' ? 'name' : 'position';
    case 'avro':
    case 'json':
      return 'name';
    case 'csv':
    case 'text':
      return 'position';
    case 'other':
    case undefined:
    default:
      return undefined;
  }
}

const wholes = ['tinyint', 'smallint', 'int', 'bigint'];

/** Whether values of one type are read as the other without loss: `int` as `bigint`, `float` as `double`. */
export function widens(from: string, to: string): boolean {
  const [a, b] = [plainType(from), plainType(to)];
  if (a === b) return true;
  if (wholes.includes(a) && wholes.includes(b)) return wholes.indexOf(a) < wholes.indexOf(b);
  if (a === 'float' && b === 'double') return true;
  if (/^(var)?char\(\d+\)$/.test(a) && b === 'string') return true;
  const [before, after] = [decimal(a), decimal(b)];
  return (
    before !== undefined &&
    after !== undefined &&
    before.scale === after.scale &&
    before.digits <= after.digits
  );
}

/** A type without spaces, in lower case, with one name for each: `integer` is `int`, `real` is `float`. */
export function plainType(type: string): string {
  return type
    .toLowerCase()
    .replaceAll(/\s+/g, '')
    .replaceAll(/(^|[<,:])integer(?=$|[>,])/g, '$1int')
    .replaceAll(/(^|[<,:])(real)(?=$|[>,])/g, '$1float')
    .replaceAll(/(^|[<,:])decimal(?=$|[>,])/g, '$1decimal(10,0)');
}

function decimal(type: string): { readonly digits: number; readonly scale: number } | undefined {
  const match = /^decimal\((\d+)(?:,(\d+))?\)$/.exec(type);
  return match === null ? undefined : { digits: Number(match[1]), scale: Number(match[2] ?? 0) };
}
