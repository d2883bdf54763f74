import { csvRows } from '../preview/csv';
import type { CsvDialect } from './reading';
import { isPlainName, nullShape, textShape, widen, type Shape } from './shapes';

/** What the beginning of a CSV text tells. */
export interface CsvTable {
  readonly dialect: CsvDialect;
  readonly fields: readonly (readonly [name: string, shape: Shape])[];
  readonly rows: number;
  readonly doubts: readonly string[];
  readonly faults: readonly string[];
}

/** Rows that are looked at. */
const mostRows = 5000;
const delimiters = [',', '\t', ';', '|', '\u0001'];

/**
 * Reads the beginning of a CSV text; undefined where nothing cuts its lines into like numbers of fields, unless it is
 * `named` so: then it has one column.
 */
export function csvTable(given: string, named: 'CSV' | 'any' = 'any'): CsvTable | undefined {
  const text = given.startsWith('\uFEFF') ? given.slice(1) : given;
  const delimiter = delimiterOf(text) ?? (named === 'CSV' && text.trim() !== '' ? ',' : undefined);
  if (delimiter === undefined) return undefined;
  const backslash = new RegExp(`"[^"\\n]*\\\\"[^"\\n]*`).test(text);
  // Quotes that a backslash escapes are doubled, as the reader knows them.
  const rows = csvRows(backslash ? text.replaceAll('\\"', '""') : text, { delimiter, most: mostRows + 1 });
  const [first = [], ...rest] = rows;
  const quoted = hasQuotes(text, delimiter);
  const header = headerIn(first, rest);
  const body = header === 'no' ? rows : rest;
  const names = header === 'no' ? first.map((_, at) => `column_${at + 1}`) : first.map((name) => name.trim());
  const fields = names.map((name, at) => {
    const shape = body.reduce<Shape>((all, row) => widen(all, valueShape(row[at])), nullShape);
    return [name, shape] as const;
  });
  const ragged = body.filter((row) => row.length !== names.length).length;
  const brokenLines = body.some((row) => row.some((value) => value.includes('\n')));
  return {
    dialect: { delimiter, quoted, backslash, header: header !== 'no', brokenLines },
    fields,
    rows: body.length,
    doubts: [
      ...(header === 'perhaps'
        ? ['Its first line is taken for a header, though every column is text: look at it.']
        : []),
      ...(header === 'no' ? ['It has no header, so the columns have numbers for names.'] : []),
    ],
    faults: [
      ...(given === text
        ? []
        : ['It begins with a byte order mark, which stands before the name or value of its first column.']),
      ...(ragged === 0
        ? []
        : [`${ragged} of the first ${body.length} rows have more or fewer fields than the first line.`]),
    ],
  };
}

function valueShape(value: string | undefined): Shape {
  // An empty field is NULL to a number and '' to a text: it decides nothing. Hive writes NULL as \N.
  if (value === undefined || value === '' || value === '\\N') return nullShape;
  return textShape(value);
}

/** The delimiter that cuts most of the first rows into equally many fields; the more fields, the better. */
function delimiterOf(text: string): string | undefined {
  let best: { readonly delimiter: string; readonly fields: number; readonly share: number } | undefined;
  for (const delimiter of delimiters) {
    const counts = csvRows(text, { delimiter, most: 50 }).map(({ length }) => length);
    const [fields = 0] = counts;
    const share = counts.filter((count) => count === fields).length / Math.max(1, counts.length);
    if (fields < 2 || share < 0.6) continue;
    if (best === undefined || share > best.share || (share === best.share && fields > best.fields)) {
      best = { delimiter, fields, share };
    }
  }
  return best?.delimiter;
}

function hasQuotes(text: string, delimiter: string): boolean {
  const edge = delimiter.replace(/[|\\]/, '\\$&');
  return new RegExp(`(?:^|[\\n${edge}])"`).test(text);
}

// A header is text throughout, no name twice; where the values below are text as well, only their look is left.
function headerIn(first: readonly string[], rest: readonly (readonly string[])[]): 'yes' | 'no' | 'perhaps' {
  const names = first.map((name) => name.trim());
  const isNamed = names.every(
    (name) => name !== '' && textShape(name).kind === 'string' && !/^[\d.,+-]+$/.test(name),
  );
  if (!isNamed || new Set(names.map((name) => name.toLowerCase())).size < names.length) return 'no';
  if (rest.length === 0) return names.every(isPlainName) ? 'perhaps' : 'no';
  const typed = first.some((_, at) => {
    const shape = rest.reduce<Shape>((all, row) => widen(all, valueShape(row[at])), nullShape);
    return shape.kind !== 'string' && shape.kind !== 'null';
  });
  if (typed) return 'yes';
  return names.every((name) => /^[A-Za-z_][\w .-]*$/.test(name)) ? 'perhaps' : 'no';
}
