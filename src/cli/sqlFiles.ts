import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { Problem } from '../base/problem';
import { nameKind } from '../documents/kind';
import { isIgnored, readIgnoreFile, type IgnoreRule } from './gitignore';

const never = new Set(['node_modules', '.git', '.hg', '.svn']);

/** A path as it was given or found, and where it is. */
export interface FoundFile {
  /** Relative to the working folder, with forward slashes. */
  readonly path: string;
  readonly absolute: string;
  /** Given by its own name, not found in a folder. */
  readonly named: boolean;
}

/**
 * The files that paths mean, each once, in order: a file is itself, whatever its name; a folder is walked for names
 * that are wanted, without node_modules and what its .gitignore files leave out. A Problem of kind `missing` for a
 * path that is not there.
 */
export async function filesOf(
  paths: readonly string[],
  { cwd, signal, wanted }: Where & { readonly wanted: (path: string) => boolean },
): Promise<readonly FoundFile[]> {
  const found = new Map<string, FoundFile>();
  const add = (absolute: string, named: boolean): void => {
    found.set(absolute, { absolute, path: slashes(relative(cwd, absolute)), named });
  };
  for (const path of paths) {
    const absolute = resolve(cwd, path);
    const info = await stat(absolute).catch(() => undefined);
    if (info === undefined) {
      throw new Problem(`${path} is not there: name a file or a folder that is.`, 'missing');
    }
    if (!info.isDirectory()) add(absolute, true);
    else {
      const folder = { root: absolute, path: '', rules: [], wanted };
      for await (const file of walk(folder, signal)) if (!found.has(file)) add(file, false);
    }
  }
  return [...found.values()];
}

/** The SQL files that paths mean: see filesOf. */
export async function sqlFiles(paths: readonly string[], where: Where): Promise<readonly FoundFile[]> {
  return filesOf(paths, { ...where, wanted: (path) => nameKind(path) === 'sql' });
}

interface Where {
  readonly cwd: string;
  readonly signal: AbortSignal;
}

interface Folder {
  readonly root: string;
  /** From the root, with a slash at its end; empty for the root. */
  readonly path: string;
  readonly rules: readonly IgnoreRule[];
  readonly wanted: (path: string) => boolean;
}

async function* walk({ root, path, rules, wanted }: Folder, signal: AbortSignal): AsyncGenerator<string> {
  signal.throwIfAborted();
  const folder = join(root, path);
  const entries = (await readdir(folder, { withFileTypes: true })).toSorted((a, b) =>
    a.name < b.name ? -1 : 1,
  );
  const own = entries.some(({ name }) => name === '.gitignore')
    ? readIgnoreFile(await readFile(join(folder, '.gitignore'), 'utf8').catch(() => ''), path)
    : [];
  const all = [...rules, ...own];
  for (const entry of entries) {
    const child = path + entry.name;
    if (entry.isDirectory()) {
      if (never.has(entry.name) || isIgnored(child, all, { isFolder: true })) continue;
      yield* walk({ root, path: `${child}/`, rules: all, wanted }, signal);
    } else if (entry.isFile() && wanted(entry.name) && !isIgnored(child, all, { isFolder: false })) {
      yield join(root, child);
    }
  }
}

/** A path with forward slashes on every system. */
export function slashes(path: string): string {
  return path.replaceAll('\\', '/');
}
