import type { TableName } from '../catalog/catalog';
import type { Connection } from '../connection/connection';
import type { Journal, JournalEntry } from './journal';
import type { PartitionStore } from './partitionStore';

/** Changes that were begun and whose end is not in the journal: a kill or a lost answer came between. */
export function openIntents(
  entries: readonly JournalEntry[],
): readonly (JournalEntry & { kind: 'intent' })[] {
  const done = new Set<string>();
  for (const entry of entries) {
    if (entry.kind === 'done') for (const values of entry.values) done.add(mark(entry.change, values));
  }
  const open: (JournalEntry & { kind: 'intent' })[] = [];
  for (const entry of entries) {
    if (entry.kind !== 'intent') continue;
    const left = entry.values
      .map((values, index) => ({ values, location: entry.locations[index] ?? '' }))
      .filter((one) => !done.has(mark(entry.change, one.values)));
    if (left.length === 0) continue;
    open.push({
      ...entry,
      values: left.map((one) => one.values),
      locations: left.map((one) => one.location),
    });
  }
  return open;
}

/**
 * Finds out what became of the changes a kill left open, and completes the journal, so that undo knows them.
 * What was meant to be registered and now stands at the meant place was registered by the killed run: it was missing
 * when that run began. Changes nothing in the catalog; a new plan then does the rest.
 * @returns how many open changes turned out to be done
 */
export async function settleIntents(
  store: PartitionStore,
  request: {
    readonly connection: Connection;
    readonly table: TableName;
    readonly entries: readonly JournalEntry[];
    readonly journal: Journal;
  },
  signal: AbortSignal,
): Promise<number> {
  let settled = 0;
  for (const intent of openIntents(request.entries)) {
    const found = new Map(
      (await store.describe(request.connection, { table: request.table, values: intent.values }, signal)).map(
        (one) => [JSON.stringify(one.values), one],
      ),
    );
    const happened = intent.values.filter((values, index) => {
      const now = found.get(JSON.stringify(values));
      if (intent.change === 'remove') return now === undefined;
      return (
        now !== undefined &&
        now.location.replace(/\/$/, '') === (intent.locations[index] ?? '').replace(/\/$/, '')
      );
    });
    if (happened.length === 0) continue;
    await request.journal.append({ kind: 'done', change: intent.change, values: happened });
    settled += happened.length;
  }
  return settled;
}

function mark(change: string, values: readonly string[]): string {
  return JSON.stringify([change, values]);
}
