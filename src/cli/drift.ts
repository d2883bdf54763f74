import { checkDrift, type DriftReport } from '../inference/checkDrift';
import { driftLetter } from '../inference/driftLetter';
import { newestExpression } from '../trees/newestExpression';
import { wrongUse } from './arguments';
import { optionFlag, optionText, type Command } from './command';
import { openLake } from './lake';
import { progressOf } from './progress';

/** `lake-workbench drift DATABASE.TABLE`. */
export const command: Command = {
  name: 'drift',
  summary: 'compare a table’s columns with its partitions and files',
  usage: 'DATABASE.TABLE',
  help: `
Compares the columns, types and formats of a table with those of its partitions in the catalog (all of up to 1,000,
1,200 of more and the newest) and with the footers of its newest and oldest files (12 files and 8 MB at most). Prints
each difference, what a query does with it, and the statements that mend it; runs none. What may not be read is told,
and the rest is compared. --check exits 1 when there is a difference.

--format json prints { "version": 1, "table": "db.t", "drifts": [{ "kind", "column", "message", "effect", "where":
["…"], "statements": ["…"] }], "partitions": { "read", "all" }, "files", "cost": { "bytes", "glue", "list", "get" },
"unread": ["…"], "notes": ["…"], "sql" }.`,
  options: { check: { type: 'boolean', description: 'exit 1 when there is a difference' } },
  async run(context) {
    const { options, signal, stdout } = context;
    const [given = '', ...others] = context.arguments;
    const [, database, name] = /^([^.]+)\.([^.]+)$/.exec(given) ?? [];
    if (database === undefined || name === undefined || others.length > 0) {
      throw wrongUse('drift needs one table: write lake-workbench drift DATABASE.TABLE.');
    }
    const table = { database: database.toLowerCase(), name: name.toLowerCase() };
    const { connection, ports } = await openLake(context);
    const progress = progressOf(context);
    let report: DriftReport;
    try {
      const newest = await newestExpression(ports, { connection, table }, signal);
      report = await checkDrift(
        ports,
        {
          connection,
          table,
          onProgress: (message) => progress.show(message),
          ...(newest === undefined ? {} : { newest }),
        },
        signal,
      );
    } finally {
      progress.clear();
    }
    stdout.write(optionText(options, 'format') === 'json' ? jsonOf(report) : driftLetter(report));
    return optionFlag(options, 'check') && report.drifts.length > 0 ? 1 : 0;
  },
};

function jsonOf(report: DriftReport): string {
  const { table, drifts, partitions, files, cost, unread, notes } = report;
  const told = drifts.map(({ mend, ...drift }) => ({
    ...drift,
    statements: mend.kind === 'none' ? [] : mend.statements,
  }));
  const name = `${table.database}.${table.name}`;
  const value = {
    version: 1,
    table: name,
    drifts: told,
    partitions,
    files,
    cost,
    unread,
    notes,
    sql: driftLetter(report),
  };
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
