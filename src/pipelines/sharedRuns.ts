import { connectionKey, type Connection } from '../connection/connection';
import { isOver, type KindId, type Run, type RunState } from './pipeline';

/** The version of the file; a reader leaves alone what a newer one wrote. */
export const sharedVersion = 1;

/** A run that some window of this machine started or follows. */
export interface SharedRun {
  readonly connection: Connection;
  readonly run: Run;
  /** The window that asks for its state. */
  readonly window: string;
  /** When that window last looked, milliseconds since 1970. */
  readonly lookedAt: number;
}

/** So many runs are kept, and so long. */
const mostKept = 50;
const keptMs = 7 * 24 * 60 * 60 * 1000;
/** A window that has not looked for so long is gone: another one may follow its runs. */
const goneMs = 90_000;

/** What a file with shared runs said. */
export type SharedFile =
  | { readonly kind: 'read'; readonly runs: readonly SharedRun[] }
  /** Written by a newer version: neither read nor overwritten. */
  | { readonly kind: 'newer' };

/** Reads the file that windows share; one that is missing or damaged has no runs. */
export function readShared(text: string | undefined): SharedFile {
  const empty: SharedFile = { kind: 'read', runs: [] };
  if (text === undefined || text.trim() === '') return empty;
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return empty;
  }
  if (typeof content !== 'object' || content === null || !('version' in content)) return empty;
  if (typeof content.version !== 'number' || content.version > sharedVersion) return { kind: 'newer' };
  if (!('runs' in content) || !Array.isArray(content.runs)) return empty;
  return { kind: 'read', runs: content.runs.flatMap(sharedFrom) };
}

/** The file's text. Inputs stay out of it: they may hold what other programs need not read. */
export function writeShared(runs: readonly SharedRun[], now: number): string {
  const kept = runs
    .filter((one) => (one.run.startedAt?.getTime() ?? one.lookedAt) > now - keptMs)
    .slice(0, mostKept)
    .map((one) => {
      const { input: _, ...run } = one.run;
      return { ...one, run };
    });
  return `${JSON.stringify({ version: sharedVersion, runs: kept }, null, 1)}\n`;
}

/** Both lists as one, newest start first; of two looks at one run the later one counts, and an end is never undone. */
export function mergeShared(a: readonly SharedRun[], b: readonly SharedRun[]): readonly SharedRun[] {
  const byId = new Map<string, SharedRun>();
  for (const one of [...a, ...b]) {
    const key = JSON.stringify([connectionKey(one.connection), one.run.id]);
    const known = byId.get(key);
    byId.set(key, known === undefined ? one : later(known, one));
  }
  return [...byId.values()].toSorted(
    (x, y) => (y.run.startedAt?.getTime() ?? 0) - (x.run.startedAt?.getTime() ?? 0),
  );
}

function later(a: SharedRun, b: SharedRun): SharedRun {
  const over = Number(isOver(b.run)) - Number(isOver(a.run));
  const newer = over > 0 || (over === 0 && b.lookedAt >= a.lookedAt) ? b : a;
  // The input is known only to the window that started the run.
  const input = a.run.input ?? b.run.input;
  return input === undefined || newer.run.input !== undefined
    ? newer
    : { ...newer, run: { ...newer.run, input } };
}

/** Runs that are going on and that no window follows any more. */
export function orphans(runs: readonly SharedRun[], now: number): readonly SharedRun[] {
  return runs.filter((one) => !isOver(one.run) && one.lookedAt < now - goneMs);
}

const kinds: ReadonlySet<string> = new Set<KindId>(['state-machine', 'glue-job', 'crawler', 'lambda']);
const states: ReadonlySet<string> = new Set<RunState>([
  'queued',
  'running',
  'stopping',
  'succeeded',
  'failed',
  'stopped',
  'timed-out',
]);

/** An entry that cannot be understood is left out. */
function sharedFrom(raw: unknown): readonly SharedRun[] {
  const { connection, run, window, lookedAt } = recordOf(raw);
  const { name, region } = recordOf(connection);
  const { kind, state, id, pipeline, startedAt, endedAt, ...rest } = recordOf(run);
  if (typeof name !== 'string' || typeof region !== 'string') return [];
  if (typeof id !== 'string' || typeof pipeline !== 'string') return [];
  if (typeof kind !== 'string' || !kinds.has(kind)) return [];
  if (typeof state !== 'string' || !states.has(state)) return [];
  const told = { ...rest, kind, state, id, pipeline } as unknown as Run;
  return [
    {
      connection: connection as Connection,
      run: { ...told, ...dateIn('startedAt', startedAt), ...dateIn('endedAt', endedAt) },
      window: typeof window === 'string' ? window : '',
      lookedAt: typeof lookedAt === 'number' ? lookedAt : 0,
    },
  ];
}

function recordOf(raw: unknown): Readonly<Record<string, unknown>> {
  return typeof raw === 'object' && raw !== null ? (raw as Record<string, unknown>) : {};
}

/** JSON keeps a date as text. */
function dateIn(
  name: 'startedAt' | 'endedAt',
  value: unknown,
): { readonly startedAt?: Date; readonly endedAt?: Date } {
  const date = new Date(typeof value === 'string' ? value : '');
  return Number.isNaN(date.getTime()) ? {} : { [name]: date };
}
