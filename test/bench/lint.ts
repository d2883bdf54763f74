import trino from 'node-sql-parser/build/trino.js';
import type { CatalogSnapshot, Table } from '../../src/catalog/catalog';
import { tablesFromDdl } from '../../src/catalog/ddlTables';
import { knownCatalog } from '../../src/catalog/known';
import { lintDocument, type LintResult } from '../../src/lint/lint';
import { readDocument } from '../../src/sql/document';
import { athenaLines } from './sqlText';

const tables = tablesFromDdl(
  readDocument(
    `CREATE EXTERNAL TABLE customer_transactions (account_id string, customer_id string, branch_id string, amount decimal(18,2))
     PARTITIONED BY (year int, month int, day int) STORED AS PARQUET LOCATION 's3://lake/transactions/';
     CREATE EXTERNAL TABLE accounts (account_id string, branch_id string) STORED AS PARQUET LOCATION 's3://lake/accounts/';`,
    'athena',
  ),
);
const catalog: CatalogSnapshot = { table: (parts) => tables.find(({ name }) => name === parts.at(-1)) };
const config = { rules: {} };
const nothing: Table = { database: '', name: '', columns: [], partitionKeys: [] };
const rounds = 5;

/**
 * Cold linting against a plain parse of the same text by node-sql-parser, findings after one keystroke,
 * lines a second once warm, and what a large catalog costs.
 */
export function lintBench(): string[] {
  return [
    ...coldLines(),
    ...keystrokeLines(1000),
    ...keystrokeLines(10_000),
    ...warmLines(),
    ...catalogLines(),
  ];
}

function coldLines(): string[] {
  const text = athenaLines(10_000);
  const statements = text.split(/(?<=;)\n/);
  const parser = new trino.Parser();
  const ours: number[] = [];
  const theirs: number[] = [];
  let findings = 0;
  let accepted = 0;
  // Interleaved, so that a machine that gets slower does so for both; the first round is the cold one.
  for (let round = 0; round < rounds; round += 1) {
    ours.push(
      milliseconds(() => {
        findings = lintDocument(readDocument(text, 'athena'), { catalog, config }).findings.length;
      }),
    );
    accepted = 0;
    theirs.push(
      milliseconds(() => {
        for (const statement of statements) if (accepts(parser, statement)) accepted += 1;
      }),
    );
  }
  const [coldOurs = NaN, coldTheirs = NaN] = [ours[0], theirs[0]];
  return [
    `10,000 lines linted cold: ${coldOurs.toFixed(0)} ms, ${findings} findings (to stay under 250 ms)`,
    `node-sql-parser only parses the same text: ${coldTheirs.toFixed(0)} ms, ${accepted} of ${statements.length} statements accepted`,
    `ratio: ${(coldTheirs / coldOurs).toFixed(1)} times as fast cold, ${(median(theirs) / median(ours)).toFixed(1)} times in the median of ${rounds}`,
  ];
}

function keystrokeLines(lines: number): string[] {
  let text = athenaLines(lines);
  let document = readDocument(text, 'athena');
  let previous: LintResult = lintDocument(document, { catalog, config });
  const times: number[] = [];
  for (let stroke = 0; stroke < 400; stroke += 1) {
    // A digit more at a place that walks through the file.
    const from = Math.floor((text.length * (stroke % 97)) / 97);
    const at =
      text.indexOf('amount > ', from) < 0 ? text.indexOf('amount > ') : text.indexOf('amount > ', from);
    const start = at + 'amount > '.length;
    text = `${text.slice(0, start)}1${text.slice(start)}`;
    text.charCodeAt(0); // an editor hands over a flat text, not the pieces it was put together from
    times.push(
      milliseconds(() => {
        document = readDocument(text, 'athena', document);
        previous = lintDocument(document, { catalog, config, previous });
      }),
    );
  }
  const ordered = times.toSorted((a, b) => a - b);
  const at = (share: number): number => ordered[Math.floor(ordered.length * share)] ?? NaN;
  const whole = milliseconds(() => lintDocument(readDocument(text, 'athena'), { catalog, config }));
  return [
    `findings after one keystroke in ${lines.toLocaleString('en')} lines: ${at(0.5).toFixed(2)} ms median, ${at(0.95).toFixed(2)} ms p95 of ${times.length} (to stay under 5 ms); all anew ${(whole / at(0.5)).toFixed(0)} times as long`,
  ];
}

/** Files of 200 lines, as a command line meets them, after the first thousand have warmed the engine up. */
function warmLines(): string[] {
  const statements = athenaLines(100_000).split(/(?<=;)\n/);
  const files = Array.from({ length: 500 }, (_, at) => {
    const share = statements.length / 500;
    return statements.slice(Math.floor(at * share), Math.floor((at + 1) * share)).join('\n');
  });
  const time = milliseconds(() => {
    for (const file of files) lintDocument(readDocument(file, 'athena'), { catalog, config });
  });
  return [
    `500 files of 200 lines in one thread, warm: ${Math.round(100_000 / (time / 1000)).toLocaleString('en')} lines a second (to reach 60,000)`,
  ];
}

/** The same file against a catalog of two tables and against one of 10,000, in turns. */
function catalogLines(): string[] {
  const text = athenaLines(2000);
  const others = Array.from({ length: 10_000 }, (_, at) => ({
    origin: 'bench',
    table: { ...(tables[at % tables.length] ?? nothing), name: `table_${at}`, database: `db_${at % 50}` },
  }));
  const own = tables.map((table) => ({ origin: 'bench', table }));
  const small = knownCatalog([{ name: 'bench', tables: own }]);
  let large = small;
  const making = milliseconds(() => {
    large = knownCatalog([{ name: 'bench', tables: [...others, ...own] }]);
  });
  const times: { readonly small: number[]; readonly large: number[] } = { small: [], large: [] };
  const lint = (from: CatalogSnapshot): number =>
    milliseconds(() => lintDocument(readDocument(text, 'athena'), { catalog: from, config }));
  for (let round = 0; round < 9; round += 1) {
    times.small.push(lint(small));
    times.large.push(lint(large));
  }
  return [
    `2,000 lines against a catalog of 10,000 tables: ${(median(times.large) / median(times.small)).toFixed(2)} times the time with ${own.length} (to stay at 1); made once in ${making.toFixed(0)} ms`,
  ];
}

function accepts(parser: { astify(sql: string): unknown }, statement: string): boolean {
  try {
    parser.astify(statement);
    return true;
  } catch {
    return false;
  }
}

function milliseconds(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
