import type { Column, Table } from '../catalog/catalog';
import { plainType, widens } from '../catalog/columnAccess';
import type { FileSchema } from '../catalog/drift';
import type { Reading } from './reading';
import { shapeType, type Shape } from './shapes';

/** A file beside a table: its columns, or why they cannot be compared. */
export type TableFile = { readonly schema: FileSchema } | { readonly why: string };

/**
 * What a file tells of its columns, put beside a table's: text files have no types of their own, so where a table's
 * type can read what was seen, it is taken for the file's.
 */
export function tableFile(table: Table, uri: string, reading: Reading): TableFile {
  switch (reading.kind) {
    case 'typed': {
      const columns = reading.columns.map(({ name, type }) => ({ name: name.toLowerCase(), type }));
      return { schema: { uri, format: reading.format, columns } };
    }
    case 'json':
      if (table.format === 'json' && reading.layout !== 'lines') {
        return {
          why: `${uri} is one JSON document over several lines, of which Athena reads nothing right.`,
        };
      }
      return { schema: { uri, format: 'json', columns: jsonColumns(table, reading.fields) } };
    case 'csv':
      return textFile(table, uri, reading);
    case 'other': {
      const isText = table.format === 'text' || table.format === 'csv';
      return isText
        ? { why: `${uri} has no columns that could be told apart.` }
        : { schema: { uri, format: reading.format, columns: [] } };
    }
  }
}

function textFile(
  table: Table,
  uri: string,
  { fields, dialect }: Extract<Reading, { kind: 'csv' }>,
): TableFile {
  if (table.format !== 'csv' && table.format !== 'text')
    return { schema: { uri, format: 'csv', columns: [] } };
  if (/regex|grok/i.test(table.serde ?? '')) {
    return { why: `${uri} is read by a pattern, so its columns are not compared.` };
  }
  const { serdeParameters = {}, serde = '' } = table;
  const own =
    serdeParameters['field.delim'] ??
    serdeParameters['separatorChar'] ??
    (/OpenCSV/i.test(serde) ? ',' : /LazySimple/.test(serde) ? '\u0001' : dialect.delimiter);
  if (own !== dialect.delimiter) {
    return {
      why: `${uri} seems to be cut by ${JSON.stringify(dialect.delimiter)}, the table by ${JSON.stringify(own)}: its columns are not compared.`,
    };
  }
  return { schema: { uri, format: table.format, columns: csvColumns(table, fields) } };
}

type Fields = readonly (readonly [name: string, shape: Shape])[];

function jsonColumns(table: Table, fields: Fields): readonly Column[] {
  const mapped = new Map(
    Object.entries(table.serdeParameters ?? {}).flatMap(([key, value]) =>
      key.startsWith('mapping.') ? [[value, key.slice('mapping.'.length)] as const] : [],
    ),
  );
  return fields.map(([key, shape]) => {
    const name = (mapped.get(key) ?? key).toLowerCase();
    return {
      name,
      type: typeBeside(
        table.columns.find((column) => column.name === name),
        shape,
      ),
    };
  });
}

// Read by position: the header's names mean nothing to Athena.
function csvColumns(table: Table, fields: Fields): readonly Column[] {
  return fields.map(([header, shape], at) => {
    const column = table.columns[at];
    return { name: column?.name ?? header.toLowerCase(), type: typeBeside(column, shape) };
  });
}

const numbers = /^(?:tinyint|smallint|int|bigint|float|double|decimal\(.*\))$/;

/** The type of values beside a column: the column's where it reads them, else the values' own; empty where none were seen. */
function typeBeside(column: Column | undefined, shape: Shape): string {
  const seen = shape.kind === 'null' ? '' : shapeType(shape);
  if (column === undefined || seen === '') return seen;
  const type = plainType(column.type);
  if (/^(?:string|varchar\(\d+\)|char\(\d+\)|binary)$/.test(type)) return column.type;
  // A sample does not bound numbers, and whole ones are read as any number.
  const whole = shape.kind === 'bigint' && numbers.test(type);
  const fraction = shape.kind === 'double' && /^(?:float|double|decimal\(.*\))$/.test(type);
  // Structures may be defined in part, and their fields in any order.
  const nested = (shape.kind === 'struct' || shape.kind === 'array') && /^(?:struct|array|map)</.test(type);
  const isTime =
    (shape.kind === 'date' || (shape.kind === 'string' && shape.why === 'iso')) && type === 'timestamp';
  return whole || fraction || nested || isTime || widens(seen, type) ? column.type : seen;
}
