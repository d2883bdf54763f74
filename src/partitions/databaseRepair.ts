import { allItems } from '../base/page';
import { isCancel, Problem } from '../base/problem';
import { type CatalogReader, nameOfTable, type Table, type TableName } from '../catalog/catalog';
import type { Connection } from '../connection/connection';
import type { ApplyResult } from './applyPlan';
import { isProjected } from './layoutPlace';
import { isEmpty, type RepairPlan } from './plan';

/** What the repair of one table of a database came to; a table that cannot be repaired says why, and the others go on. */
export interface TableOutcome {
  readonly table: TableName;
  readonly plan?: PlanSummary;
  /** Kept where there is something to do. */
  readonly toDo?: RepairPlan;
  readonly result?: ApplyResult;
  readonly problem?: Problem;
}

/** A plan in numbers: those of a database's tables are too many to keep whole. */
export interface PlanSummary {
  readonly create: number;
  readonly remove: number;
  readonly update: number;
  readonly report: number;
  readonly calls: RepairPlan['calls'];
}

/** The tables of a database whose partitions are registered ones, and how many others there are. */
export async function repairableTables(
  catalog: Pick<CatalogReader, 'tables'>,
  of: { readonly connection: Connection; readonly database: string; readonly catalog?: string },
  signal: AbortSignal,
): Promise<{ readonly tables: readonly TableName[]; readonly without: number }> {
  const { connection, ...place } = of;
  const tables: TableName[] = [];
  let without = 0;
  const all = allItems((next) =>
    catalog.tables(connection, { ...place, ...(next === undefined ? {} : { next }) }, signal),
  );
  for await (const table of all) {
    if (hasPartitions(table)) tables.push(nameOfTable(table));
    else without += 1;
  }
  return { tables, without };
}

/** Plans one table, and applies the plan where told to; a Problem is an outcome, a cancel is thrown. */
export async function outcomeOf(
  table: TableName,
  work: {
    readonly plan: (table: TableName) => Promise<RepairPlan>;
    /** Absent: plans only. */
    readonly apply?: (plan: RepairPlan) => Promise<ApplyResult>;
  },
): Promise<TableOutcome> {
  try {
    const plan = await work.plan(table);
    const planned = { table, plan: summaryOf(plan), ...(isEmpty(plan) ? {} : { toDo: plan }) };
    if (work.apply === undefined || isEmpty(plan)) return planned;
    const result = await work.apply(plan);
    return { table, plan: planned.plan, result };
  } catch (error) {
    if (isCancel(error) || !(error instanceof Problem)) throw error;
    return { table, problem: error };
  }
}

/** Whether a table's plan found a difference. */
export function differs({ plan }: TableOutcome): boolean {
  return plan !== undefined && plan.create + plan.remove + plan.update > 0;
}

function summaryOf({ create, remove, update, report, calls }: RepairPlan): PlanSummary {
  return {
    create: create.length,
    remove: remove.length,
    update: update.length,
    report: report.length,
    calls,
  };
}

/** The others have nothing that could be repaired. */
function hasPartitions(table: Table): boolean {
  const kept = table.kind === undefined || table.kind === 'hive';
  return kept && !isProjected(table) && table.partitionKeys.length > 0;
}
