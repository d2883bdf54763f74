import { emptyPreview, sampleRows, type Preview } from './preview';

/** The first rows of a CSV text. `whole`: nothing follows; else a last row that ends inside of quotes is left out. */
export function previewCsv(text: string, { whole }: { readonly whole: boolean }): Preview {
  const delimiter = delimiterOf(text) ?? ',';
  const read = readCsv(text, { delimiter, most: sampleRows + 1 });
  const rows = read.isOpen && !whole && read.rows.length > 1 ? read.rows.slice(0, -1) : read.rows;
  const [first = [], ...rest] = rows;
  const header = headerIn(first, rest);
  const names = header
    ? first.map((name, at) => name || `column ${at + 1}`)
    : first.map((_, at) => `column ${at + 1}`);
  const sample = (header ? rest : rows).slice(0, sampleRows);
  const ragged = sample.filter((row) => row.length !== names.length).length;
  return {
    ...emptyPreview,
    format: 'CSV',
    columns: names.map((name) => ({ name })),
    sample: sample.map((row) => names.map((_, at) => row[at] ?? null)),
    facts: [
      ['delimiter', delimiterNames[delimiter] ?? delimiter],
      ['header', header ? 'yes' : 'no'],
    ],
    notes: [
      ...(ragged === 0
        ? []
        : [`${ragged} of the first ${sample.length} rows have more or fewer fields than the first.`]),
      ...(read.isOpen && whole ? ['A quote is opened and never closed: what follows it is one field.'] : []),
      ...(sample.some((row) => row.some((field) => /[\r\n]/.test(field)))
        ? ['Some fields hold line ends, at which Athena’s CSV readers cut a row.']
        : []),
    ],
  };
}

const delimiterNames: Readonly<Record<string, string>> = { '\t': 'tab', '\u0001': 'Ctrl-A' };

/** Of two that cut alike the rarer one is meant: a comma stands in many a number and sentence. */
const delimiters = ['\u0001', '\t', '|', ';', ','];

/** The delimiter that cuts the first rows into equally many fields; undefined when none does. */
export function delimiterOf(text: string): string | undefined {
  let best: { readonly delimiter: string; readonly share: number } | undefined;
  for (const delimiter of delimiters) {
    const counts = readCsv(text, { delimiter, most: 10 }).rows.map(({ length }) => length);
    const [first = 0] = counts;
    const share = counts.filter((count) => count === first).length / counts.length;
    if (first > 1 && share > 0.5 && (best === undefined || share > best.share)) best = { delimiter, share };
  }
  return best?.delimiter;
}

/** Whether the first row names columns: what is typed in the rows below is text there, and nothing in it is data. */
function headerIn(first: readonly string[], rest: readonly (readonly string[])[]): boolean {
  if (rest.length === 0) return false;
  // Programs that write a row number leave its name empty.
  const [, ...others] = first;
  if (others.some((name) => name.trim() === '') || first.some((name) => isTyped(name))) return false;
  if (new Set(first.map((name) => name.toLowerCase())).size < first.length) return false;
  const typed = first.some((_, at) => rest.every((row) => isTyped(row[at] ?? '') || row[at] === ''));
  if (typed) return true;
  // Text throughout: a value of the first row that comes again in its column is data.
  return !first.some((name, at) => name !== '' && rest.some((row) => row[at] === name));
}

/** A number, a date, a time, a truth value or what stands for NULL: never the name of a column. */
function isTyped(value: string): boolean {
  const text = value.trim();
  return (
    (text !== '' && !Number.isNaN(Number(text.replace(/^(-?\d+),(\d+)$/, '$1.$2')))) ||
    /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([ T].*)?$/.test(text) ||
    /^(true|false|null|\\N|[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12})$/i.test(text)
  );
}

/** The rows of a CSV text as RFC 4180 has it: quotes doubled inside quotes, line ends allowed there. */
export function csvRows(
  text: string,
  wanted: { readonly delimiter: string; readonly most: number },
): readonly (readonly string[])[] {
  return readCsv(text, wanted).rows;
}

function readCsv(
  text: string,
  { delimiter, most }: { readonly delimiter: string; readonly most: number },
): { readonly rows: readonly (readonly string[])[]; readonly isOpen: boolean } {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  let isOpen = false;
  while (at < text.length && rows.length < most) {
    let field = '';
    if (text[at] === '"') {
      let end = at + 1;
      for (;;) {
        const quote = text.indexOf('"', end);
        field += text.slice(end, quote === -1 ? text.length : quote);
        if (quote === -1) {
          at = text.length;
          isOpen = true;
          break;
        }
        if (text[quote + 1] !== '"') {
          at = quote + 1;
          break;
        }
        field += '"';
        end = quote + 2;
      }
    }
    const from = at;
    while (at < text.length && text[at] !== delimiter && text[at] !== '\n' && text[at] !== '\r') at++;
    row.push(field + text.slice(from, at));
    if (text[at] === delimiter) {
      at++;
      if (at === text.length) row.push('');
      continue;
    }
    if (text[at] === '\r') at++;
    if (text[at] === '\n') at++;
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
  }
  if (row.length > 0 && rows.length < most) rows.push(row);
  return { rows, isOpen };
}
