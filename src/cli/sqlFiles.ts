import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { Problem } from '../base/problem';
import { isIgnored, readIgnoreFile, type IgnoreRule } from './gitignore';

const extensions = /\.(sql|hql|ddl)$/i;
const never = new Set(['node_modules', '.git', '.hg', '.svn']);

/** A path as it was given or found, and where it is. */
export interface FoundFile {
  /** Relative to the working folder, with forward slashes. */
  readonly path: string;
  readonly absolute: string;
}

/**
 * The SQL files that paths mean, each once, in order: a file is itself, whatever its name; a folder is walked
 * without node_modules and what its .gitignore files leave out. A Problem of kind `missing` for a path that is
 * not there.
 */
export async function sqlFiles(
  paths: readonly string[],
  { cwd, signal }: { readonly cwd: string; readonly signal: AbortSignal },
): Promise<readonly FoundFile[]> {
  const found = new Map<string, FoundFile>();
  const add = (absolute: string): void => {
    found.set(absolute, { absolute, path: slashes(relative(cwd, absolute)) });
  };
  for (const path of paths) {
    const absolute = resolve(cwd, path);
    const info = await stat(absolute).catch(() => undefined);
    if (info === undefined) {
      throw new Problem(`${path} is not there: name a file or a folder that is.`, 'missing');
    }
    if (!info.isDirectory()) add(absolute);
    else for await (const file of walk({ root: absolute, path: '', rules: [] }, signal)) add(file);
  }
  return [...found.values()];
}

interface Folder {
  readonly root: string;
  /** From the root, with a slash at its end; empty for the root. */
  readonly path: string;
  readonly rules: readonly IgnoreRule[];
}

async function* walk({ root, path, rules }: Folder, signal: AbortSignal): AsyncGenerator<string> {
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
      yield* walk({ root, path: `${child}/`, rules: all }, signal);
    } else if (entry.isFile() && extensions.test(entry.name) && !isIgnored(child, all, { isFolder: false })) {
      yield join(root, child);
    }
  }
}

/** A path with forward slashes on every system. */
export function slashes(path: string): string {
  return path.replaceAll('\\', '/');
}
