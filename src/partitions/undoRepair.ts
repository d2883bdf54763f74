import { Problem } from '../base/problem';
import { type Connection, connectionKey } from '../connection/connection';
import { applyUndo, type ApplyOptions, type ApplyResult } from './applyPlan';
import { undoReader, type UndoPlan } from './journal';
import { journalEntries, openJournal } from './journalFile';
import type { PartitionStore } from './partitionStore';

/**
 * What taking back a repair takes, by the path of its journal.
 * @throws a Problem when the file is no journal, or one of another connection: its partitions are not those meant here
 */
export async function readUndo(path: string, connection: Connection): Promise<UndoPlan> {
  const reader = undoReader(path);
  for await (const entry of journalEntries(path)) reader.take(entry);
  const undo = reader.plan();
  if (undo.connection !== connectionKey(connection)) {
    throw new Problem(
      `${path} is of another connection (${undo.connection}): choose its profile, region and endpoint to take it back.`,
      'invalid',
    );
  }
  return undo;
}

/** Takes a repair back, with a journal of its own beside the repair's. */
export async function undoWithJournal(
  store: PartitionStore,
  request: {
    readonly undo: UndoPlan;
    readonly path: string;
    readonly now: Date;
    readonly options: Omit<ApplyOptions, 'journal'>;
  },
  signal: AbortSignal,
): Promise<ApplyResult> {
  const stem = request.path.replace(/\.jsonl$/, '');
  const journal = await openJournal(`${stem}.undo-${request.now.getTime()}.jsonl`);
  try {
    return await applyUndo(store, { undo: request.undo, options: { ...request.options, journal } }, signal);
  } finally {
    await journal.close();
  }
}
