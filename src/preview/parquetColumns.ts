import type { ColumnChunk, FileMetaData, SchemaElement } from 'hyparquet/src/types.js';
import type { PreviewColumn } from './preview';
import { decimalScale, decimalStatistic } from './parquetValues';
import { shownValue } from './shownValue';

/** The columns of a Parquet file, leaves by their path, with what all its row groups say of them together. */
export function columnsOf({ schema, row_groups: groups }: FileMetaData): readonly PreviewColumn[] {
  return leavesOf(schema).map(({ path, element }, at) => {
    const chunks = groups.flatMap(({ columns }) => columns[at] ?? []);
    const facts = chunks.flatMap(({ meta_data: chunk }) => (chunk === undefined ? [] : [chunk]));
    return {
      name: path.join('.'),
      type: typeName(element),
      bytes: facts.reduce((sum, chunk) => sum + Number(chunk.total_compressed_size), 0),
      encodings: [...new Set(facts.flatMap(({ encodings }) => encodings))],
      ...(facts[0] === undefined
        ? {}
        : { compression: [...new Set(facts.map(({ codec }) => codec))].join(', ') }),
      ...profileOf(chunks, decimalScale(element)),
    };
  });
}

interface Leaf {
  readonly path: readonly string[];
  readonly element: SchemaElement;
}

function leavesOf(schema: readonly SchemaElement[]): readonly Leaf[] {
  const leaves: Leaf[] = [];
  let at = 0;
  const visit = (path: readonly string[]): void => {
    const element = schema[at++];
    if (element === undefined) return;
    const children = element.num_children ?? 0;
    if (children === 0) leaves.push({ path, element });
    for (let child = 0; child < children; child++) visit([...path, schema[at]?.name ?? '']);
  };
  visit([]);
  return leaves;
}

function profileOf(
  chunks: readonly ColumnChunk[],
  scale: number | undefined,
): Pick<PreviewColumn, 'nulls' | 'distinct' | 'min' | 'max'> {
  const all = chunks.map(({ meta_data: chunk }) => chunk?.statistics);
  const known = all.flatMap((statistics) => (statistics === undefined ? [] : [statistics]));
  if (known.length === 0 || known.length < all.length) return {};
  const nulls = known.map(({ null_count: count }) => count);
  // A single row group tells how many values differ; those of several may overlap.
  const distinct = known.length === 1 ? known[0]?.distinct_count : undefined;
  const low = extreme(
    known.map(({ min_value, min }) => min_value ?? min),
    (a, b) => a < b,
    scale,
  );
  const high = extreme(
    known.map(({ max_value, max }) => max_value ?? max),
    (a, b) => a > b,
    scale,
  );
  return {
    ...(nulls.every((count) => count !== undefined)
      ? { nulls: nulls.reduce<number>((sum, count) => sum + Number(count), 0) }
      : {}),
    ...(distinct === undefined ? {} : { distinct: Number(distinct) }),
    ...(low === undefined ? {} : { min: low }),
    ...(high === undefined ? {} : { max: high }),
  };
}

type Ordered = number | bigint | string | boolean | Date;

// A group of NULLs alone has no extremes; bytes have no order that a reader would expect.
function extreme(
  values: readonly unknown[],
  beats: (a: Ordered, b: Ordered) => boolean,
  scale: number | undefined,
): string | undefined {
  let best: Ordered | undefined;
  for (const value of values) {
    if (value === undefined) continue;
    if (!isOrdered(value)) return undefined;
    if (best === undefined || beats(value, best)) best = value;
  }
  if (scale !== undefined && typeof best === 'number') return decimalStatistic(best, scale);
  return best === undefined ? undefined : (shownValue(best) ?? undefined);
}

function isOrdered(value: unknown): value is Ordered {
  return ['number', 'bigint', 'string', 'boolean'].includes(typeof value) || value instanceof Date;
}

/** `decimal(18,2)`, `timestamp`, `string`: by the logical type, else the physical one in lower case. */
function typeName(element: SchemaElement): string {
  const { logical_type: logical, converted_type: converted, type = 'group' } = element;
  if (logical?.type === 'DECIMAL') return `decimal(${logical.precision},${logical.scale})`;
  if (converted === 'DECIMAL') return `decimal(${element.precision ?? 0},${element.scale ?? 0})`;
  if (logical?.type === 'TIMESTAMP')
    return `timestamp(${logical.unit.toLowerCase()}${logical.isAdjustedToUTC ? ', UTC' : ''})`;
  if (logical?.type === 'INTEGER') return `${logical.isSigned ? '' : 'u'}int${logical.bitWidth}`;
  if (logical !== undefined) return logical.type.toLowerCase();
  if (converted === 'UTF8') return 'string';
  if (converted !== undefined) return converted.toLowerCase();
  return type.toLowerCase();
}
