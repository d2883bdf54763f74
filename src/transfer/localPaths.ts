import { Problem } from '../base/problem';

/** How a disk takes names. */
export interface DiskNames {
  /** Names, devices and signs as Windows has them. */
  readonly windows: boolean;
  /** `A` and `a` are one file: as macOS and Windows are set up. */
  readonly ignoresCase: boolean;
}

/** Where a key goes on the disk, or why it cannot go there. */
export type LocalPath =
  /** Below the chosen folder, with `/` between its parts; `renamed`: the disk cannot hold the key's own spelling. */
  | { readonly kind: 'path'; readonly key: string; readonly path: string; readonly renamed: boolean }
  | { readonly kind: 'refused'; readonly key: string; readonly problem: Problem };

/** Bytes of one name on every disk in use. */
const longestName = 255;

/**
 * The paths of objects below a prefix. No path leaves the folder: `..` and an empty name are written as `%2E%2E` and
 * `%2F`. Of two keys that the disk takes for one file the first is written and the other refused, as is a key that is
 * a file where others need a folder. Keys that end with a slash stand for folders and have no path.
 */
export function localPaths(
  keys: readonly string[],
  { prefix, disk }: { readonly prefix: string; readonly disk: DiskNames },
): readonly LocalPath[] {
  const files = keys.filter((key) => !key.endsWith('/'));
  const spelled = files.map((key) => ({ key, path: pathOf(key.slice(prefix.length), disk) }));
  const folders = new Map<string, string>();
  for (const { key, path } of spelled) {
    for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1))
      folders.set(folded(path.slice(0, at), disk), key);
  }
  const taken = new Map<string, string>();
  return spelled.map(({ key, path }): LocalPath => {
    const problem = problemWith({ key, path, disk }, { folders, taken });
    if (problem !== undefined) return { kind: 'refused', key, problem };
    taken.set(folded(path, disk), key);
    return { kind: 'path', key, path, renamed: path !== key.slice(prefix.length) };
  });
}

function problemWith(
  one: { readonly key: string; readonly path: string; readonly disk: DiskNames },
  known: { readonly folders: ReadonlyMap<string, string>; readonly taken: ReadonlyMap<string, string> },
): Problem | undefined {
  const { key, path, disk } = one;
  const same = known.taken.get(folded(path, disk));
  if (same !== undefined) {
    return new Problem(
      `${key} was not written, since this disk takes it for the same file as ${same}: download it into another folder.`,
      'invalid',
    );
  }
  const inside = known.folders.get(folded(path, disk));
  if (inside !== undefined) {
    return new Problem(
      `${key} was not written, since ${inside} needs a folder of that name: download it into another folder.`,
      'invalid',
    );
  }
  const long = path.split('/').find((name) => Buffer.byteLength(name) > longestName);
  if (long === undefined) return undefined;
  return new Problem(
    `${key} was not written, since ${long.slice(0, 40)}… is longer than the ${longestName} bytes a file name may have.`,
    'invalid',
  );
}

function pathOf(key: string, disk: DiskNames): string {
  return key
    .split('/')
    .map((name) => nameOf(name, disk))
    .join('/');
}

// Devices of Windows, with any ending: https://learn.microsoft.com/windows/win32/fileio/naming-a-file
const devices = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i;

function nameOf(name: string, { windows }: DiskNames): string {
  if (name === '') return '%2F';
  if (name === '.' || name === '..') return name.replaceAll('.', '%2E');
  // oxlint-disable-next-line no-control-regex -- they are what file names must not hold
  const signs = windows ? /[\u0000-\u001f<>:"\\|?*]/g : /\u0000/g;
  // The ending of files that are not whole yet is ours.
  const plain = name.replace(signs, escaped).replace(unfinishedEnding, escapedEnding);
  if (!windows) return plain;
  const device = devices.test(plain) ? `${escaped(plain.slice(0, 1))}${plain.slice(1)}` : plain;
  return device.replace(/[. ]$/, escaped);
}

/** What files are called while they are not whole: behind their own names. */
export const partEnding = '.lake-part';
const unfinishedEnding = /\.lake-part$/i;

function escapedEnding(ending: string): string {
  return `%2E${ending.slice(1)}`;
}

function escaped(sign: string): string {
  return `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}

/** What the disk compares. */
function folded(path: string, { ignoresCase }: DiskNames): string {
  return ignoresCase ? path.normalize('NFC').toLowerCase() : path;
}
