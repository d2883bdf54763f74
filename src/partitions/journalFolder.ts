import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isCancel, Problem } from '../base/problem';
import type { TableName } from '../catalog/catalog';
import { type Connection, connectionKey } from '../connection/connection';
import { applyPlan, type ApplyOptions, type ApplyResult, refuseReadOnly } from './applyPlan';
import { isFinishedFile, journalEntries, openJournal } from './journalFile';
import { patient } from './patient';
import { type Choice, type RepairPlan, writeCalls } from './plan';
import { checkAgain, type ApplyPorts } from './checkAgain';
import { prober } from './probe';
import { settleIntents } from './resume';
import { listingWidth } from './storeSide';

/** The unfinished journal of a table's last repair over this connection, if there is one. */
export async function unfinishedJournal(
  folder: string,
  connection: Connection,
  table: TableName,
): Promise<{ readonly path: string } | undefined> {
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
      for await (const first of journalEntries(path)) {
        if (first.kind !== 'start' || first.connection !== connectionKey(connection)) break;
        return (await isFinishedFile(path)) ? undefined : { path };
      }
    } catch (error) {
      // A journal that cannot be read must not keep a table from being repaired.
      if (!(error instanceof Problem)) throw error;
    }
  }
  return undefined;
}

/**
 * Applies a plan with a journal in a folder, after a look whether the table still is as it was planned for. When the table's last repair was cut off, its journal is completed and
 * carried on, so that one undo takes back all of it.
 */
export async function applyWithJournal(
  ports: ApplyPorts,
  request: {
    readonly plan: RepairPlan;
    readonly choice: Choice;
    readonly folder: string;
    readonly now: Date;
    readonly options: Omit<ApplyOptions, 'journal' | 'look'>;
  },
  signal: AbortSignal,
): Promise<ApplyResult> {
  const { plan, choice, folder } = request;
  const { table } = plan;
  const options = { ...request.options, look: lookerOf(ports.store, request.options) };
  const left = await unfinishedJournal(folder, options.connection, table);
  if (left === undefined && writeCalls(plan, choice) === 0) {
    return { created: 0, removed: 0, updated: 0, already: 0, failed: [] };
  }
  refuseReadOnly(options.connection, table);
  await checkAgain(ports.catalog, { connection: options.connection, plan }, signal);
  const stamp = request.now.toISOString().replaceAll(/[:.]/g, '-');
  const journal = await openJournal(left?.path ?? join(folder, `${fileName(table)}-${stamp}.jsonl`));
  try {
    if (left !== undefined) {
      const { connection } = options;
      await settleIntents(
        ports.partitions,
        { connection, table, entries: journalEntries(left.path), journal },
        signal,
      );
    }
    return await applyPlan(ports.partitions, { plan, choice, options: { ...options, journal } }, signal);
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

/** Looks at places again, at a pace of its own. */
function lookerOf(store: ApplyPorts['store'], { connection, random }: Omit<ApplyOptions, 'journal'>) {
  return prober(
    store,
    connection,
    patient({ width: listingWidth, ...(random === undefined ? {} : { random }) }),
  );
}

function fileName(table: TableName): string {
  const catalog = table.catalog === undefined ? '' : `${encodeURIComponent(table.catalog)}.`;
  return `${catalog}${encodeURIComponent(table.database)}.${encodeURIComponent(table.name)}`;
}
