import { emptyPreview, sampleRows, type Preview } from './preview';

/** Reads the beginning of a text as NDJSON, JSON, CSV or plain lines. `whole`: nothing follows. */
export function previewText(
  bytes: Uint8Array,
  { whole, format }: { readonly whole: boolean; readonly format: string | undefined },
): Preview {
  if (bytes.subarray(0, 8000).includes(0)) {
    return {
      ...emptyPreview,
      format: 'binary',
      notes: ['It holds bytes that no text has: nothing of it is shown.'],
    };
  }
  const decoded = new TextDecoder('utf-8', { ignoreBOM: false }).decode(bytes);
  // The last line may be cut in the middle, of a character even.
  const end = whole ? decoded.length : Math.max(0, decoded.lastIndexOf('\n') + 1);
  const text = end === 0 && !whole ? decoded : decoded.slice(0, end);
  const notes = text.includes('\uFFFD') ? ['Some of it is not UTF-8: these characters are shown as �.'] : [];
  const first = text.trimStart()[0];
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const objects = first === '{' ? lines.slice(0, sampleRows).map(parsedObject) : [];
  if (objects.length > 0 && objects.every((each) => each !== undefined)) {
    return withNotes(ofObjects(objects, 'NDJSON'), notes);
  }
  if (first === '[' || first === '{') return withNotes(ofJson(text, whole), notes);
  if (format === 'CSV' || (format === undefined && delimiterOf(text) !== undefined)) {
    return withNotes(ofCsv(text), notes);
  }
  return { ...emptyPreview, format: 'text', text: lines.slice(0, sampleRows).join('\n'), notes };
}

function withNotes(preview: Preview, notes: readonly string[]): Preview {
  return { ...preview, notes: [...notes, ...preview.notes] };
}

type Fields = Readonly<Record<string, unknown>>;

function parsedObject(line: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Fields)
      : undefined;
  } catch {
    return undefined;
  }
}

function ofObjects(objects: readonly (Fields | undefined)[], format: string): Preview {
  const rows = objects.filter((each) => each !== undefined);
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const columns = names.map((name) => ({ name, type: typesOf(rows.map((row) => row[name])) }));
  const sample = rows.map((row) => names.map((name) => cell(row[name])));
  return { ...emptyPreview, format, columns, sample };
}

function typesOf(values: readonly unknown[]): string {
  const types = new Set(
    values.flatMap((value) => (value === null || value === undefined ? [] : [typeOf(value)])),
  );
  return types.size === 0 ? 'null' : [...types].toSorted().join(' or ');
}

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value === 'object' ? 'object' : typeof value;
}

function cell(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function ofJson(text: string, whole: boolean): Preview {
  const shown = text.slice(0, 20_000);
  if (!whole) return { ...emptyPreview, format: 'JSON', text: shown };
  try {
    const value: unknown = JSON.parse(text);
    const isTable =
      Array.isArray(value) &&
      value.length > 0 &&
      value.every((each) => typeof each === 'object' && each !== null);
    if (isTable)
      return { ...ofObjects((value as Fields[]).slice(0, sampleRows), 'JSON'), rows: value.length };
    return { ...emptyPreview, format: 'JSON', text: JSON.stringify(value, undefined, 2).slice(0, 20_000) };
  } catch (error) {
    const why = error instanceof Error ? error.message : 'it cannot be read';
    return { ...emptyPreview, format: 'JSON', text: shown, notes: [`It is no valid JSON: ${why}.`] };
  }
}

function ofCsv(text: string): Preview {
  const delimiter = delimiterOf(text) ?? ',';
  const rows = csvRows(text, { delimiter, most: sampleRows + 1 });
  const [first = [], ...rest] = rows;
  // A header is text throughout; numbers in it are data.
  const hasHeader = rest.length > 0 && first.every((name) => name !== '' && Number.isNaN(Number(name)));
  const names = hasHeader ? first : first.map((_, at) => `column ${at + 1}`);
  const sample = (hasHeader ? rest : rows).slice(0, sampleRows);
  const ragged = sample.filter((row) => row.length !== names.length).length;
  return {
    ...emptyPreview,
    format: 'CSV',
    columns: names.map((name) => ({ name })),
    sample: sample.map((row) => names.map((_, at) => row[at] ?? null)),
    facts: [
      ['delimiter', delimiter === '\t' ? 'tab' : delimiter],
      ['header', hasHeader ? 'yes' : 'no'],
    ],
    notes:
      ragged === 0
        ? []
        : [`${ragged} of the first ${sample.length} rows have more or fewer fields than the first.`],
  };
}

/** The delimiter that cuts the first rows into equally many fields; undefined when none does. */
function delimiterOf(text: string): string | undefined {
  return [',', '\t', ';', '|'].find((delimiter) => {
    const counts = csvRows(text, { delimiter, most: 10 }).map(({ length }) => length);
    const [first = 0] = counts;
    return first > 1 && counts.filter((count) => count === first).length > counts.length / 2;
  });
}

/** The rows of a CSV text as RFC 4180 has it: quotes doubled inside quotes, line ends allowed there. */
export function csvRows(
  text: string,
  { delimiter, most }: { readonly delimiter: string; readonly most: number },
): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length && rows.length < most) {
    let field = '';
    if (text[at] === '"') {
      let end = at + 1;
      for (;;) {
        const quote = text.indexOf('"', end);
        field += text.slice(end, quote === -1 ? text.length : quote);
        if (quote === -1) {
          at = text.length;
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
  return rows;
}
