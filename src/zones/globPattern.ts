/**
 * A glob over keys, part by part: `*` any characters but `/`, `?` one of them, `**` any folders. What stands before
 * the first part with a wildcard is asked of S3 itself.
 */
export interface GlobPattern {
  readonly parts: readonly string[];
}

/** Reads a glob; never fails: a text without wildcards matches itself. */
export function globPattern(glob: string): GlobPattern {
  return { parts: glob.split('/') };
}

/** The longest beginning that every match has: `raw/2024/sales_` of `raw/2024/sales_*.csv`. */
export function literalPrefix(glob: string): string {
  const wild = glob.search(/[*?]/);
  return wild < 0 ? glob : glob.slice(0, wild);
}

/** Whether a key matches as a whole. */
export function globFits({ parts }: GlobPattern, key: string): boolean {
  return endStates(parts, key.split('/')).has(parts.length);
}

/**
 * What a folder (with its slash) can hold: `never` a match; `some`: matches further below, folder by folder;
 * `deep`: everything below may match at any depth, so that one flat listing is cheaper than a walk.
 */
export function globReach({ parts }: GlobPattern, folder: string): 'never' | 'some' | 'deep' {
  const states = endStates(parts, folder === '' ? [] : folder.slice(0, -1).split('/'));
  const open = [...states].filter((state) => state < parts.length);
  if (open.length === 0) return 'never';
  return open.some((state) => parts[state] === '**') ? 'deep' : 'some';
}

/** How many parts of the glob may be used up after these names; a set, so that no pattern can be slow. */
function endStates(parts: readonly string[], names: readonly string[]): ReadonlySet<number> {
  let states = reachable(parts, [0]);
  for (const name of names) {
    const next: number[] = [];
    for (const state of states) {
      const part = parts[state];
      if (part === undefined) continue;
      if (part === '**') next.push(state);
      else if (partFits(part, name)) next.push(state + 1);
    }
    states = reachable(parts, next);
  }
  return states;
}

/** `**` may stand for no folder at all; as the last part it is a name, and needs one. */
function reachable(parts: readonly string[], states: readonly number[]): Set<number> {
  const all = new Set<number>();
  for (let state of states) {
    all.add(state);
    while (parts[state] === '**') all.add((state += 1));
  }
  return all;
}

function partFits(pattern: string, text: string): boolean {
  let at = 0;
  let p = 0;
  let star = -1;
  let mark = 0;
  while (at < text.length) {
    if (pattern[p] === '*') {
      star = p;
      mark = at;
      p += 1;
    } else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === text[at])) {
      p += 1;
      at += 1;
    } else if (star !== -1) {
      p = star + 1;
      mark += 1;
      at = mark;
    } else return false;
  }
  while (pattern[p] === '*') p += 1;
  return p === pattern.length;
}
