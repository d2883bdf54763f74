import type { Column } from '../catalog/catalog';
import type { CsvDialect } from './reading';
import { isPlainName, mergeFields, shapeType, widen, type Shape } from './shapes';
import { plainName } from './tableName';

type Fields = readonly (readonly [name: string, shape: Shape])[];

export interface TextColumns {
  readonly columns: readonly Column[];
  readonly doubts: readonly string[];
  /** SerDe properties that the columns need. */
  readonly serdeParameters: Readonly<Record<string, string>>;
}

/** The columns of JSON files, found by their keys in any order; keys that Athena's names cannot spell are mapped. */
export function jsonColumns(files: readonly Fields[]): TextColumns {
  const fields = mergeFields(files);
  const doubts: string[] = [];
  const serdeParameters: Record<string, string> = {};
  const columns: Column[] = [];
  const taken = new Map<string, string>();
  for (const [key, shape] of fields) {
    const isPlain = isPlainName(key);
    const name = isPlain ? key.toLowerCase() : plainName(key);
    const other = taken.get(name);
    if (other !== undefined) {
      doubts.push(`The keys ${other} and ${key} would be one column ${name}: only the first is read.`);
      continue;
    }
    taken.set(name, key);
    if (!isPlain) {
      serdeParameters[`mapping.${name}`] = key;
      doubts.push(`The key ${JSON.stringify(key)} is read as ${name} by the mapping of the SerDe.`);
    }
    const { type, doubt } = jsonType(shape);
    columns.push({ name, type });
    if (doubt !== undefined) doubts.push(`${name} ${doubt}`);
    if (files.length > 1 && files.some((one) => !one.some(([field]) => field === key))) {
      const having = files.filter((one) => one.some(([field]) => field === key)).length;
      doubts.push(
        `${name} was seen in ${having} of ${files.length} files: it reads as NULL where it is absent.`,
      );
    }
  }
  return { columns, doubts, serdeParameters };
}

/** Keys by the dozen with values of one type are no columns but a map. */
const mapKeys = 60;

function jsonType(shape: Shape): { readonly type: string; readonly doubt?: string } {
  if (shape.kind === 'struct' && shape.fields.size > mapKeys) {
    const of = [...shape.fields.values()].reduce<Shape>((all, one) => widen(all, one), { kind: 'null' });
    return {
      type: `map<string,${shapeType(of)}>`,
      doubt: `has ${shape.fields.size} different keys, so it is read as a map.`,
    };
  }
  const type = shapeType(shape);
  const doubt = doubtOf(shape, type);
  return { type, ...(doubt === undefined ? {} : { doubt }) };
}

function doubtOf(shape: Shape, type: string): string | undefined {
  switch (shape.kind) {
    case 'null':
      return 'held no value in the sample, so its type is not known: it is taken for a string.';
    case 'decimal':
      return 'holds whole numbers beyond 64 bits.';
    case 'string':
      if (shape.why === 'iso')
        return 'holds times in ISO 8601, which no SerDe of Athena reads as a timestamp: cast it by from_iso8601_timestamp().';
      if (shape.why === 'mixed') return 'holds values of several types, so it is read as text.';
      if (shape.why === 'padded') return 'holds numbers with leading zeros, so it stays text.';
      return undefined;
    case 'struct':
      return type === 'string'
        ? 'has keys that no type can name, so it is read as JSON text: take it apart by json_extract().'
        : undefined;
    case 'array':
      return shape.of.kind === 'null'
        ? 'held only empty lists in the sample: its items are taken for strings.'
        : undefined;
    case 'boolean':
    case 'bigint':
    case 'double':
    case 'date':
    case 'timestamp':
      return undefined;
  }
}

/** The columns of CSV files, found by their position; names come from the newest header. */
export function csvColumns(
  files: readonly { readonly fields: Fields; readonly rows: number; readonly dialect: CsvDialect }[],
): TextColumns {
  const newest = files.at(-1);
  if (newest === undefined) return { columns: [], doubts: [], serdeParameters: {} };
  const doubts: string[] = [];
  const named = files.filter(({ dialect }) => dialect.header);
  const names = (named.at(-1) ?? newest).fields.map(([name]) => name);
  const differ = named.filter(({ fields }) => fields.map(([name]) => name).join('\n') !== names.join('\n'));
  if (differ.length > 0) {
    doubts.push(
      `The headers of ${differ.length} of ${files.length} files differ from the newest one's: CSV is read by position, so their values stand in other columns.`,
    );
  }
  if (named.length > 0 && named.length < files.length) {
    doubts.push(
      `${files.length - named.length} of ${files.length} files have no header: their first row would be passed over.`,
    );
  }
  const quoted = files.some(({ dialect }) => dialect.quoted);
  const taken = new Set<string>();
  const casts: string[] = [];
  const columns = names.map((spelled, at): Column => {
    const shape = files.reduce<Shape>((all, { fields }) => widen(all, fields[at]?.[1] ?? { kind: 'null' }), {
      kind: 'null',
    });
    const name = freeName(plainName(spelled === '' ? `column_${at + 1}` : spelled), taken);
    const type = shapeType(shape);
    if (!quoted) {
      const doubt = doubtOf(shape, type);
      if (doubt !== undefined) doubts.push(`${name} ${doubt}`);
    } else if (type !== 'string') casts.push(`CAST(${name} AS ${type})`);
    return { name, type: quoted ? 'string' : type };
  });
  if (casts.length > 0) doubts.unshift(`These hold more than text, so say in queries: ${casts.join(', ')}.`);
  if (quoted) {
    doubts.unshift(
      'Fields stand in quotes, which of the SerDes only OpenCSVSerde takes off. It reads strings: numbers in other types fail on empty fields.',
    );
  }
  if (files.some(({ dialect }) => dialect.brokenLines)) {
    doubts.push(
      'Some fields hold line breaks, which Athena takes for ends of rows: write these files again, as Parquet best.',
    );
  }
  return { columns, doubts, serdeParameters: {} };
}

function freeName(wanted: string, taken: Set<string>): string {
  let name = wanted;
  for (let number = 2; taken.has(name); number++) name = `${wanted}_${number}`;
  taken.add(name);
  return name;
}
