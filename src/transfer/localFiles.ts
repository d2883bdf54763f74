import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';

/** A file to send: where it lies and how it is named below its target. */
export interface LocalFile {
  readonly path: string;
  /** With `/` between its parts. */
  readonly name: string;
  readonly bytes: number;
  /** Milliseconds since 1970: another time means another content. */
  readonly changedAt: number;
}

/** Files to send, and paths that were left out with the reason. */
export interface FoundFiles {
  readonly files: readonly LocalFile[];
  readonly left: readonly { readonly path: string; readonly why: string }[];
}

/** The files that are named, and all below the folders that are named: a folder's own name stands before its files'. */
export async function localFiles(paths: readonly string[], signal: AbortSignal): Promise<FoundFiles> {
  const files: LocalFile[] = [];
  const left: { path: string; why: string }[] = [];
  const named = new Map<string, string>();
  const add = (file: LocalFile): void => {
    const same = named.get(file.name);
    named.set(file.name, same ?? file.path);
    if (same === undefined) files.push(file);
    // Chosen in two folders: one would overwrite the other.
    else if (same !== file.path) left.push({ path: file.path, why: `it has the name of ${same}` });
  };
  const take = async (path: string, name: string, isLink: boolean): Promise<void> => {
    signal.throwIfAborted();
    try {
      const found = await stat(path);
      if (found.isDirectory()) {
        // A link to a folder may lead back up: it would never end.
        if (isLink) left.push({ path, why: 'a link to a folder' });
        else await takeFolder(path, name);
      } else if (found.isFile()) add({ path, name, bytes: found.size, changedAt: Math.floor(found.mtimeMs) });
      else left.push({ path, why: 'neither a file nor a folder' });
    } catch (error) {
      if (signal.aborted) throw error;
      left.push({ path, why: error instanceof Error ? error.message : String(error) });
    }
  };
  const takeFolder = async (folder: string, name: string): Promise<void> => {
    for (const entry of (await readdir(folder, { withFileTypes: true })).toSorted((a, b) =>
      a.name < b.name ? -1 : 1,
    ))
      await take(join(folder, entry.name), `${name}/${entry.name}`, entry.isSymbolicLink());
  };
  for (const path of paths) await take(path, basename(path), false);
  return { files, left };
}
