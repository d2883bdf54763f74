import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Problem } from '../base/problem';
import { connectionKey, type Connection } from '../connection/connection';
import type { BucketLifecycle } from './bucketStorage';

/** What a bucket had before it was changed. */
export interface SavedLifecycle {
  readonly path: string;
  readonly savedAt: Date;
  /** Absent: the bucket had none. */
  readonly lifecycle?: BucketLifecycle;
}

/** A document that was edited and not applied. */
export interface LifecycleDraft {
  readonly text: string;
  /** What the bucket had when it was read; absent: none. */
  readonly base?: BucketLifecycle;
}

/** Keeps what a bucket has, be it nothing; returns the file. */
export async function saveVersion(
  folder: string,
  version: {
    readonly connection: Connection;
    readonly bucket: string;
    readonly lifecycle: BucketLifecycle | undefined;
    readonly savedAt: Date;
  },
): Promise<string> {
  const { connection, bucket, lifecycle, savedAt } = version;
  const own = folderOf(folder, version);
  const path = join(own, `${savedAt.toISOString().replaceAll(':', '-')}.json`);
  const content = {
    version: formatVersion,
    connection: connectionKey(connection),
    bucket,
    savedAt: savedAt.toISOString(),
    lifecycle: lifecycle ?? null,
  };
  try {
    await write(path, content);
  } catch (error) {
    throw new Problem(
      `The lifecycle that s3://${bucket} has now could not be kept in ${path}, so nothing was changed: ${reason(error)}.`,
      'failed',
      { cause: error },
    );
  }
  return path;
}

/** What was kept of a bucket, newest first; files that cannot be read are named apart. */
export async function savedVersions(
  folder: string,
  of: { readonly connection: Connection; readonly bucket: string },
): Promise<{ readonly saved: readonly SavedLifecycle[]; readonly unreadable: readonly string[] }> {
  const own = folderOf(folder, of);
  const saved: SavedLifecycle[] = [];
  const unreadable: string[] = [];
  for (const name of (await versionsIn(own)).toReversed()) {
    const path = join(own, name);
    const content = await read(path);
    const savedAt = new Date(typeof content?.['savedAt'] === 'string' ? content['savedAt'] : Number.NaN);
    if (content === undefined || Number.isNaN(savedAt.getTime())) unreadable.push(path);
    else saved.push({ path, savedAt, ...lifecycleIn(content, 'lifecycle') });
  }
  return { saved, unreadable };
}

/** Keeps a document that is not applied yet, so that a window that is closed loses nothing. */
export async function saveDraft(
  folder: string,
  of: { readonly connection: Connection; readonly bucket: string },
  { text, base }: LifecycleDraft,
): Promise<void> {
  const { connection, bucket } = of;
  await write(join(folderOf(folder, of), draftName), {
    version: formatVersion,
    connection: connectionKey(connection),
    bucket,
    text,
    base: base ?? null,
  });
}

/** The document that was not applied; `undefined` where there is none that can be read. */
export async function readDraft(
  folder: string,
  of: { readonly connection: Connection; readonly bucket: string },
): Promise<LifecycleDraft | undefined> {
  const content = await read(join(folderOf(folder, of), draftName));
  const text = content?.['text'];
  if (content === undefined || typeof text !== 'string') return undefined;
  const { lifecycle: base } = lifecycleIn(content, 'base');
  return { text, ...(base === undefined ? {} : { base }) };
}

/** Lets go of a draft that was applied or given up. */
export async function dropDraft(
  folder: string,
  of: { readonly connection: Connection; readonly bucket: string },
): Promise<void> {
  await rm(join(folderOf(folder, of), draftName), { force: true });
}

const draftName = 'draft.json';
/** A reader that knows a lower one passes over the file. */
const formatVersion = 1;

function folderOf(
  folder: string,
  { connection, bucket }: { readonly connection: Connection; readonly bucket: string },
): string {
  // Connections' keys hold addresses, and may be longer than a file's name.
  const key = createHash('sha256').update(connectionKey(connection)).digest('hex').slice(0, 12);
  return join(folder, `${bucket}-${key}`);
}

async function versionsIn(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).filter((name) => /^\d{4}-.*\.json$/.test(name)).toSorted();
  } catch {
    return []; // no folder, nothing kept
  }
}

async function write(path: string, content: object): Promise<void> {
  await mkdir(join(path, '..'), { recursive: true });
  const fresh = `${path}.${process.pid}.new`;
  await writeFile(fresh, `${JSON.stringify(content, undefined, 2)}\n`);
  await rename(fresh, path);
}

async function read(path: string): Promise<Readonly<Record<string, unknown>> | undefined> {
  try {
    const content: unknown = JSON.parse(await readFile(path, 'utf8'));
    if (typeof content !== 'object' || content === null) return undefined;
    const fields = content as Readonly<Record<string, unknown>>;
    return fields['version'] === formatVersion ? fields : undefined;
  } catch {
    return undefined;
  }
}

function lifecycleIn(
  content: Readonly<Record<string, unknown>>,
  key: string,
): { readonly lifecycle?: BucketLifecycle } {
  const value = content[key];
  const isOne = typeof value === 'object' && value !== null && 'rules' in value && Array.isArray(value.rules);
  return isOne ? { lifecycle: value as BucketLifecycle } : {};
}

function reason(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\.\s*$/, '');
}
