import { formatCount } from '../base/format';
import type { TableName } from '../catalog/catalog';
import type { ApplyResult } from '../partitions/applyPlan';
import { outcomeText } from '../partitions/databaseLetter';
import { differs, outcomeOf, repairableTables, type TableOutcome } from '../partitions/databaseRepair';
import type { RepairPlan } from '../partitions/plan';
import { optionFlag, optionText, type CommandContext, type ExitCode } from './command';
import type { Lake } from './lake';

/** `repair --all DATABASE`: every partitioned table of it, one after the other, with a summary. */
export async function repairDatabase(
  work: {
    readonly lake: Lake;
    readonly database: string;
    readonly plan: (table: TableName) => Promise<RepairPlan>;
    /** Absent: plans only. */
    readonly apply?: (plan: RepairPlan) => Promise<ApplyResult>;
  },
  context: CommandContext,
): Promise<ExitCode> {
  const { lake, database } = work;
  const { connection, ports } = lake;
  const { tables, without } = await repairableTables(ports.catalog, { connection, database }, context.signal);
  const outcomes: TableOutcome[] = [];
  for (const table of tables) {
    const { toDo: _, ...outcome } = await outcomeOf(table, work);
    outcomes.push(outcome);
  }
  const json = optionText(context.options, 'format') === 'json';
  context.stdout.write(
    json
      ? `${JSON.stringify({ version: 1, database, tables: outcomes.map(jsonOf), without }, undefined, 2)}\n`
      : summary(database, outcomes, without),
  );
  const failed = outcomes.some((one) => one.problem !== undefined || (one.result?.failed.length ?? 0) > 0);
  const check = work.apply === undefined && optionFlag(context.options, 'check');
  return failed || (check && outcomes.some(differs)) ? 1 : 0;
}

function jsonOf({ table, plan, result, problem }: TableOutcome): object {
  return {
    table: `${table.database}.${table.name}`,
    ...plan,
    ...(result === undefined
      ? {}
      : {
          done: {
            created: result.created,
            removed: result.removed,
            updated: result.updated,
            already: result.already,
            kept: result.kept ?? 0,
          },
          failed: result.failed.map((one) => ({ values: one.values, message: one.problem.message })),
          ...(result.journal === undefined ? {} : { journal: result.journal }),
        }),
    ...(problem === undefined ? {} : { problem: problem.message }),
  };
}

function summary(database: string, outcomes: readonly TableOutcome[], without: number): string {
  const lines = outcomes.flatMap((outcome) => {
    const { table, result } = outcome;
    const undo = result?.journal === undefined ? '' : ` (--undo ${result.journal})`;
    const denied = (result?.denied ?? []).map(({ message }) => `  ${message}`);
    return [`${table.database}.${table.name}: ${outcomeText(outcome)}${undo}`, ...denied];
  });
  const rest = without === 0 ? '' : `, ${formatCount(without)} without partitions to repair`;
  const count = `${database}: ${formatCount(outcomes.length)} partitioned ${outcomes.length === 1 ? 'table' : 'tables'}${rest}`;
  return `${[...lines, count].join('\n')}\n`;
}
