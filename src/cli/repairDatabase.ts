import { formatCount } from '../base/format';
import { allItems } from '../base/page';
import { isCancel, Problem } from '../base/problem';
import type { Table, TableName } from '../catalog/catalog';
import type { ApplyResult } from '../partitions/applyPlan';
import { isEmpty, type RepairPlan } from '../partitions/plan';
import { optionFlag, optionText, type CommandContext, type ExitCode } from './command';
import type { Lake } from './lake';

/** What the repair of one table came to; a table that cannot be repaired says why, and the others go on. */
interface TableOutcome {
  readonly table: string;
  readonly plan?: RepairPlan;
  readonly result?: ApplyResult;
  readonly problem?: string;
}

/** `repair DATABASE`: every partitioned table of it, one after the other, with a summary. */
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
  const outcomes: TableOutcome[] = [];
  let without = 0;
  const tables = allItems((next) =>
    lake.ports.catalog.tables(
      lake.connection,
      { database, ...(next === undefined ? {} : { next }) },
      context.signal,
    ),
  );
  for await (const table of tables) {
    if (hasPartitions(table)) outcomes.push(await outcomeOf(table, work));
    else without += 1;
  }
  const json = optionText(context.options, 'format') === 'json';
  context.stdout.write(
    json
      ? `${JSON.stringify({ version: 1, database, tables: outcomes.map(jsonOf), without }, undefined, 2)}\n`
      : summary(database, outcomes, without),
  );
  const failed = outcomes.some((one) => one.problem !== undefined || (one.result?.failed.length ?? 0) > 0);
  const different = outcomes.some(({ plan }) => plan !== undefined && !isEmpty(plan));
  const check = work.apply === undefined && optionFlag(context.options, 'check');
  return failed || (check && different) ? 1 : 0;
}

/** Tables whose partitions are registered ones; the others have nothing that could be repaired. */
function hasPartitions(table: Table): boolean {
  const kept = table.kind === undefined || table.kind === 'hive';
  const projected = table.parameters?.['projection.enabled']?.toLowerCase() === 'true';
  return kept && !projected && table.partitionKeys.length > 0;
}

async function outcomeOf(
  { database, name }: Table,
  work: Pick<Parameters<typeof repairDatabase>[0], 'plan' | 'apply'>,
): Promise<TableOutcome> {
  const table = `${database}.${name}`;
  try {
    const plan = await work.plan({ database, name });
    if (work.apply === undefined || isEmpty(plan)) return { table, plan };
    return { table, plan, result: await work.apply(plan) };
  } catch (error) {
    if (isCancel(error) || !(error instanceof Problem)) throw error;
    return { table, problem: error.message };
  }
}

function jsonOf({ table, plan, result, problem }: TableOutcome): object {
  return {
    table,
    ...(plan === undefined
      ? {}
      : {
          create: plan.create.length,
          remove: plan.remove.length,
          update: plan.update.length,
          report: plan.report.length,
          calls: plan.calls,
        }),
    ...(result === undefined
      ? {}
      : {
          done: {
            created: result.created,
            removed: result.removed,
            updated: result.updated,
            already: result.already,
          },
          failed: result.failed.map((one) => ({ values: one.values, message: one.problem.message })),
          ...(result.journal === undefined ? {} : { journal: result.journal }),
        }),
    ...(problem === undefined ? {} : { problem }),
  };
}

function summary(database: string, outcomes: readonly TableOutcome[], without: number): string {
  const lines = outcomes.map(({ table, plan, result, problem }) => {
    if (problem !== undefined) return `${table}: ${problem}`;
    if (result !== undefined) {
      const { created, removed, updated, failed, journal } = result;
      const done = `${formatCount(created)} added, ${formatCount(removed)} removed, ${formatCount(updated)} moved`;
      const lost = failed.length === 0 ? '' : `, ${formatCount(failed.length)} failed`;
      return `${table}: ${done}${lost}${journal === undefined ? '' : ` (--undo ${journal})`}`;
    }
    if (plan === undefined) return table;
    const odd = plan.report.length === 0 ? '' : `, ${formatCount(plan.report.length)} to look at`;
    if (isEmpty(plan)) return `${table}: nothing to do${odd}`;
    return `${table}: ${formatCount(plan.create.length)} to add, ${formatCount(plan.remove.length)} to remove, ${formatCount(plan.update.length)} to move${odd}`;
  });
  const rest = without === 0 ? '' : `, ${formatCount(without)} without partitions to repair`;
  const count = `${database}: ${formatCount(outcomes.length)} partitioned ${outcomes.length === 1 ? 'table' : 'tables'}${rest}`;
  return `${[...lines, count].join('\n')}\n`;
}
