import type { Page } from '../../base/page';
import { pool } from '../../base/pool';
import { isCancel, Problem } from '../../base/problem';
import type { Connection } from '../../connection/connection';
import { parseS3Uri, type S3Place } from '../../zones/s3Uri';

/** Where a work group writes the results of its queries. */
export interface ResultPlace extends S3Place {
  readonly workGroup: string;
}

/** As much of Athena as tells where results go. */
export interface WorkGroupReader {
  workGroups(
    connection: Connection,
    request: { readonly next?: string },
    signal: AbortSignal,
  ): Promise<Page<{ readonly name: string }>>;
  workGroup(
    connection: Connection,
    request: { readonly name: string },
    signal: AbortSignal,
  ): Promise<{ readonly name: string; readonly outputLocation?: string }>;
}

/** Work groups that are asked; an account may have 1,000. */
const mostWorkGroups = 50;

/** Where Athena's results go, by work group; what may not be read is said, and the rest is found. */
export async function resultPlaces(
  engine: WorkGroupReader,
  connection: Connection,
  signal: AbortSignal,
): Promise<{ readonly places: readonly ResultPlace[]; readonly unread: readonly string[] }> {
  const unread: string[] = [];
  const places: ResultPlace[] = [];
  const names: string[] = [];
  const denied = (error: unknown): void => {
    if (isCancel(error) || !(error instanceof Problem) || error.kind === 'signed-out') throw error;
    unread.push(error.message);
  };
  try {
    let next: string | undefined;
    do {
      const page = await engine.workGroups(connection, next === undefined ? {} : { next }, signal);
      names.push(...page.items.map(({ name }) => name));
      next = page.next;
    } while (next !== undefined && names.length < mostWorkGroups);
  } catch (error) {
    denied(error);
    return { places, unread };
  }
  if (names.length > mostWorkGroups)
    unread.push(`Only the first ${mostWorkGroups} work groups were asked where their results go.`);
  const work = pool<string>(
    4,
    async (name) => {
      try {
        const { outputLocation } = await engine.workGroup(connection, { name }, signal);
        const at = outputLocation === undefined ? undefined : parseS3Uri(outputLocation);
        if (at !== undefined) places.push({ ...at, workGroup: name });
      } catch (error) {
        denied(error);
      }
    },
    signal,
  );
  for (const name of names.slice(0, mostWorkGroups)) work.add(name);
  await work.done();
  // The same order whatever came first.
  return {
    places: places.toSorted((a, b) => (a.workGroup < b.workGroup ? -1 : 1)),
    unread: [...new Set(unread)].toSorted(),
  };
}
