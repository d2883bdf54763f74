import * as vscode from 'vscode';
import { formatCount } from '../../base/format';
import { isCancel, Problem } from '../../base/problem';
import type { TableName } from '../../catalog/catalog';
import type { Connection } from '../../connection/connection';
import type { DatabaseRepair } from '../../partitions/databaseLetter';
import { outcomeOf, repairableTables, type TableOutcome } from '../../partitions/databaseRepair';
import { applyWithJournal } from '../../partitions/journalFolder';
import type { RepairPlan } from '../../partitions/plan';
import { planRepair } from '../../partitions/planRepair';
import { readUndo, undoWithJournal } from '../../partitions/undoRepair';
import type { AwsPorts } from '../../ports/awsPorts';
import type { TreeNode } from '../../trees/node';
import { withCancel } from '../withCancel';
import type { DatabasePage, DatabasePages } from './databasePages';
import type { RepairParts } from './repairCommands';

/** A database's node, or its name; what is absent is asked or taken from the connection in use. */
export interface DatabaseTarget {
  readonly connection?: Connection;
  /** Absent: the account's own. */
  readonly catalog?: string;
  readonly database?: string;
}

/** How the repair of a database stands, as plain data. */
export interface DatabaseSummary {
  readonly uri: string;
  readonly tables: readonly {
    readonly table: string;
    readonly create?: number;
    readonly created?: number;
    readonly problem?: string;
  }[];
}

type Parts = Pick<
  RepairParts,
  'ports' | 'use' | 'tables' | 'journals' | 'layouts' | 'onChanged' | 'defaultDatabase'
> & {
  readonly databasePages: DatabasePages;
};

/** The commands of a database's repair by their ids. */
export function databaseCommands(parts: Parts) {
  return {
    'lakeWorkbench.repairDatabase': (given?: TreeNode | DatabaseTarget) => repairDatabase(parts, given),
    'lakeWorkbench.applyDatabaseRepair': (address?: string) => applyAll(parts, address),
    'lakeWorkbench.undoDatabaseRepair': (address?: string) => undoAll(parts, address),
  } as const;
}

/** Plans every partitioned table of a database, one after the other, and shows what came of it. Changes nothing. */
async function repairDatabase(
  parts: Parts,
  given?: TreeNode | DatabaseTarget,
): Promise<DatabaseSummary | undefined> {
  const target = given === undefined ? {} : 'label' in given ? (given.subject ?? {}) : given;
  const connection = ('connection' in target ? target.connection : undefined) ?? (await parts.use());
  const database =
    ('database' in target ? target.database : undefined) ?? (await askDatabase(parts, connection));
  if (database === undefined) return undefined;
  const ports = await parts.ports();
  const catalog = 'catalog' in target ? target.catalog : undefined;
  const place = { connection, database, ...(catalog === undefined ? {} : { catalog }) };
  const { tables, without } = await withCancel(`Reading the tables of ${database}`, (_, signal) =>
    repairableTables(ports.catalog, place, signal),
  );
  const outcomes = await inTurn(tables, `Comparing ${database} with S3`, (table, signal) =>
    outcomeOf(table, { plan: (one) => planOf(parts, ports, { connection, table: one, signal }) }),
  );
  const repair = { database, outcomes, without, left: tables.length - outcomes.length };
  return await show(parts, { connection, repair });
}

function planOf(
  { layouts }: Parts,
  ports: AwsPorts,
  of: { readonly connection: Connection; readonly table: TableName; readonly signal: AbortSignal },
): Promise<RepairPlan> {
  const { connection, table, signal } = of;
  const template = layouts.of(connection, table);
  return planRepair(ports, { connection, table, ...(template === undefined ? {} : { template }) }, signal);
}

/** Adds what every table's plan says is missing, one table after the other. */
async function applyAll(parts: Parts, address?: string): Promise<DatabaseSummary | undefined> {
  const page = shown(parts.databasePages, address);
  const { connection, repair } = page;
  const todo = repair.outcomes.filter(({ toDo }) => (toDo?.create.length ?? 0) > 0);
  if (todo.length === 0) throw new Problem('There is nothing to add here: plan again first.', 'invalid');
  refuseReadOnly(page);
  const count = todo.reduce((sum, { toDo }) => sum + (toDo?.create.length ?? 0), 0);
  const question = `Add ${formatCount(count)} partitions to ${formatCount(todo.length)} tables of ${repair.database}?`;
  if (connection.production && !(await agreed(question, 'Add', connection))) return undefined;
  const ports = await parts.ports();
  const choice = { create: true, remove: false, update: false };
  const done = new Map<TableOutcome, TableOutcome>();
  await inTurn(todo, `Repairing ${repair.database}`, async (outcome, signal) => {
    const { toDo, table } = outcome;
    if (toDo === undefined) return;
    const apply = (plan: RepairPlan) =>
      applyWithJournal(
        ports,
        { plan, choice, folder: parts.journals, now: new Date(), options: { connection } },
        signal,
      );
    try {
      done.set(outcome, await outcomeOf(table, { plan: () => Promise.resolve(toDo), apply }));
    } finally {
      await parts.onChanged(connection, table);
    }
  });
  const outcomes = repair.outcomes.map((one) => done.get(one) ?? one);
  return await show(parts, { connection, repair: { ...repair, outcomes } });
}

/** Takes back what was added to every table of a shown repair, and plans again. */
async function undoAll(parts: Parts, address?: string): Promise<DatabaseSummary | undefined> {
  const page = shown(parts.databasePages, address);
  const { connection, repair } = page;
  const done = repair.outcomes.filter(({ result }) => result?.journal !== undefined);
  if (done.length === 0)
    throw new Problem('There is nothing to take back here: nothing was done.', 'invalid');
  refuseReadOnly(page);
  const question = `Take back the repair of ${formatCount(done.length)} tables of ${repair.database}?`;
  if (connection.production && !(await agreed(question, 'Undo', connection))) return undefined;
  const { partitions } = await parts.ports();
  await inTurn(done, `Taking back the repair of ${repair.database}`, async ({ result, table }, signal) => {
    const path = result?.journal ?? '';
    try {
      const undo = await readUndo(path, connection);
      await undoWithJournal(partitions, { undo, path, now: new Date(), options: { connection } }, signal);
    } finally {
      await parts.onChanged(connection, table);
    }
  });
  return await repairDatabase(parts, { connection, database: repair.database });
}

/** One after the other under one notification; a cancel ends it with what is done until then. */
async function inTurn<T extends TableName | TableOutcome, R>(
  items: readonly T[],
  title: string,
  run: (item: T, signal: AbortSignal) => Promise<R>,
): Promise<readonly R[]> {
  const done: R[] = [];
  try {
    await withCancel(title, async (report, signal) => {
      for (const item of items) {
        signal.throwIfAborted();
        const { name } = 'table' in item ? item.table : item;
        report(`${formatCount(done.length + 1)} of ${formatCount(items.length)}: ${name}`);
        done.push(await run(item, signal));
      }
    });
  } catch (error) {
    if (!isCancel(error)) throw error;
  }
  return done;
}

async function show({ databasePages }: Parts, page: DatabasePage): Promise<DatabaseSummary> {
  const uri = await databasePages.show(page);
  return {
    uri: uri.toString(),
    tables: page.repair.outcomes.map(({ table, plan, result, problem }) => ({
      table: table.name,
      ...(plan === undefined ? {} : { create: plan.create }),
      ...(result === undefined ? {} : { created: result.created }),
      ...(problem === undefined ? {} : { problem: problem.message }),
    })),
  };
}

function shown(pages: DatabasePages, address?: string): DatabasePage {
  const found = pages.page(address)?.page;
  if (found !== undefined) return found;
  throw new Problem('There is no plan here: run Repair Database on a database first.', 'invalid');
}

function refuseReadOnly({ connection, repair }: { connection: Connection; repair: DatabaseRepair }): void {
  if (!connection.readOnly) return;
  throw new Problem(
    `${connection.name} is read only by lakeWorkbench.connection.readOnly: ${repair.database} was not changed.`,
    'denied',
  );
}

async function agreed(message: string, button: string, connection: Connection): Promise<boolean> {
  const detail = `${connection.name} is production. What is done can be undone.`;
  return (await vscode.window.showWarningMessage(message, { modal: true, detail }, button)) === button;
}

/** The databases of the catalog, the one in use first. */
async function askDatabase(parts: Parts, connection: Connection): Promise<string | undefined> {
  const { catalog } = await parts.ports();
  const names: string[] = [];
  await withCancel('Reading the databases', async (_, signal) => {
    let next: string | undefined;
    do {
      const page = await catalog.databases(connection, next === undefined ? {} : { next }, signal);
      names.push(...page.items.map(({ name }) => name));
      next = page.next;
    } while (next !== undefined);
  });
  const first = parts.defaultDatabase();
  return await vscode.window.showQuickPick(
    names.toSorted((a, b) => Number(b === first) - Number(a === first) || (a < b ? -1 : 1)),
    { title: 'Repair Database', placeHolder: 'Database whose tables are compared with S3' },
  );
}
