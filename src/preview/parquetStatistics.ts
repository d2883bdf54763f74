import type { ColumnMetaData, SchemaElement, Statistics } from 'hyparquet/src/types.js';
import { bytesText, decimalScale, decimalStatistic, writtenValue } from './parquetValues';
import type { PreviewColumn } from './preview';
import { shownValue } from './shownValue';

type Profile = Pick<
  PreviewColumn,
  'nulls' | 'values' | 'distinct' | 'min' | 'max' | 'minIsBound' | 'maxIsBound'
>;

/**
 * What the statistics of all row groups say of a column together. An extreme that one row group does not tell, or that
 * cannot be trusted, is left out: a wrong one is worse than none (Apache Parquet, parquet.thrift, "Statistics").
 */
export function profileOf(chunks: readonly ColumnMetaData[], element: SchemaElement): Profile {
  const filled = chunks.filter(({ num_values: values }) => values > 0n);
  const known = filled.flatMap(({ statistics }) => (statistics === undefined ? [] : [statistics]));
  if (known.length === 0 || known.length < filled.length) return {};
  const nulls = known.map(({ null_count: count }) => count);
  // A single row group tells how many values differ; those of several may overlap.
  const distinct = known.length === 1 ? known[0]?.distinct_count : undefined;
  const withValues = filled.filter(({ num_values: values, statistics }) => statistics?.null_count !== values);
  const low = extreme(withValues, { element, end: 'min' });
  const high = extreme(withValues, { element, end: 'max' });
  return {
    ...(nulls.every((count) => count !== undefined)
      ? {
          nulls: nulls.reduce<number>((sum, count) => sum + Number(count), 0),
          values: filled.reduce((sum, { num_values: count }) => sum + Number(count), 0),
        }
      : {}),
    ...(distinct === undefined ? {} : { distinct: Number(distinct) }),
    ...(low === undefined ? {} : { min: low.text, ...(low.exact ? {} : { minIsBound: true }) }),
    ...(high === undefined ? {} : { max: high.text, ...(high.exact ? {} : { maxIsBound: true }) }),
  };
}

type Ordered = number | bigint | string | boolean | Uint8Array;

interface Extreme {
  readonly value: Ordered;
  readonly exact: boolean;
}

function extreme(
  chunks: readonly ColumnMetaData[],
  { element, end }: { readonly element: SchemaElement; readonly end: 'min' | 'max' },
): { readonly text: string; readonly exact: boolean } | undefined {
  let best: Extreme | undefined;
  for (const { statistics } of chunks) {
    const one = statistics === undefined ? undefined : extremeIn(statistics, { element, end });
    if (one === undefined) return undefined;
    const order = best === undefined ? -1 : compare(one.value, best.value);
    if (best === undefined || (end === 'min' ? order < 0 : order > 0)) best = one;
    // The exact value may lie behind a bound that is equal to it.
    else if (order === 0 && !one.exact) best = one;
  }
  return best === undefined ? undefined : { text: textOf(best.value, element), exact: best.exact };
}

function extremeIn(
  statistics: Statistics,
  { element, end }: { readonly element: SchemaElement; readonly end: 'min' | 'max' },
): Extreme | undefined {
  const value = statistics[`${end}_value`] ?? deprecated(statistics, { element, end });
  if (value === undefined || value instanceof Date || Number.isNaN(value)) return undefined;
  // No order is agreed upon for these, whatever a writer has noted.
  if (element.type === 'INT96' || element.converted_type === 'INTERVAL') return undefined;
  if (value instanceof Uint8Array && decimalScale(element) !== undefined) {
    const unscaled = signed(value);
    return unscaled === undefined ? undefined : { value: unscaled, exact: true };
  }
  return { value, exact: statistics[`is_${end}_value_exact`] !== false };
}

/**
 * The older fields were compared as signed numbers, and bytes as if they were such: of text, of bytes and of unsigned
 * numbers they are wrong, but where both are equal.
 */
function deprecated(
  { min, max }: Statistics,
  { element, end }: { readonly element: SchemaElement; readonly end: 'min' | 'max' },
): Statistics['min'] {
  const { type, converted_type: converted = '', logical_type: logical } = element;
  const unsigned = converted.startsWith('UINT') || (logical?.type === 'INTEGER' && !logical.isSigned);
  const bytes = type === 'BYTE_ARRAY' || type === 'FIXED_LEN_BYTE_ARRAY';
  if ((unsigned || bytes) && !areEqual(min, max)) return undefined;
  return end === 'min' ? min : max;
}

function areEqual(a: unknown, b: unknown): boolean {
  return a instanceof Uint8Array && b instanceof Uint8Array ? Buffer.compare(a, b) === 0 : a === b;
}

function compare(a: Ordered, b: Ordered): number {
  if (a instanceof Uint8Array && b instanceof Uint8Array) return Buffer.compare(a, b);
  return a < b ? -1 : a > b ? 1 : 0;
}

function signed(bytes: Uint8Array): bigint | undefined {
  return bytes.length === 0
    ? undefined
    : BigInt.asIntN(bytes.length * 8, BigInt(`0x${Buffer.from(bytes).toString('hex')}`));
}

function textOf(value: Ordered, element: SchemaElement): string {
  const scale = decimalScale(element);
  // The reader has put the point of those that carry the older annotation.
  if (scale !== undefined && typeof value === 'number' && element.converted_type === 'DECIMAL')
    return decimalStatistic(value, scale);
  const written = writtenValue(value, element);
  return written instanceof Uint8Array ? bytesText(written) : (shownValue(written) ?? '');
}
