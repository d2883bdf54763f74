import type { RowColumn, RowTexts } from '../base/rows';

/** Turns rows into text, batch after batch; what `end` gives comes last. */
export interface RowWriter {
  begin(columns: readonly RowColumn[]): string;
  rows(rows: readonly RowTexts[]): string;
  end(facts: Readonly<Record<string, unknown>>): string;
}

export type RowFormat = 'csv' | 'ndjson' | 'json';

export function rowWriter(format: RowFormat): RowWriter {
  switch (format) {
    case 'csv':
      return csvWriter;
    case 'ndjson':
      return ndjsonWriter();
    case 'json':
      break;
  }
  return jsonWriter();
}

/** RFC 4180 with `\n`: NULL is nothing at all, an empty text two quotes. */
const csvWriter: RowWriter = {
  begin: (columns) => csvLine(columns.map((column) => column.name)),
  rows: (rows) => rows.map(csvLine).join(''),
  end: () => '',
};

function csvLine(row: RowTexts): string {
  return `${row.map(csvField).join(',')}\n`;
}

function csvField(text: string | null): string {
  if (text === null) return '';
  return text === '' || /[",\r\n]/.test(text) || text !== text.trim()
    ? `"${text.replaceAll('"', '""')}"`
    : text;
}

/** One object a line. */
function ndjsonWriter(): RowWriter {
  let columns: readonly RowColumn[] = [];
  return {
    begin(given) {
      columns = given;
      return '';
    },
    rows: (rows) => rows.map((row) => `${jsonObject(columns, row)}\n`).join(''),
    end: () => '',
  };
}

/** Version 1: columns, rows as arrays in their order, then the facts of the run. */
function jsonWriter(): RowWriter {
  let columns: readonly RowColumn[] = [];
  let before = '\n';
  return {
    begin(given) {
      columns = given;
      return `{ "version": 1,\n  "columns": ${JSON.stringify(given.map(({ name, type }) => ({ name, type })))},\n  "rows": [`;
    },
    rows(rows) {
      let text = '';
      for (const row of rows) {
        text += `${before}    [${row.map((value, at) => jsonValue(columns[at]?.type, value)).join(', ')}]`;
        before = ',\n';
      }
      return text;
    },
    end: (facts) => `${before === '\n' ? '' : '\n  '}],\n  "run": ${JSON.stringify(facts)} }\n`,
  };
}

function jsonObject(columns: readonly RowColumn[], row: RowTexts): string {
  const fields = columns.map(
    ({ name, type }, at) => `${JSON.stringify(name)}:${jsonValue(type, row[at] ?? null)}`,
  );
  return `{${fields.join(',')}}`;
}

/** Numbers that JSON's readers keep exactly, and booleans, as such; everything else as its text. */
function jsonValue(type: string | undefined, value: string | null): string {
  if (value === null) return 'null';
  switch (type ?? '') {
    case 'tinyint':
    case 'smallint':
    case 'integer':
    case 'int':
    case 'bigint':
      return /^-?\d{1,18}$/.test(value) && Number.isSafeInteger(Number(value))
        ? String(Number(value))
        : JSON.stringify(value);
    case 'float':
    case 'real':
    case 'double': {
      const number = Number(value);
      return value !== '' && Number.isFinite(number) ? JSON.stringify(number) : JSON.stringify(value);
    }
    case 'boolean':
      return value === 'true' || value === 'false' ? value : JSON.stringify(value);
    default:
      return JSON.stringify(value);
  }
}
