import * as vscode from 'vscode';
import { formatCount } from '../../base/format';
import { isCancel, Problem } from '../../base/problem';
import type { Table, TableName } from '../../catalog/catalog';
import type { Connection } from '../../connection/connection';
import type { ApplyResult } from '../../partitions/applyPlan';
import { questionsBefore } from '../../partitions/choices';
import { applyWithJournal, unfinishedJournal } from '../../partitions/journalFolder';
import { repairPolicy } from '../../partitions/permissions';
import { type Choice, isEmpty, type RepairPlan } from '../../partitions/plan';
import { planRepair } from '../../partitions/planRepair';
import { planSql } from '../../partitions/planSql';
import { readUndo, undoWithJournal } from '../../partitions/undoRepair';
import type { AwsPorts } from '../../ports/awsPorts';
import type { TreeNode } from '../../trees/node';
import { withCancel } from '../withCancel';
import { chooseTable, noDatabase } from './chooseTable';
import { askTemplate, looksForeign, type RepairLayouts } from './repairLayouts';
import type { RepairPage, RepairPages } from './repairPages';

/** A table's node, or its name; everything absent is asked or taken from the connection in use. */
export interface RepairTarget {
  readonly connection?: Connection;
  /** Absent: the account's own. */
  readonly catalog?: string;
  readonly database?: string;
  readonly table: string;
  /** How its directories lie; kept for the next time. Empty: Hive's `key=value/`. */
  readonly template?: string;
  /** Looks for data in every new directory: a request each. */
  readonly lookInto?: 'all';
}

export interface RepairParts {
  readonly pages: RepairPages;
  readonly ports: () => Promise<AwsPorts>;
  /** The connection for something the user asked for. */
  readonly use: () => Promise<Connection>;
  /** Tables that Athena can read, as far as they are known here. */
  readonly tables: () => readonly Table[];
  readonly defaultDatabase: () => string | undefined;
  /** Where journals are kept; a path. */
  readonly journals: string;
  readonly layouts: RepairLayouts;
  /** Told when a table's partitions are others than before. */
  readonly onChanged: (connection: Connection, table: TableName) => Promise<void>;
}

/** How a plan turned out, as plain data. */
export interface RepairSummary {
  readonly uri: string;
  readonly create: number;
  readonly remove: number;
  readonly update: number;
  readonly report: number;
}

/** The commands of a repair by their ids. */
export function repairCommands(parts: RepairParts) {
  return {
    'lakeWorkbench.repairPartitions': (given?: TreeNode | RepairTarget) => repairPartitions(parts, given),
    'lakeWorkbench.applyRepair': (address?: string, choice?: Choice) => applyRepair(parts, address, choice),
    'lakeWorkbench.undoRepair': (address?: string) => undoRepair(parts, address),
    'lakeWorkbench.copyRepairSql': (address?: string) => copySql(parts.pages, address),
    'lakeWorkbench.copyRepairPolicy': (address?: string) => copyPolicy(parts.pages, address),
    'lakeWorkbench.chooseRepairLayout': (address?: string, template?: string) =>
      chooseLayout(parts, address, template),
  } as const;
}

/** Plans a table's repair and shows the plan; `undefined` when no table was chosen. Changes nothing. */
async function repairPartitions(
  parts: RepairParts,
  given?: TreeNode | RepairTarget,
): Promise<RepairSummary | undefined> {
  const { connection: meant, table } = targetOf(parts, given);
  const connection = meant ?? (await parts.use());
  const chosen = table ?? (await chooseTable(parts.tables()));
  if (chosen === undefined) return undefined;
  const { template, lookInto } = given === undefined || 'label' in given ? {} : given;
  if (template !== undefined) await parts.layouts.keep(connection, chosen, template);
  const wish = { connection, table: chosen, ...(lookInto === undefined ? {} : { lookInto }) };
  const plan = await planned(parts, wish);
  if (template !== undefined || parts.layouts.of(connection, chosen) !== undefined || !looksForeign(plan))
    return await shownPlan(parts, connection, plan);
  // Directories that are no `key=value`: without their layout there is nothing that could be compared.
  const uri = await shownPlan(parts, connection, plan);
  const asked = await askTemplate((await parts.ports()).catalog, { connection, plan });
  if (asked === undefined || asked.trim() === '') return uri;
  await parts.layouts.keep(connection, chosen, asked);
  return await shownPlan(parts, connection, await planned(parts, wish));
}

async function planned(
  parts: RepairParts,
  wish: { readonly connection: Connection; readonly table: TableName; readonly lookInto?: 'all' },
): Promise<RepairPlan> {
  const ports = await parts.ports();
  const { connection, table } = wish;
  const template = parts.layouts.of(connection, table);
  return await withCancel(
    `Comparing the partitions of ${table.database}.${table.name} with S3`,
    (report, signal) =>
      planRepair(
        ports,
        {
          ...wish,
          ...(template === undefined ? {} : { template }),
          onProgress: ({ listed, registered }) =>
            report(`${formatCount(listed)} found in S3, ${formatCount(registered)} in the catalog`),
        },
        signal,
      ),
  );
}

async function shownPlan(
  parts: RepairParts,
  connection: Connection,
  plan: RepairPlan,
): Promise<RepairSummary> {
  const body = await plannedBody(parts, connection, plan);
  const uri = await parts.pages.show({ connection, table: plan.table, body });
  return {
    uri: uri.toString(),
    create: plan.create.length,
    remove: plan.remove.length,
    update: plan.update.length,
    report: plan.report.length,
  };
}

/** Asks how the directories of a planned table lie, keeps it for the next time, and plans again. */
async function chooseLayout(
  parts: RepairParts,
  address: string | undefined,
  given: string | undefined,
): Promise<RepairSummary | undefined> {
  const { page } = shown(parts.pages, address);
  const { connection, table, body } = page;
  if (body.kind !== 'planned') throw new Problem('This repair is done already: plan again first.', 'invalid');
  const now = parts.layouts.of(connection, table) ?? body.plan.template;
  const { catalog } = await parts.ports();
  const template =
    given ??
    (await askTemplate(catalog, { connection, plan: body.plan, ...(now === undefined ? {} : { now }) }));
  if (template === undefined) return undefined;
  const { catalog: place, database, name } = table;
  return await repairPartitions(parts, {
    connection,
    ...(place === undefined ? {} : { catalog: place }),
    database,
    table: name,
    template,
  });
}

function targetOf(
  parts: RepairParts,
  given: TreeNode | RepairTarget | undefined,
): { readonly connection?: Connection; readonly table?: TableName } {
  if (given === undefined) return {};
  const target = 'label' in given ? given.subject : given;
  if (target === undefined || !('table' in target)) {
    throw new Problem('This is no table: choose one in the Catalog view.', 'invalid');
  }
  const database = target.database ?? parts.defaultDatabase();
  if (database === undefined) throw noDatabase(target.table);
  const { catalog } = target;
  return {
    table: {
      ...(catalog === undefined ? {} : { catalog }),
      database: database.toLowerCase(),
      name: target.table.toLowerCase(),
    },
    ...(target.connection === undefined ? {} : { connection: target.connection }),
  };
}

async function plannedBody(
  parts: RepairParts,
  connection: Connection,
  plan: RepairPlan,
): Promise<RepairPage['body']> {
  const left = await unfinishedJournal(parts.journals, connection, plan.table);
  return { kind: 'planned', plan, ...(left === undefined ? {} : { cutOff: left.path }) };
}

/** Carries out what was chosen from a shown plan; `undefined` when the user said no. */
async function applyRepair(
  parts: RepairParts,
  address: string | undefined,
  choice: Choice = { create: true, remove: false, update: false },
): Promise<ApplyResult | undefined> {
  const { uri, page } = shown(parts.pages, address);
  const { connection, table, body } = page;
  if (body.kind !== 'planned')
    throw new Problem('This repair is done already: plan again to see what is left.', 'invalid');
  const name = `${table.database}.${table.name}`;
  refuseReadOnly(connection, name);
  for (const { message, detail, button } of questionsBefore(body.plan, choice, connection)) {
    const answer = await vscode.window.showWarningMessage(message, { modal: true, detail }, button);
    if (answer !== button) return undefined;
  }
  const ports = await parts.ports();
  try {
    const result = await withCancel(`Repairing ${name}`, (report, signal) =>
      applyWithJournal(
        ports,
        {
          plan: body.plan,
          choice,
          folder: parts.journals,
          now: new Date(),
          options: { connection, onProgress: (done, total) => report(progressText(done, total)) },
        },
        signal,
      ),
    );
    parts.pages.set(uri, { ...page, body: { kind: 'repaired', keys: body.plan.keys, result } });
    return result;
  } catch (error) {
    // Stopped half way: the letter says so, and that applying goes on.
    if (isCancel(error) || error instanceof Problem)
      parts.pages.set(uri, { ...page, body: await plannedBody(parts, connection, body.plan) });
    throw error;
  } finally {
    await parts.onChanged(connection, table);
  }
}

/** Takes back what a shown repair did. */
async function undoRepair(parts: RepairParts, address?: string): Promise<ApplyResult | undefined> {
  const { uri, page } = shown(parts.pages, address);
  const { connection, table, body } = page;
  const path = body.kind === 'repaired' ? body.result.journal : undefined;
  if (body.kind !== 'repaired' || path === undefined)
    throw new Problem('There is nothing to take back here: this is not a repair that was done.', 'invalid');
  const name = `${table.database}.${table.name}`;
  refuseReadOnly(connection, name);
  const undo = await readUndo(path, connection);
  if (connection.production) {
    const count = undo.create.length + undo.remove.length + undo.update.length;
    const answer = await vscode.window.showWarningMessage(
      `Take back ${formatCount(count)} changes of ${name}?`,
      { modal: true, detail: `${connection.name} is production.` },
      'Undo',
    );
    if (answer !== 'Undo') return undefined;
  }
  const ports = await parts.ports();
  try {
    const result = await withCancel(`Taking back the repair of ${name}`, (report, signal) =>
      undoWithJournal(
        ports.partitions,
        {
          undo,
          path,
          now: new Date(),
          options: { connection, onProgress: (done, total) => report(progressText(done, total)) },
        },
        signal,
      ),
    );
    parts.pages.set(uri, { ...page, body: { kind: 'undone', keys: body.keys, result } });
    return result;
  } finally {
    await parts.onChanged(connection, table);
  }
}

/** Copies the statements that would do all of a plan; returns them. */
async function copySql(pages: RepairPages, address?: string): Promise<string> {
  const { page } = shown(pages, address);
  const { body } = page;
  if (body.kind !== 'planned' || isEmpty(body.plan))
    throw new Problem('There is nothing to do here, so there is no SQL: plan again first.', 'invalid');
  const sql = `${[...planSql(body.plan, { create: true, remove: true, update: true })].join('\n\n')}\n`;
  await vscode.env.clipboard.writeText(sql);
  return sql;
}

/** Copies the IAM policy that planning and all of a plan's changes need; returns it. */
async function copyPolicy(pages: RepairPages, address?: string): Promise<string> {
  const { page } = shown(pages, address);
  const { body, connection } = page;
  if (body.kind !== 'planned')
    throw new Problem('This repair is done already: plan again to see what it needs.', 'invalid');
  const policy = repairPolicy(body.plan, { create: true, remove: true, update: true }, connection);
  await vscode.env.clipboard.writeText(`${policy}\n`);
  return policy;
}

function shown(
  pages: RepairPages,
  address?: string,
): { readonly uri: vscode.Uri; readonly page: RepairPage } {
  const found = pages.page(address);
  if (found === undefined)
    throw new Problem('There is no plan here: run Repair Partitions on a table first.', 'invalid');
  return found;
}

function refuseReadOnly(connection: Connection, name: string): void {
  if (!connection.readOnly) return;
  throw new Problem(
    `${connection.name} is read only by lakeWorkbench.connection.readOnly: ${name} was not changed.`,
    'denied',
  );
}

function progressText(done: number, total: number): string {
  return `${formatCount(done)} of ${formatCount(total)} partitions`;
}
