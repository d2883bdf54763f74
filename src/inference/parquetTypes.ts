import type { FileMetaData } from 'hyparquet';
import type { SchemaElement } from 'hyparquet/src/types.js';
import { formatBytes } from '../base/format';
import { Problem } from '../base/problem';
import { parquetFooter } from '../preview/parquetFooter';
import type { RangedObject } from '../preview/preview';
import type { FileColumn, Reading } from './reading';

/**
 * The columns of a Parquet file from its footer, structures with all their fields, as Athena reads them (Athena User
 * Guide, "Data types in Athena"; Parquet format, "LogicalTypes.md"). A Problem for a footer that cannot be read.
 */
export async function readParquet(object: RangedObject): Promise<Reading> {
  const metadata = await footerOf(object);
  const doubts: string[] = [];
  const columns = columnsOf(metadata.schema, doubts);
  const codecs = new Set(
    metadata.row_groups.flatMap(({ columns: chunks }) =>
      chunks.flatMap(({ meta_data: chunk }) => (chunk === undefined ? [] : [chunk.codec])),
    ),
  );
  return {
    kind: 'typed',
    format: 'parquet',
    columns,
    doubts,
    ...(codecs.size === 0 ? {} : { compression: [...codecs].join(', ') }),
  };
}

async function footerOf(object: RangedObject): Promise<FileMetaData> {
  const { key } = object;
  const footer = await parquetFooter(object, key);
  if (footer.kind === 'encrypted')
    throw new Problem(
      `The footer of ${key} is encrypted: its columns can be read with its key only.`,
      'invalid',
    );
  if (footer.kind === 'tooLong') {
    const size = formatBytes(footer.bytes);
    throw new Problem(
      `The footer of ${key} is ${size}, too long to be read here: name another file.`,
      'invalid',
    );
  }
  // What was read need not be what the format has: a byte that was changed may turn a name into nothing.
  const names: readonly unknown[] = footer.metadata.schema.map(({ name }) => name);
  if (names.length === 0 || !names.every((name) => typeof name === 'string'))
    throw new Problem(
      `The footer of ${key} names no columns, so the file is damaged: write it again.`,
      'invalid',
    );
  return footer.metadata;
}

/** The top level of a footer's schema as columns; what is read otherwise than it is meant is told in `doubts`. */
export function columnsOf(schema: readonly SchemaElement[], doubts: string[]): readonly FileColumn[] {
  let at = 1;
  const typeOf = (path: string): { readonly name: string; readonly type: string } => {
    const element = schema[at++] ?? { name: '' };
    const own = path === '' ? element.name : `${path}.${element.name}`;
    const inner = element.num_children ?? 0;
    const type =
      inner === 0 && element.type !== undefined ? leafType(element, own, doubts) : group(element, own, inner);
    return {
      name: element.name,
      // A repeated field outside of a list is a list of its own (LogicalTypes.md, "Backward-compatibility rules").
      type: element.repetition_type === 'REPEATED' ? `array<${type}>` : type,
    };
  };
  const group = (element: SchemaElement, path: string, count: number): string => {
    const kind = element.logical_type?.type ?? element.converted_type;
    const next = schema[at];
    if (kind === 'LIST' && count === 1 && next?.repetition_type === 'REPEATED') return list(path, next);
    if ((kind === 'MAP' || kind === 'MAP_KEY_VALUE') && count === 1 && next?.num_children === 2) {
      at++;
      const [key, value] = [typeOf(path), typeOf(path)];
      return `map<${key.type},${value.type}>`;
    }
    const fields: FileColumn[] = [];
    // A damaged footer may claim more fields than it has.
    while (fields.length < count && at < schema.length) fields.push(typeOf(path));
    return `struct<${fields.map((field) => `${field.name.toLowerCase()}:${field.type}`).join(',')}>`;
  };
  // Three levels as the format has it, or two as old writers made them.
  const list = (path: string, repeated: SchemaElement): string => {
    const inner = repeated.num_children ?? 0;
    if (inner === 1 && !/^(?:array|.*_tuple)$/.test(repeated.name)) {
      at++;
      return `array<${typeOf(path).type}>`;
    }
    return typeOf(path).type;
  };
  const columns: FileColumn[] = [];
  while (at < schema.length) columns.push(typeOf(''));
  return columns;
}

function leafType(element: SchemaElement, path: string, doubts: string[]): string {
  const { type, logical_type: logical, converted_type: converted } = element;
  const doubt = (message: string): void => void doubts.push(`${path} ${message}`);
  switch (logical?.type) {
    case 'DECIMAL':
      return decimal(logical.precision, logical.scale);
    case 'INTEGER':
      return integer(logical.bitWidth, logical.isSigned, doubt);
    case 'TIMESTAMP':
      if (logical.unit === 'NANOS')
        doubt('is a timestamp in nanoseconds, of which Athena shows milliseconds.');
      return 'timestamp';
    case 'TIME':
      doubt(
        `is a time of day, which no type of Athena holds: it is read as a number of ${logical.unit.toLowerCase()}.`,
      );
      return logical.unit === 'MILLIS' ? 'int' : 'bigint';
    case 'UUID':
    case 'FLOAT16':
    case 'BSON':
    case 'INTERVAL':
    case 'VARIANT':
    case 'GEOMETRY':
    case 'GEOGRAPHY':
      doubt(`is ${logical.type}, which Athena reads as bytes.`);
      return 'binary';
    case 'DATE':
      return 'date';
    case 'STRING':
    case 'ENUM':
    case 'JSON':
      return 'string';
    case 'NULL':
      doubt('holds nothing but NULL, so its type is not known: it is taken for a string.');
      return 'string';
    case 'LIST':
    case 'MAP':
    case undefined:
      break;
  }
  switch (converted) {
    case 'DECIMAL':
      return decimal(element.precision ?? 0, element.scale ?? 0);
    case 'UTF8':
    case 'ENUM':
    case 'JSON':
      return 'string';
    case 'DATE':
      return 'date';
    case 'TIMESTAMP_MILLIS':
    case 'TIMESTAMP_MICROS':
      return 'timestamp';
    case 'TIME_MILLIS':
    case 'TIME_MICROS':
      doubt('is a time of day, which no type of Athena holds: it is read as a number.');
      return converted === 'TIME_MILLIS' ? 'int' : 'bigint';
    case 'BSON':
    case 'INTERVAL':
      doubt(`is ${converted}, which Athena reads as bytes.`);
      return 'binary';
    case 'INT_8':
    case 'INT_16':
    case 'INT_32':
    case 'INT_64':
    case 'UINT_8':
    case 'UINT_16':
    case 'UINT_32':
    case 'UINT_64':
      return integer(Number(converted.split('_')[1]), converted.startsWith('INT'), doubt);
    case 'MAP':
    case 'MAP_KEY_VALUE':
    case 'LIST':
    case undefined:
      break;
  }
  switch (type) {
    case 'BOOLEAN':
      return 'boolean';
    case 'INT32':
      return 'int';
    case 'INT64':
      return 'bigint';
    case 'INT96':
      return 'timestamp';
    case 'FLOAT':
      return 'float';
    case 'DOUBLE':
      return 'double';
    case 'BYTE_ARRAY':
    case 'FIXED_LEN_BYTE_ARRAY':
    case undefined:
      break;
  }
  return 'binary';
}

function decimal(precision: number, scale: number): string {
  return `decimal(${precision},${scale})`;
}

// Unsigned numbers need the next wider type.
function integer(bits: number, isSigned: boolean, doubt: (message: string) => void): string {
  const signed = bits <= 8 ? 'tinyint' : bits <= 16 ? 'smallint' : bits <= 32 ? 'int' : 'bigint';
  if (isSigned) return signed;
  if (bits > 32) doubt('is an unsigned 64-bit number: values of 2^63 and more are read as negative ones.');
  return bits <= 8 ? 'smallint' : bits <= 16 ? 'int' : 'bigint';
}
