import { formatCount } from '../base/format';
import { allItems } from '../base/page';
import { pool } from '../base/pool';
import { Problem } from '../base/problem';
import type { CatalogReader, Table, TableName } from '../catalog/catalog';
import { newestDataEnd } from '../catalog/dateGaps';
import { type ExpectedAge, freshness, type Freshness } from '../catalog/freshness';
import type { Connection } from '../connection/connection';
import type { ObjectStore } from '../zones/objectStore';
import { newestPartition } from './newestPartition';

/** How new the data of one table is, or why that could not be found out. */
export interface TableFreshness {
  readonly table: TableName;
  readonly expected: ExpectedAge;
  /** `2024-12-30`: the newest partition's values. */
  readonly newest?: string;
  readonly dataEnd?: Date;
  readonly result: Freshness | { readonly kind: 'problem'; readonly sentence: string };
}

/** The tables of a database that somebody expects to be new, the late ones first. */
export interface DatabaseFreshness {
  readonly database: string;
  readonly tables: readonly TableFreshness[];
  /** Partitioned tables of which nothing is expected. */
  readonly unexpected: number;
}

/** Tables looked at side by side; each takes a handful of requests. */
const width = 8;
const order: readonly TableFreshness['result']['kind'][] = ['late', 'problem', 'unknown', 'fresh'];

/**
 * Finds the newest partition of every table of a database that an expectation fits. A table that may not be read says
 * so and the rest goes on.
 */
export async function databaseFreshness(
  from: { readonly catalog: CatalogReader; readonly store: ObjectStore },
  request: {
    readonly connection: Connection;
    readonly database: string;
    readonly expected: (table: TableName) => ExpectedAge | undefined;
    readonly now: Date;
    readonly onProgress?: (done: number, total: number) => void;
  },
  signal: AbortSignal,
): Promise<DatabaseFreshness> {
  const { connection, database, now } = request;
  const wanted: (readonly [Table, ExpectedAge])[] = [];
  let unexpected = 0;
  const pages = allItems<Table>((next) =>
    from.catalog.tables(connection, { database, ...(next === undefined ? {} : { next }) }, signal),
  );
  for await (const table of pages) {
    if (table.partitionKeys.length === 0) continue;
    const expected = request.expected(table);
    if (expected === undefined) unexpected += 1;
    else wanted.push([table, expected]);
  }
  const tables: TableFreshness[] = [];
  const work = pool<readonly [Table, ExpectedAge]>(
    width,
    async ([table, expected]) => {
      tables.push(await one(table, expected));
      request.onProgress?.(tables.length, wanted.length);
    },
    signal,
  );
  const one = async (table: Table, expected: ExpectedAge): Promise<TableFreshness> => {
    const name = { database: table.database, name: table.name };
    try {
      const newest = await newestPartition(from, { connection, table }, signal);
      const dataEnd = newest === undefined ? undefined : newestDataEnd(table.partitionKeys, [newest]);
      return {
        table: name,
        expected,
        result: freshness({ dataEnd, expectedMs: expected.ms, now }),
        ...(newest === undefined ? {} : { newest: newest.join('/') }),
        ...(dataEnd === undefined ? {} : { dataEnd }),
      };
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return { table: name, expected, result: { kind: 'problem', sentence: error.message } };
    }
  };
  for (const item of wanted) work.add(item);
  await work.done();
  return {
    database,
    unexpected,
    tables: tables.toSorted(
      (a, b) =>
        order.indexOf(a.result.kind) - order.indexOf(b.result.kind) || (a.table.name < b.table.name ? -1 : 1),
    ),
  };
}

const words: Readonly<Record<TableFreshness['result']['kind'], string>> = {
  late: '**late**',
  problem: 'not known',
  unknown: 'not known',
  fresh: 'as expected',
};

/** The freshness of a database's tables as Markdown. */
export function databaseFreshnessPage({ database, tables, unexpected }: DatabaseFreshness): string {
  const late = tables.filter(({ result }) => result.kind === 'late').length;
  return [
    `# Freshness of ${escaped(database)}`,
    '',
    `${count(late, 'table')} of ${formatCount(tables.length)} ${late === 1 ? 'is' : 'are'} late.${
      unexpected === 0
        ? ''
        : ` Of ${count(unexpected, 'partitioned table')} nothing is expected: \`lakeWorkbench.freshness.expected\` says how new tables should be.`
    }`,
    '',
    '| table | newest partition | expected | |',
    '| --- | --- | --- | --- |',
    ...tables.map(
      ({ table, newest = '', expected, result }) =>
        `| ${escaped(table.name)} | ${escaped(newest)} | ${escaped(expected.text)} | ${words[result.kind]}: ${escaped(result.sentence)} |`,
    ),
    '',
  ].join('\n');
}

function count(number: number, word: string): string {
  return `${formatCount(number)} ${word}${number === 1 ? '' : 's'}`;
}

function escaped(text: string): string {
  return text.replaceAll(/[\\`*_[\]<>#|]/g, String.raw`\$&`).replaceAll(/\s+/g, ' ');
}
