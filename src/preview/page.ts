import { formatBytes, formatCount } from '../base/format';
import type { PreviewColumn } from './preview';
import type { CountedPreview } from './previewObject';

/** A preview as a page of plain text, for an editor or a terminal; `name` heads it: `s3://bucket/key`. */
export function previewPage(preview: CountedPreview, name: string): string {
  const { format, compression, bytes, rows, fetched, requests, notes, facts } = preview;
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
      preview.sample.length === 0 ? '' : `First ${preview.sample.length} rows`,
      preview.sample.length === 0
        ? []
        : table([
            topNames(preview.columns, preview.sample[0]?.length ?? 0),
            ...preview.sample.map((row) => row.map((cell) => cell ?? 'NULL')),
          ]),
    ),
    ...section('Beginning', preview.text === undefined ? [] : preview.text.split('\n')),
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
    ['nulls', ({ nulls }) => nullsOf(nulls, rows)],
    ['distinct', ({ distinct }) => (distinct === undefined ? undefined : formatCount(distinct))],
    ['min', ({ min }) => quotedIfEmpty(min)],
    ['max', ({ max }) => quotedIfEmpty(max)],
  ];
  const used = parts.filter(([, of]) => columns.some((column) => of(column) !== undefined));
  return table([
    used.map(([title]) => title),
    ...columns.map((column) => used.map(([, of]) => of(column) ?? '')),
  ]);
}

// An empty cell would say that nothing is known.
function quotedIfEmpty(text: string | undefined): string | undefined {
  return text === '' ? '""' : text;
}

function nullsOf(nulls: number | undefined, rows: number | undefined): string | undefined {
  if (nulls === undefined) return undefined;
  return rows === undefined || rows === 0 || nulls === 0
    ? formatCount(nulls)
    : `${formatCount(nulls)} (${((100 * nulls) / rows).toFixed(1)} %)`;
}

/** The heads of the sample: the first parts of the columns' paths, since a nested column is one cell. */
function topNames(columns: readonly PreviewColumn[], count: number): readonly string[] {
  const exact = columns.map(({ name }) => name);
  if (exact.length === count) return exact;
  return [...new Set(exact.map((name) => name.split('.')[0] ?? name))];
}

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
  const line = cell.replaceAll(/\s+/g, ' ');
  return line.length > widest ? `${line.slice(0, widest - 1)}…` : line;
}
