import trino from 'node-sql-parser/build/trino.js';
import type { CatalogSnapshot } from '../../src/catalog/catalog';
import { tablesFromDdl } from '../../src/catalog/ddlTables';
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
const rounds = 5;

/** Cold linting against a plain parse of the same text by node-sql-parser, and findings after one keystroke. */
export function lintBench(): string[] {
  return [...coldLines(), ...keystrokeLines()];
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

function keystrokeLines(): string[] {
  let text = athenaLines(1000);
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
    times.push(
      milliseconds(() => {
        document = readDocument(text, 'athena', document);
        previous = lintDocument(document, { catalog, config, previous });
      }),
    );
  }
  const ordered = times.toSorted((a, b) => a - b);
  const at = (share: number): string => (ordered[Math.floor(ordered.length * share)] ?? NaN).toFixed(2);
  return [
    `findings after one keystroke in 1,000 lines: ${at(0.5)} ms median, ${at(0.95)} ms p95 of ${times.length} (to stay under 5 ms)`,
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
