import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Connection } from '../connection/connection';
import type { ObjectStore } from '../zones/objectStore';
import { listSource, sourceBase, type TransferSource } from './listBelow';
import { type DiskNames, localPaths, type LocalPath } from './localPaths';

/** One object on its way to the disk. */
export interface DownloadItem {
  readonly key: string;
  readonly bytes: number;
  readonly etag?: string;
  /** Milliseconds since 1970. */
  readonly modifiedAt?: number;
  readonly path: string;
  /** There was a file when it was planned: without it, one that came since is not overwritten. */
  readonly replaces: boolean;
}

/** What a download will do. */
export interface DownloadPlan {
  readonly source: TransferSource;
  /** The folder it goes to. */
  readonly folder: string;
  readonly items: readonly DownloadItem[];
  /** Keys whose names the disk cannot hold, with the path they get. */
  readonly renamed: readonly Extract<LocalPath, { kind: 'path' }>[];
  readonly refused: readonly Extract<LocalPath, { kind: 'refused' }>[];
  /** Objects in an archive class: S3 gives them only while they are restored. */
  readonly archived: number;
}

/** Lists what a download will write, and which files it would overwrite. */
export async function planDownload(
  store: ObjectStore,
  request: {
    readonly connection: Connection;
    readonly source: TransferSource;
    readonly folder: string;
    readonly disk: DiskNames;
    /** What of the keys has no place in the paths; all above the source's names unless told. */
    readonly base?: string;
    readonly onProgress?: (objects: number) => void;
  },
  signal: AbortSignal,
): Promise<DownloadPlan> {
  const { source, folder, disk } = request;
  const objects = await listSource(store, request, signal);
  const byKey = new Map(objects.map((object) => [object.key, object]));
  const paths = localPaths(
    objects.map(({ key }) => key),
    { prefix: request.base ?? sourceBase(source), disk },
  );
  // Into a new folder nothing can be overwritten: a look for each of many files takes its time.
  const isNew = !(await exists(folder));
  const items: DownloadItem[] = [];
  for (const one of paths) {
    signal.throwIfAborted();
    const object = byKey.get(one.key);
    if (one.kind === 'refused' || object === undefined) continue;
    const path = join(folder, one.path);
    items.push({
      key: one.key,
      bytes: object.bytes,
      ...(object.etag === undefined ? {} : { etag: object.etag }),
      ...(object.modifiedAt === undefined ? {} : { modifiedAt: object.modifiedAt.getTime() }),
      path,
      replaces: !isNew && (await exists(path)),
    });
  }
  return {
    source,
    folder,
    items,
    renamed: paths.filter((one) => one.kind === 'path').filter(({ renamed }) => renamed),
    refused: paths.filter((one) => one.kind === 'refused'),
    archived: objects.filter(({ storageClass }) => /^(GLACIER|DEEP_ARCHIVE)$/.test(storageClass ?? ''))
      .length,
  };
}

/** The objects of a plan that are written: all, or only those that overwrite no file. */
export function chosenDownloads(plan: DownloadPlan, choice: 'replace' | 'keep'): readonly DownloadItem[] {
  return choice === 'replace' ? plan.items : plan.items.filter(({ replaces }) => !replaces);
}

/** True for anything of that name, a folder or a broken link too. */
export async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch {
    return false;
  }
}
