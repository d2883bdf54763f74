import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isCancel, Problem } from '../base/problem';
import type { TableName } from '../catalog/catalog';
import { type Connection, connectionKey } from '../connection/connection';
import { applyPlan, type ApplyOptions, type ApplyResult } from './applyPlan';
import { isUnfinished, type JournalEntry } from './journal';
import { openJournal, readJournalFile } from './journalFile';
import type { PartitionStore } from './partitionStore';
import { type Choice, type RepairPlan, writeCalls } from './plan';
import { settleIntents } from './resume';

/** The unfinished journal of a table's last repair over this connection, if there is one. */
export async function unfinishedJournal(
  folder: string,
  connection: Connection,
  table: TableName,
): Promise<{ readonly path: string; readonly entries: readonly JournalEntry[] } | undefined> {
  let names: readonly string[];
  try {
    names = (await readdir(folder))
      .filter((name) => name.startsWith(`${fileName(table)}-`))
      .toSorted()
      .toReversed();
  } catch {
    return undefined; // no folder, no journal
  }
  for (const name of names) {
    const path = join(folder, name);
    try {
      const entries = await readJournalFile(path);
      const [first] = entries;
      if (first?.kind !== 'start' || first.connection !== connectionKey(connection)) continue;
      return isUnfinished(entries) ? { path, entries } : undefined;
    } catch (error) {
      // A journal that cannot be read must not keep a table from being repaired.
      if (!(error instanceof Problem)) throw error;
    }
  }
  return undefined;
}

/**
 * Applies a plan with a journal in a folder. When the table's last repair was cut off, its journal is completed and
 * carried on, so that one undo takes back all of it.
 */
export async function applyWithJournal(
  store: PartitionStore,
  request: {
    readonly plan: RepairPlan;
    readonly choice: Choice;
    readonly folder: string;
    readonly now: Date;
    readonly options: Omit<ApplyOptions, 'journal'>;
  },
  signal: AbortSignal,
): Promise<ApplyResult> {
  const { plan, choice, folder, options } = request;
  const { table } = plan;
  const left = await unfinishedJournal(folder, options.connection, table);
  if (left === undefined && writeCalls(plan, choice) === 0) {
    return { created: 0, removed: 0, updated: 0, already: 0, failed: [] };
  }
  const stamp = request.now.toISOString().replaceAll(/[:.]/g, '-');
  const journal = await openJournal(left?.path ?? join(folder, `${fileName(table)}-${stamp}.jsonl`));
  try {
    if (left !== undefined) {
      const { connection } = options;
      await settleIntents(store, { connection, table, entries: left.entries, journal }, signal);
    }
    return await applyPlan(store, { plan, choice, options: { ...options, journal } }, signal);
  } catch (error) {
    if (isCancel(error) || !(error instanceof Problem)) throw error;
    throw new Problem(
      `${error.message} What was done before stands in ${journal.name}; repair again to go on.`,
      error.kind,
      {
        cause: error,
        details: error.details,
      },
    );
  } finally {
    await journal.close();
  }
}

function fileName(table: TableName): string {
  return `${encodeURIComponent(table.database)}.${encodeURIComponent(table.name)}`;
}
