import { tablesFromDdl } from '../../src/catalog/ddlTables';
import { lintDocument } from '../../src/lint/lint';
import { readDocument } from '../../src/sql/document';
import { athenaLines } from './sqlText';

// A process of its own, since only the first linting of a process is cold: prints the milliseconds it took.
const tables = tablesFromDdl(
  readDocument(
    `CREATE EXTERNAL TABLE customer_transactions (account_id string, customer_id string, branch_id string, amount decimal(18,2))
     PARTITIONED BY (year int, month int, day int) STORED AS PARQUET LOCATION 's3://lake/transactions/'`,
    'athena',
  ),
);
const catalog = {
  table: (parts: readonly string[]) => tables.find(({ name }) => name === parts.at(-1)),
};
const text = athenaLines(10_000);
const started = performance.now();
const { findings } = lintDocument(readDocument(text, 'athena'), { catalog, config: { rules: {} } });
const took = performance.now() - started;
if (findings.length === 0) throw new Error('Nothing was found: the bench measures the wrong thing.');
process.stdout.write(took.toFixed(1));
