import { createHash } from 'node:crypto';

// A file name may have 255 bytes; a key segment may have 1,024. What is longer is cut and told apart by its hash.
const longest = 200;

/**
 * The path below the bucket's folder under which the object with this key is kept. Plain keys keep their name, so
 * that the folder can be read with other tools. What a file system cannot keep as it is is written as `%XX`:
 * an empty segment (`a//b`, `a/`), `.` and `..`, capital letters (`A` and `a` are one file on some systems), control
 * characters and those that Windows forbids, and `%` itself. No two keys share a path, and no path leaves the folder.
 */
export function pathOfKey(key: string): string {
  const segments = key.split('/');
  return segments
    .map((segment, index) => (index === segments.length - 1 ? fileName(segment) : folderName(segment)))
    .join('/');
}

/** The path below the bucket's folder of everything under a prefix that ends in a slash. */
export function pathOfPrefix(prefix: string): string {
  return prefix.split('/').slice(0, -1).map(folderName).join('/');
}

// `a` and `a/b` can both be keys, but not both a file and a folder: a plain file name has a dot, a plain folder none.
function fileName(segment: string): string {
  if (segment === '') return '%e';
  return segment.includes('.') ? shortened(encode(segment)) : `${shortened(encode(segment))}%f`;
}

function folderName(segment: string): string {
  if (segment === '') return '%d';
  return segment.includes('.') ? `${shortened(encode(segment))}%d` : shortened(encode(segment));
}

function encode(segment: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what must not be in a file name
  const escaped = segment.replace(/[%A-Z\u0000-\u001f\u007f<>:"\\|?*]/g, percent);
  return /^\.+$/.test(escaped) ? escaped.replaceAll('.', percent) : escaped.replace(/[. ]$/, percent);
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}

function shortened(name: string): string {
  if (Buffer.byteLength(name) <= longest) return name;
  return `${name.slice(0, 60)}%h${createHash('sha256').update(name).digest('hex').slice(0, 32)}`;
}
