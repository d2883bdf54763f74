import { mkdir, open, realpath, rename, rm, stat, utimes, type FileHandle } from 'node:fs/promises';
import { dirname, sep } from 'node:path';
import { Problem } from '../base/problem';
import type { Connection } from '../connection/connection';
import type { ObjectStore } from '../zones/objectStore';
import { exists, type DownloadItem } from './downloadPlan';
import { eachItem, eachUntilStop, type Failure, type Stop } from './eachItem';
import { partEnding } from './localPaths';
import { localProblem } from './localProblem';
import { pacedCalls, type PacedCalls } from './pacedCalls';
import { partRanges, partWidth, singlePutBytes } from './partPlan';
import type { JournalLine, TransferJournal } from './transferJournal';
import type { TransferProgress } from './upload';

/** Lines of a download's journal. */
export type DownloadLine =
  | { readonly kind: 'object'; readonly item: DownloadItem }
  /** These bytes of the object with this ETag are on the disk, the end not included. */
  | {
      readonly kind: 'range';
      readonly key: string;
      readonly etag: string;
      readonly start: number;
      readonly end: number;
    }
  | { readonly kind: 'done'; readonly key: string }
  | { readonly kind: 'end' };

/** How far a download is, as its journal tells. */
export interface DownloadState {
  /** By key. */
  readonly items: ReadonlyMap<string, DownloadItem>;
  readonly done: ReadonlySet<string>;
  /** By key and ETag: `start-end` of each range that is on the disk. */
  readonly ranges: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Reads the lines of a download's journal. */
export function downloadState(lines: readonly JournalLine[]): DownloadState {
  const items = new Map<string, DownloadItem>();
  const done = new Set<string>();
  const ranges = new Map<string, Set<string>>();
  // A cast, since the lines come from JSON: the head has said that they are a download's.
  for (const line of lines as readonly DownloadLine[]) {
    if (line.kind === 'object') items.set(line.item.key, line.item);
    if (line.kind === 'done') done.add(line.key);
    if (line.kind !== 'range') continue;
    const known = ranges.get(rangeKey(line)) ?? new Set();
    ranges.set(rangeKey(line), known.add(spanOf(line)));
  }
  return { items, done, ranges };
}

export interface DownloadOptions {
  readonly connection: Connection;
  readonly bucket: string;
  /** The folder that no file may leave. */
  readonly folder: string;
  readonly items: readonly DownloadItem[];
  readonly journal: TransferJournal<DownloadLine>;
  readonly before?: DownloadState;
  readonly onProgress?: (progress: TransferProgress) => void;
  readonly random?: () => number;
  /** Bytes of one request. */
  readonly partBytes?: number;
}

/** What a download came to. */
export interface DownloadResult {
  readonly done: number;
  readonly bytes: number;
  readonly failed: readonly Failure<DownloadItem>[];
  /** It ended before all was asked for; what came so far is kept. */
  readonly stopped?: Stop;
}

/**
 * Fetches objects by ranges into files that get their name when they are whole. Each range must still be of the
 * object that was listed. A cancel leaves the unfinished files, and the journal knows which ranges are in them.
 */
export async function downloadObjects(
  store: ObjectStore,
  options: DownloadOptions,
  signal: AbortSignal,
): Promise<DownloadResult> {
  const { items, journal, before } = options;
  const run: Run = {
    store,
    options,
    calls: pacedCalls({ width: 8, ...(options.random ? { random: options.random } : {}) }, signal),
    got: 0,
    done: 0,
    tell: () => options.onProgress?.({ files: run.done, bytes: run.got }),
    signal,
  };
  const fresh = items.filter((item) => before?.items.get(item.key)?.etag !== item.etag);
  if (before === undefined || fresh.length > 0)
    await journal.append(...fresh.map((item) => ({ kind: 'object' as const, item })));
  await mkdir(options.folder, { recursive: true });
  const { failures: failed, stopped } = await eachUntilStop(
    { items, width: 4, run: (item) => downloadOne(run, item) },
    signal,
  );
  if (failed.length === 0 && stopped === undefined) await journal.append({ kind: 'end' });
  return {
    done: run.done,
    bytes: run.got,
    failed,
    ...(stopped === undefined ? {} : { stopped }),
  };
}

interface Run {
  readonly store: ObjectStore;
  readonly options: DownloadOptions;
  readonly calls: PacedCalls;
  got: number;
  done: number;
  readonly tell: () => void;
  readonly signal: AbortSignal;
}

/** What an object is called while it is not whole. */
export function unfinishedPath(path: string): string {
  return `${path}${partEnding}`;
}

async function downloadOne(run: Run, item: DownloadItem): Promise<void> {
  const { journal, folder } = run.options;
  const part = unfinishedPath(item.path);
  try {
    await assertInside(dirname(item.path), folder);
    await mkdir(dirname(item.path), { recursive: true });
    await fetchRanges(run, item, part);
    if (!item.replaces && (await exists(item.path))) {
      throw new Problem(
        `${item.path} was not written, since a file of that name came meanwhile: download it again to replace it.`,
        'changed',
      );
    }
    await rename(part, item.path);
    if (item.modifiedAt !== undefined) {
      const time = new Date(item.modifiedAt);
      await utimes(item.path, time, time);
    }
  } catch (error) {
    throw localProblem(error, item.path);
  }
  await journal.note({ kind: 'done', key: item.key });
  run.done += 1;
  run.tell();
}

async function fetchRanges(run: Run, item: DownloadItem, part: string): Promise<void> {
  const { store, calls, signal } = run;
  const { connection, bucket, journal, partBytes = singlePutBytes } = run.options;
  const { key, etag } = item;
  const known = await keptRanges(run, item, part);
  const file = await open(part, known.size === 0 ? 'w' : 'r+');
  try {
    const ranges = partRanges(item.bytes, partBytes);
    const missing = ranges.filter((range) => !known.has(spanOf(range)));
    run.got += item.bytes - missing.reduce((sum, { start, end }) => sum + end - start, 0);
    await eachItem(
      {
        items: missing.filter(({ start, end }) => end > start),
        width: partWidth(partBytes),
        run: async ({ start, end }) => {
          const request = { bucket, key, range: { start, end }, ...(etag === undefined ? {} : { etag }) };
          // Written in its turn, too: what waits for the disk stands in memory.
          await calls(async () => {
            const bytes = await store.read(connection, request, signal);
            if (bytes.length !== end - start) throw broken(item);
            await writeAt(file, bytes, start);
          });
          run.got += end - start;
          run.tell();
          if (etag === undefined || ranges.length === 1) return; // one range is no sooner resumed than fetched
          await file.datasync();
          await journal.note({ kind: 'range', key, etag, start, end });
        },
        together: true,
      },
      signal,
    );
  } catch (error) {
    await file.close();
    const over = error instanceof Problem && (error.kind === 'changed' || error.kind === 'missing');
    // Ranges of two objects make neither, and one range alone is fetched whole or not at all.
    if (over || item.bytes <= partBytes) await rm(part, { force: true });
    if (!(error instanceof Problem) || error.kind !== 'changed') throw error;
    throw new Problem(
      `s3://${bucket}/${key} was changed while it was downloaded: download it again.`,
      'changed',
      { cause: error },
    );
  }
  await file.close();
}

/** Ranges that are on the disk already: of the same object, in a file that is there still. */
async function keptRanges(run: Run, item: DownloadItem, part: string): Promise<ReadonlySet<string>> {
  const { before } = run.options;
  const known =
    item.etag === undefined ? undefined : before?.ranges.get(rangeKey({ ...item, etag: item.etag }));
  if (known === undefined) return new Set();
  try {
    const { size } = await stat(part);
    return new Set([...known].filter((span) => Number(span.split('-')[1]) <= size));
  } catch {
    return new Set(); // somebody removed it
  }
}

async function writeAt(file: FileHandle, bytes: Uint8Array, start: number): Promise<void> {
  for (let at = 0; at < bytes.length;) {
    const { bytesWritten } = await file.write(bytes, at, bytes.length - at, start + at);
    at += bytesWritten;
  }
}

/** A link inside the folder may lead out of it: looked at before anything is made behind it. */
async function assertInside(at: string, folder: string): Promise<void> {
  let known = at;
  while (known !== folder && !(await exists(known))) known = dirname(known);
  const [there, root] = await Promise.all([realpath(known), realpath(folder)]);
  if (there === root || there.startsWith(root.endsWith(sep) ? root : root + sep)) return;
  throw new Problem(
    `${at} leads out of ${folder} to ${there}, so nothing was written there: choose another folder.`,
    'invalid',
  );
}

function broken({ key }: DownloadItem): Problem {
  return new Problem(
    `S3 sent another number of bytes of ${key} than it was asked for: try again.`,
    'offline',
  );
}

function spanOf({ start, end }: { readonly start: number; readonly end: number }): string {
  return `${start}-${end}`;
}

function rangeKey({ key, etag }: { readonly key: string; readonly etag: string }): string {
  return `${etag}\n${key}`;
}

/** Removes the unfinished files that a download left; returns how many there were. */
export async function discardDownloads(state: DownloadState): Promise<number> {
  let removed = 0;
  for (const { key, path } of state.items.values()) {
    if (state.done.has(key) || !(await exists(unfinishedPath(path)))) continue;
    await rm(unfinishedPath(path), { force: true });
    removed += 1;
  }
  return removed;
}
