import * as vscode from 'vscode';
import { formatCount } from '../../base/format';
import { isCancel, Problem } from '../../base/problem';
import type { Table, TableName } from '../../catalog/catalog';
import type { Connection } from '../../connection/connection';
import type { ApplyResult } from '../../partitions/applyPlan';
import { questionsBefore } from '../../partitions/choices';
import { applyWithJournal, unfinishedJournal } from '../../partitions/journalFolder';
import { type Choice, isEmpty, type RepairPlan } from '../../partitions/plan';
import { planRepair } from '../../partitions/planRepair';
import { planSql } from '../../partitions/planSql';
import { readUndo, undoWithJournal } from '../../partitions/undoRepair';
import type { AwsPorts } from '../../ports/awsPorts';
import type { TreeNode } from '../../trees/node';
import { withCancel } from '../withCancel';
import { chooseTable, noDatabase } from './chooseTable';
import type { RepairPage, RepairPages } from './repairPages';

/** A table's node, or its name; everything absent is asked or taken from the connection in use. */
export interface RepairTarget {
  readonly connection?: Connection;
  readonly database?: string;
  readonly table: string;
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
  const ports = await parts.ports();
  const name = `${chosen.database}.${chosen.name}`;
  const plan = await withCancel(`Comparing the partitions of ${name} with S3`, (report, signal) =>
    planRepair(
      ports,
      {
        connection,
        table: chosen,
        onProgress: ({ listed, registered }) =>
          report(`${formatCount(listed)} found in S3, ${formatCount(registered)} in the catalog`),
      },
      signal,
    ),
  );
  const uri = await parts.pages.show({
    connection,
    table: chosen,
    body: await plannedBody(parts, connection, plan),
  });
  return {
    uri: uri.toString(),
    create: plan.create.length,
    remove: plan.remove.length,
    update: plan.update.length,
    report: plan.report.length,
  };
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
  return {
    table: { database: database.toLowerCase(), name: target.table.toLowerCase() },
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
        ports.partitions,
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
  const sql = `${planSql(body.plan, { create: true, remove: true, update: true }).join('\n\n')}\n`;
  await vscode.env.clipboard.writeText(sql);
  return sql;
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
