import type { TableName } from '../catalog/catalog';
import type { Connection } from '../connection/connection';
import type { Journal, JournalEntry } from './journal';
import type { PartitionStore } from './partitionStore';
import type { Change } from './plan';

/** A change that was begun and whose end is not in the journal: a kill or a lost answer came between. */
interface OpenChange {
  readonly change: Change;
  readonly values: readonly string[];
  readonly location: string;
}

/** Glue takes so many partitions of a BatchGetPartition. */
const mostAsked = 1000;

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
    readonly entries: Iterable<JournalEntry> | AsyncIterable<JournalEntry>;
    readonly journal: Journal;
  },
  signal: AbortSignal,
): Promise<number> {
  const { connection, table } = request;
  const open = [...(await openChanges(request.entries)).values()];
  let settled = 0;
  for (const change of ['create', 'remove', 'update'] as const) {
    const own = open.filter((one) => one.change === change);
    for (let from = 0; from < own.length; from += mostAsked) {
      const asked = own.slice(from, from + mostAsked);
      const values = asked.map((one) => one.values);
      const now = new Map(
        (await store.describe(connection, { table, values }, signal)).map((one) => [
          JSON.stringify(one.values),
          one.location,
        ]),
      );
      const happened = asked.filter((one) => hasHappened(one, now.get(JSON.stringify(one.values))));
      if (happened.length === 0) continue;
      await request.journal.append({ kind: 'done', change, values: happened.map((one) => one.values) });
      settled += happened.length;
    }
  }
  return settled;
}

/** Whether a change took place, by where the partition is now; `undefined`: nowhere. */
function hasHappened({ change, location }: OpenChange, now: string | undefined): boolean {
  if (change === 'remove') return now === undefined;
  return now !== undefined && now.replace(/\/$/, '') === location.replace(/\/$/, '');
}

/** What is open at the end of a journal; only that is kept while it is read. */
async function openChanges(
  entries: Iterable<JournalEntry> | AsyncIterable<JournalEntry>,
): Promise<ReadonlyMap<string, OpenChange>> {
  const open = new Map<string, OpenChange>();
  for await (const entry of entries) {
    if (entry.kind === 'intent') {
      for (const [index, values] of entry.values.entries()) {
        const location = entry.locations[index] ?? '';
        open.set(mark(entry.change, values), { change: entry.change, values, location });
      }
    } else if (entry.kind === 'done') {
      for (const values of entry.values) open.delete(mark(entry.change, values));
    }
  }
  return open;
}

function mark(change: string, values: readonly string[]): string {
  return JSON.stringify([change, values]);
}
