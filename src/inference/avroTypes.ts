import { avroSchema } from '../preview/avro';
import type { RangedObject } from '../preview/preview';
import { Problem } from '../base/problem';
import type { FileColumn, Reading } from './reading';

/**
 * The columns of an Avro file from the schema in its head, as Hive's AvroSerDe reads them (Hive documentation,
 * "AvroSerDe"). A Problem for a head that cannot be read.
 */
export async function readAvro(object: RangedObject): Promise<Reading> {
  const found = await avroSchema(object);
  const parsed = found === undefined ? undefined : parsedSchema(found.schema);
  if (found === undefined || parsed === undefined) {
    throw new Problem(
      `The head of ${object.key} cannot be read, so its schema is not known: the file is damaged or was cut off.`,
      'invalid',
    );
  }
  const doubts: string[] = [];
  return {
    kind: 'typed',
    format: 'avro',
    columns: columnsOf(parsed, doubts),
    doubts,
    // On one line: it becomes a property of the table.
    schema: JSON.stringify(parsed),
    ...(found.codec === 'null' ? {} : { compression: found.codec }),
  };
}

type Json = Readonly<Record<string, unknown>>;

function parsedSchema(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJson(value) && Array.isArray(value['fields']) ? value : undefined;
  } catch {
    return undefined;
  }
}

function columnsOf(schema: Json, doubts: string[]): readonly FileColumn[] {
  const named = new Map<string, Json>();
  return fieldsOf(schema).map((field) => {
    const name = word(field['name']);
    return { name, type: typeOf(field['type'], { path: name, named, doubts, open: new Set() }) };
  });
}

interface Place {
  readonly path: string;
  /** Types that the schema defines by name and uses again. */
  readonly named: Map<string, Json>;
  readonly doubts: string[];
  /** Records that this one lies in. */
  readonly open: ReadonlySet<string>;
}

const plain: Readonly<Record<string, string>> = {
  boolean: 'boolean',
  int: 'int',
  long: 'bigint',
  float: 'float',
  double: 'double',
  bytes: 'binary',
  string: 'string',
};

function typeOf(type: unknown, place: Place): string {
  const { named, open } = place;
  if (typeof type === 'string') {
    if (open.has(type)) {
      return doubted(place, 'refers to itself, which no type of Athena can: it is taken for a string.');
    }
    const known = named.get(type);
    return known === undefined ? (plain[type] ?? 'string') : typeOf(known, place);
  }
  if (Array.isArray(type)) {
    const real = type.filter((one) => one !== 'null');
    if (real.length === 1) return typeOf(real[0], place);
    return doubted(
      place,
      'holds values of several types, which Athena does not read: it is taken for a string.',
    );
  }
  if (!isJson(type)) return 'string';
  const { logicalType, type: base } = type;
  const name = word(type['name']);
  if (name !== '') named.set(name, type);
  const inside = (path: string): Place => ({
    ...place,
    path: `${place.path}.${path}`,
    open: name === '' ? open : new Set([...open, name]),
  });
  switch (logicalType) {
    case 'decimal':
      return `decimal(${word(type['precision'], '10')},${word(type['scale'], '0')})`;
    case 'date':
      return 'date';
    case 'timestamp-millis':
      return 'timestamp';
    case 'timestamp-micros':
    case 'local-timestamp-micros':
    case 'local-timestamp-millis':
      return doubted(
        place,
        `is a ${logicalType}, which the SerDe reads as a number: divide it in the query.`,
        'bigint',
      );
    case undefined:
    default:
      break;
  }
  switch (base) {
    case 'record': {
      const fields = fieldsOf(type).map((field) => {
        const inner = word(field['name']);
        return `${inner.toLowerCase()}:${typeOf(field['type'], inside(inner))}`;
      });
      return `struct<${fields.join(',')}>`;
    }
    case 'array':
      return `array<${typeOf(type['items'], inside('items'))}>`;
    case 'map':
      return `map<string,${typeOf(type['values'], inside('values'))}>`;
    case 'enum':
      return 'string';
    case 'fixed':
      return 'binary';
    case undefined:
    default:
      return typeof base === 'string' ? (plain[base] ?? 'string') : typeOf(base, place);
  }
}

function doubted({ path, doubts }: Place, message: string, type = 'string'): string {
  doubts.push(`${path} ${message}`);
  return type;
}

function fieldsOf(type: Json): readonly Json[] {
  const { fields } = type;
  return Array.isArray(fields) ? fields.filter(isJson) : [];
}

function word(value: unknown, otherwise = ''): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : otherwise;
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
