import { delimiterOf, previewCsv } from './csv';
import { decodeText } from './decodeText';
import { jsonValues } from './jsonValues';
import { emptyPreview, sampleRows, type Preview } from './preview';

interface TextFacts {
  /** Nothing follows. */
  readonly whole: boolean;
  /** What its name says. */
  readonly format: string | undefined;
}

/** Characters of a text without columns that are shown. */
const mostText = 20_000;

/** Characters of one line that are shown. */
const mostLine = 2_000;

/** Reads the beginning of a text as NDJSON, JSON, CSV or plain lines. */
export function previewText(bytes: Uint8Array, { whole, format }: TextFacts): Preview {
  const decoded = decodeText(bytes, { whole });
  if (decoded === undefined) {
    return {
      ...emptyPreview,
      format: 'binary',
      notes: ['It holds bytes that no text has: nothing of it is shown.'],
    };
  }
  // The last line may be cut in the middle.
  const end = whole
    ? decoded.text.length
    : 1 + Math.max(...['\n', '\r'].map((sign) => decoded.text.lastIndexOf(sign)));
  const longLine = end === 0 && !whole;
  const text = longLine ? decoded.text : decoded.text.slice(0, end);
  const preview = rowsOf(text, { whole, format });
  const notes = [
    ...decoded.notes,
    ...(longLine && text.length > mostText ? ['Its first line is longer than what is read of it.'] : []),
    ...preview.notes,
  ];
  return { ...preview, notes };
}

function rowsOf(text: string, { whole, format }: TextFacts): Preview {
  const first = text.trimStart()[0];
  if (first === '{' || first === '[') {
    const json = ofJson(text, whole);
    // A line may begin with a bracket and be no JSON at all: [2024-01-01] INFO …
    if (json !== undefined) return json;
  }
  if (format === 'CSV' || (format === undefined && delimiterOf(text) !== undefined)) {
    return previewCsv(text, { whole });
  }
  return { ...emptyPreview, format: 'text', ...shownText(text) };
}

function shownText(text: string): Pick<Preview, 'text' | 'notes'> {
  const lines = text
    .split(/\r\n|\r|\n/)
    .filter((line) => line.trim() !== '')
    .slice(0, sampleRows);
  const isLong = lines.some((line) => line.length > mostLine);
  return {
    text: lines
      .map((line) => line.slice(0, mostLine))
      .join('\n')
      .slice(0, mostText),
    notes: isLong
      ? [`Of a long line the first ${mostLine.toLocaleString('en-US')} characters are shown.`]
      : [],
  };
}

type Fields = Readonly<Record<string, unknown>>;

/** Parses JSON with numbers that a double would round marked as texts of their digits. */
function parsed(text: string): { readonly value: unknown } | { readonly why: string } {
  try {
    // Texts are met first, so that digits inside of them stay.
    const exact = text.replaceAll(/"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/gs, (found) =>
      !found.startsWith('"') && found.replaceAll(/\D/g, '').length > 15 ? `"${exactMark}${found}"` : found,
    );
    return { value: JSON.parse(exact) };
  } catch {
    return { why: whyInvalid(text) };
  }
}

/** A character of Unicode's private use: no text has it. */
const exactMark = '\uE0F1';

// The places that are named are those of the text as it is.
function whyInvalid(text: string): string {
  try {
    JSON.parse(text);
    return 'it cannot be read';
  } catch (error) {
    return error instanceof Error ? error.message : 'it cannot be read';
  }
}

function jsonText(value: unknown, indent?: number): string {
  return JSON.stringify(value, undefined, indent).replaceAll(new RegExp(`"${exactMark}([^"]*)"`, 'g'), '$1');
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fieldsIn(texts: readonly string[]): readonly (Fields | undefined)[] {
  return texts.map((text) => {
    const found = parsed(text);
    return 'value' in found && isFields(found.value) ? found.value : undefined;
  });
}

function ofObjects(rows: readonly Fields[], format: string): Preview {
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
  if (typeof value === 'string' && value.startsWith(exactMark))
    return /[.eE]/.test(value) ? 'number' : 'integer';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value === 'object' ? 'object' : typeof value;
}

function cell(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'string' && !value.startsWith(exactMark) ? value : jsonText(value);
}

/** Lines of objects, an array of them, objects one behind the other, or one value; undefined for what is no JSON. */
function ofJson(text: string, whole: boolean): Preview | undefined {
  const lines = ofLines(text);
  if (lines !== undefined) return lines;
  const { kind, values, sharesLine } = jsonValues(text, sampleRows);
  const found = fieldsIn(values);
  const rows = found.filter((each) => each !== undefined);
  const all = whole ? parsed(text) : undefined;
  const valid = all !== undefined && 'value' in all;
  if (kind === 'array' && rows.length > 0 && rows.length === found.length) {
    const counted = valid && Array.isArray(all.value) ? { rows: all.value.length } : {};
    return { ...ofObjects(rows, 'JSON'), ...counted, notes: all === undefined || valid ? [] : invalid(all) };
  }
  if (kind === 'sequence' && rows.length > 1 && rows.length === found.length) {
    const notes = sharesLine
      ? ['Several objects stand on one line, of which Athena reads the first: write one object a line.']
      : ['Its objects go over several lines, which Athena does not read: write one object a line.'];
    return { ...ofObjects(rows, 'JSON'), notes };
  }
  if (valid) {
    const shown = jsonText(all.value, 2).slice(0, mostText);
    return { ...emptyPreview, format: 'JSON', text: shown };
  }
  // What does not even begin like JSON is another text.
  if (!/^\s*(\{\s*("|\}|$)|\[\s*(["{[\]\d-]|true|false|null|$))/.test(text) || /^\s*\[\d+[-/:]\d/.test(text))
    return undefined;
  return {
    ...emptyPreview,
    format: 'JSON',
    text: text.slice(0, mostText),
    notes: all === undefined ? [] : invalid(all),
  };
}

function invalid(all: { readonly value: unknown } | { readonly why: string }): readonly string[] {
  return 'why' in all ? [`It is no valid JSON: ${all.why}.`] : [];
}

/** NDJSON; undefined where less than half of the first lines are objects by themselves. */
function ofLines(text: string): Preview | undefined {
  const lines = text
    .split(/\r\n|\r|\n/)
    .filter((line) => line.trim() !== '')
    .slice(0, sampleRows);
  const found = fieldsIn(lines);
  const rows = found.filter((each) => each !== undefined);
  if (rows.length * 2 <= lines.length) return undefined;
  const bad = lines.length - rows.length;
  const at = found.indexOf(undefined) + 1;
  const notes =
    bad === 0
      ? []
      : [
          `${bad} of the first ${lines.length} lines ${bad === 1 ? 'is' : 'are'} no JSON object, line ${at} first: a query fails there unless ignore.malformed.json is set.`,
        ];
  return { ...ofObjects(rows, 'NDJSON'), notes };
}
