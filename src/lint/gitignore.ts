import { matchesGlob } from './globs';

/** One line of a .gitignore, with the folder it counts from (with a slash at its end, or empty). */
export interface IgnoreRule {
  readonly base: string;
  readonly glob: string;
  readonly negated: boolean;
  readonly folderOnly: boolean;
}

/** The rules of a .gitignore in their order; `base` is its folder's path, with a slash at its end or empty. */
export function readIgnoreFile(text: string, base: string): readonly IgnoreRule[] {
  return text.split(/\r?\n/).flatMap((line): IgnoreRule[] => {
    const trimmed = line.replace(/(?<!\\)\s+$/, '');
    if (trimmed === '' || trimmed.startsWith('#')) return [];
    const negated = trimmed.startsWith('!');
    const pattern = trimmed.slice(negated ? 1 : 0).replace(/^\\/, '');
    const folderOnly = pattern.endsWith('/');
    return [{ base, glob: pattern.replace(/\/$/, ''), negated, folderOnly }];
  });
}

/** Whether Git leaves a path out: the last rule that meets it decides. Paths have forward slashes. */
export function isIgnored(
  path: string,
  rules: readonly IgnoreRule[],
  { isFolder }: { readonly isFolder: boolean },
): boolean {
  const last = rules.findLast(
    ({ base, glob, folderOnly }) =>
      path.startsWith(base) && (isFolder || !folderOnly) && matchesGlob(path.slice(base.length), glob),
  );
  return last !== undefined && !last.negated;
}

/** Whether Git leaves out a file or one of the folders it is in: what is below such a folder never comes back. */
export function isLeftOut(path: string, rules: readonly IgnoreRule[]): boolean {
  if (rules.length === 0) return false;
  for (let slash = path.indexOf('/'); slash !== -1; slash = path.indexOf('/', slash + 1))
    if (isIgnored(path.slice(0, slash), rules, { isFolder: true })) return true;
  return isIgnored(path, rules, { isFolder: false });
}
