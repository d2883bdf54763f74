import type { TextEdit } from '../../../base/text';
import type { Call, Expression } from '../../../sql/ast';

/** A function of Athena, and what Redshift has for it. */
export interface ForeignFunction {
  /** For a sentence: `TO_CHAR`. */
  readonly instead: string;
  /** The new text of the call; undefined when these arguments do not fit. */
  readonly rewrite?: Rewrite;
  /** Somebody may well have made a function of this name. */
  readonly common?: true;
}

type Rewrite = (call: Call, text: (part: Expression) => string) => string | undefined;

/** What only Trino has, by name; `date_add` and `date_diff` also exist in Redshift. */
export const foreignFunctions: ReadonlyMap<string, ForeignFunction> = new Map<string, ForeignFunction>([
  [
    'approx_distinct',
    { instead: 'APPROXIMATE COUNT(DISTINCT …)', rewrite: unary((x) => `APPROXIMATE COUNT(DISTINCT ${x})`) },
  ],
  ['date_parse', { instead: 'TO_DATE or TO_TIMESTAMP', rewrite: dateParse }],
  ['date_format', { instead: 'TO_CHAR', rewrite: dateFormat, common: true }],
  ['from_unixtime', { instead: "TIMESTAMP 'epoch' + n * INTERVAL '1 second'", rewrite: fromUnixtime }],
  ['to_unixtime', { instead: 'EXTRACT(epoch FROM …)', rewrite: unary((x) => `EXTRACT(epoch FROM ${x})`) }],
  ['regexp_like', { instead: 'the operator ~', rewrite: binary((x, pattern) => `${x} ~ ${pattern}`) }],
  [
    'regexp_extract',
    { instead: 'REGEXP_SUBSTR', rewrite: binary((x, pattern) => `REGEXP_SUBSTR(${x}, ${pattern})`) },
  ],
  ['json_extract_scalar', { instead: 'JSON_EXTRACT_PATH_TEXT', rewrite: jsonExtract }],
  ['element_at', { instead: 'x[n] on a SUPER value' }],
  ['contains', { instead: 'ARRAY functions over SUPER, or unnesting', common: true }],
  ['transform', { instead: 'unnesting a SUPER value', common: true }],
  [
    'from_iso8601_timestamp',
    { instead: 'a cast to TIMESTAMPTZ', rewrite: unary((x) => `CAST(${x} AS TIMESTAMPTZ)`) },
  ],
  ['from_iso8601_date', { instead: 'a cast to DATE', rewrite: unary((x) => `CAST(${x} AS DATE)`) }],
  ['parse_datetime', { instead: 'TO_TIMESTAMP' }],
  ['approx_percentile', { instead: 'APPROXIMATE PERCENTILE_DISC' }],
]);

/** Replaces the whole call. */
export function callEdit({ start, end }: Call, text: string): TextEdit {
  return { start, end, text };
}

function unary(write: (x: string) => string): Rewrite {
  return ({ args: [x, more] }, text) => (x === undefined || more !== undefined ? undefined : write(text(x)));
}

function binary(write: (x: string, y: string) => string): Rewrite {
  return ({ args: [x, y, more] }, text) =>
    x === undefined || y === undefined || more !== undefined ? undefined : write(text(x), text(y));
}

function fromUnixtime({ args: [x, more] }: Call, text: (part: Expression) => string): string | undefined {
  if (x === undefined || more !== undefined) return undefined;
  const seconds =
    x.kind === 'ColumnRef' || x.kind === 'Literal' || x.kind === 'Call' ? text(x) : `(${text(x)})`;
  return `(TIMESTAMP 'epoch' + ${seconds} * INTERVAL '1 second')`;
}

function dateParse({ args: [x, format] }: Call, text: (part: Expression) => string): string | undefined {
  const pattern = formatOf(format);
  if (x === undefined || pattern === undefined) return undefined;
  return `${/[HMS]I|HH|SS/.test(pattern) ? 'TO_TIMESTAMP' : 'TO_DATE'}(${text(x)}, '${pattern}')`;
}

function dateFormat({ args: [x, format] }: Call, text: (part: Expression) => string): string | undefined {
  const pattern = formatOf(format);
  return x === undefined || pattern === undefined ? undefined : `TO_CHAR(${text(x)}, '${pattern}')`;
}

const codes: ReadonlyMap<string, string> = new Map([
  ['Y', 'YYYY'],
  ['y', 'YY'],
  ['m', 'MM'],
  ['d', 'DD'],
  ['H', 'HH24'],
  ['h', 'HH12'],
  ['i', 'MI'],
  ['s', 'SS'],
  ['S', 'SS'],
  ['j', 'DDD'],
]);

// `%Y-%m-%d` as Redshift writes it; undefined with a code or a letter that would mean something else there.
function formatOf(format: Expression | undefined): string | undefined {
  if (format?.kind !== 'Literal' || format.type !== 'string') return undefined;
  let known = true;
  const pattern = format.value.replace(/%(.)|[A-Za-z'"]/g, (_, code: string | undefined) => {
    const written = code === undefined ? undefined : codes.get(code);
    known &&= written !== undefined;
    return written ?? '';
  });
  return known ? pattern : undefined;
}

// `$.a.b` as a list of keys; indexes and wildcards have no counterpart.
function jsonExtract({ args: [x, path] }: Call, text: (part: Expression) => string): string | undefined {
  if (x === undefined || path?.kind !== 'Literal' || path.type !== 'string') return undefined;
  const keys = /^\$((?:\.\w+)+)$/.exec(path.value)?.[1]?.slice(1).split('.');
  if (keys === undefined) return undefined;
  return `JSON_EXTRACT_PATH_TEXT(${text(x)}, ${keys.map((key) => `'${key}'`).join(', ')})`;
}
