import { Problem } from '../../src/base/problem';
import type { Connection } from '../../src/connection/connection';
import type { QueryEngine, QueryStatus, ResultColumn } from '../../src/query/queryEngine';
import type { ObjectStore } from '../../src/zones/objectStore';

export type Texts = readonly (string | null)[];

export const connection: Connection = {
  name: 'test',
  region: 'eu-west-1',
  readOnly: false,
  production: false,
};

export const finished: QueryStatus = {
  id: 'query-1',
  state: 'succeeded',
  resultLocation: 's3://results/athena/query-1.csv',
  statementType: 'dml',
};

/** One call that was made: `page`, `head` or a range of bytes. */
export type Call = string;

/** A table as Athena gives it out: pages of 1,000 rows, and a file. `hooks` run before each answer. */
export function resultLake({
  columns,
  rows,
  file,
  hooks = {},
}: {
  readonly columns: readonly ResultColumn[];
  readonly rows: readonly Texts[];
  /** Absent: there is none. */
  readonly file?: Uint8Array;
  readonly hooks?: {
    page?(from: number, signal: AbortSignal): Promise<void>;
    head?(): Promise<void>;
    read?(
      range: { readonly start: number; readonly end: number },
      signal: AbortSignal,
    ): Promise<Uint8Array | undefined>;
  };
}) {
  const calls: Call[] = [];
  const unused = () => Promise.reject(new Error('not asked for in these tests'));
  const engine: QueryEngine = {
    start: unused,
    status: unused,
    stop: unused,
    workGroups: unused,
    workGroup: unused,
    async results(_, { next = '0' }, signal) {
      const from = Number(next);
      calls.push(`page ${from}`);
      await hooks.page?.(from, signal);
      const to = from + 1_000;
      return { columns, items: rows.slice(from, to), ...(to < rows.length ? { next: String(to) } : {}) };
    },
  };
  const store: ObjectStore = {
    buckets: unused,
    list: unused,
    async head(_, { bucket, key }) {
      calls.push('head');
      await hooks.head?.();
      if (file === undefined) throw new Problem(`There is no s3://${bucket}/${key}.`, 'missing');
      return { key, bytes: file.length };
    },
    async read(_, { range = { start: 0, end: 0 } }, signal) {
      calls.push(`read ${range.start}`);
      return (await hooks.read?.(range, signal)) ?? (file ?? new Uint8Array(0)).slice(range.start, range.end);
    },
  };
  return { engine, store, connection, calls };
}

/** A file as Athena writes it: every text in quotes, NULL nothing. */
export function athenaCsv(columns: readonly ResultColumn[], rows: readonly Texts[]): Uint8Array {
  const quoted = (text: string | null): string => (text === null ? '' : `"${text.replaceAll('"', '""')}"`);
  const lines = [columns.map(({ name }) => name), ...rows].map((row) => `${row.map(quoted).join(',')}\n`);
  return Buffer.from(lines.join(''));
}

/** Texts of columns `id`, `name` and `note`, with NULL, empty, quotes and line ends among them. */
export function sampleRows(count: number): readonly Texts[] {
  const notes = [null, '', 'say "hi"', 'two\nlines', 'grün, 漢字 😀'];
  return Array.from({ length: count }, (_, row) => [String(row), `name ${row}`, notes[row % 5] ?? null]);
}

export const sampleColumns: readonly ResultColumn[] = [
  { name: 'id', type: 'bigint' },
  { name: 'name', type: 'varchar' },
  { name: 'note', type: 'varchar' },
];
