import type { Column } from '../catalog/catalog';

/** The characters that Hive writes as %XX in a directory's name (Apache Hive, FileUtils.escapePathName). */
const escaped = new Set('"#%\'*/:=?\\{[]^\u007f');

/** `year=2024/month=01/` as Hive and Athena name the directory of a partition. */
export function hivePath(keys: readonly Column[], values: readonly string[]): string {
  return keys.map(({ name }, at) => `${hiveEscape(name)}=${hiveEscape(values[at] ?? '')}/`).join('');
}

function hiveEscape(text: string): string {
  if (/^[\w.-]*$/.test(text)) return text;
  return text.replaceAll(/[^\w.-]/g, (char) =>
    escaped.has(char) || char < ' '
      ? `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`
      : char,
  );
}
