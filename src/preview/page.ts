import { formatBytes, formatCount } from '../base/format';
import type { PreviewColumn } from './preview';
import type { CountedPreview } from './previewObject';

/** A preview as a page of plain text, for an editor or a terminal; `name` heads it: `s3://bucket/key`. */
export function previewPage(preview: CountedPreview, name: string): string {
  const { format, compression, bytes, rows, fetched, requests, notes, facts } = preview;
  const sample = rowsShown(preview);
  const heads = preview.sampleColumns ?? preview.columns.map((column) => column.name);
  const kind = compression === undefined || compression === 'null' ? format : `${format}, ${compression}`;
  const count = rows === undefined ? [] : [`${formatCount(rows)} rows`];
  const share = bytes === 0 ? '' : ` of ${formatBytes(bytes)}`;
  return [
    name,
    [kind, formatBytes(bytes), ...count].join(' · '),
    `Read for this page: ${formatBytes(fetched)}${share} in ${requests === 1 ? '1 request' : `${requests} requests`}.`,
    ...notes.map((note) => `Note: ${note}`),
    '',
    ...section('Columns', columnTable(preview.columns, rows)),
    ...section(
      'Row groups',
      preview.rowGroups.length === 0
        ? []
        : table([
            ['', 'rows', 'bytes'],
            ...preview.rowGroups
              .slice(0, 20)
              .map((group, at) => [String(at + 1), formatCount(group.rows), formatBytes(group.bytes)]),
            ...(preview.rowGroups.length > 20 ? [[`and ${preview.rowGroups.length - 20} more`]] : []),
          ]),
    ),
    ...section('Facts', table(facts.map(([fact, value]) => [fact, value]))),
    ...section(
      sample.length === 1 ? 'First row' : `First ${sample.length} rows`,
      sample.length === 0 || heads.length === 0
        ? []
        : table([heads, ...sample.map((row) => row.map((cell) => cell ?? 'NULL'))]),
    ),
    ...section('Beginning', preview.text === undefined ? [] : preview.text.split('\n').map(visible)),
  ]
    .join('\n')
    .trimEnd()
    .concat('\n');
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [title, ...lines, ''];
}

// Only what at least one column has gets a heading: a text file knows no sizes.
function columnTable(columns: readonly PreviewColumn[], rows: number | undefined): readonly string[] {
  if (columns.length === 0) return [];
  const parts: readonly (readonly [string, (column: PreviewColumn) => string | undefined])[] = [
    ['name', ({ name }) => name],
    ['type', ({ type }) => type],
    ['bytes', ({ bytes }) => (bytes === undefined ? undefined : formatBytes(bytes))],
    ['compression', ({ compression }) => compression],
    ['encodings', ({ encodings }) => encodings?.join(', ')],
    ['nulls', ({ nulls, values = rows }) => nullsOf(nulls, values)],
    ['distinct', ({ distinct }) => (distinct === undefined ? undefined : formatCount(distinct))],
    ['min', ({ min, minIsBound }) => extremeText(min, minIsBound)],
    ['max', ({ max, maxIsBound }) => extremeText(max, maxIsBound)],
  ];
  const used = parts.filter(([, of]) => columns.some((column) => of(column) !== undefined));
  return table([
    used.map(([title]) => title),
    ...columns.map((column) => used.map(([, of]) => of(column) ?? '')),
  ]);
}

// An empty cell would say that nothing is known. What the writer has cut is no value of the column.
function extremeText(text: string | undefined, isBound: true | undefined): string | undefined {
  if (text === undefined) return undefined;
  const short = text === '' ? '""' : shortened(text, widest - 6);
  return isBound === true ? `${short} (cut)` : short;
}

function nullsOf(nulls: number | undefined, values: number | undefined): string | undefined {
  if (nulls === undefined) return undefined;
  return values === undefined || values === 0 || nulls === 0
    ? formatCount(nulls)
    : `${formatCount(nulls)} (${((100 * nulls) / values).toFixed(1)} %)`;
}

/** No more rows than a reader can take in, of a file with very many columns. */
function rowsShown({ sample }: CountedPreview): CountedPreview['sample'] {
  return sample.slice(0, Math.max(5, Math.floor(mostCells / Math.max(1, sample[0]?.length ?? 1))));
}

const mostCells = 10_000;

function table(rows: readonly (readonly string[])[]): readonly string[] {
  const shown = rows.map((row) => row.map(oneLine));
  const widths: number[] = [];
  for (const row of shown) {
    for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, cell.length);
  }
  return shown.map((row) => `  ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('  ')}`.trimEnd());
}

const widest = 60;

function oneLine(cell: string): string {
  return visible(shortened(cell.replaceAll(/\s+/g, ' '), widest));
}

function shortened(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

// An escape sequence in a file would move the cursor of a terminal, and marks of direction would turn a line round.
function visible(text: string): string {
  return text.replaceAll(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu, (sign) => (sign === '\t' ? sign : '\uFFFD'));
}
