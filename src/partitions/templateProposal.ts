import type { Column } from '../catalog/catalog';

/**
 * A first guess at the template of a layout that is not `key=value/`, from the names of its first level: a date over
 * several levels where there is one key for it, else a level for each key in order. To be shown, corrected and only
 * then used.
 */
export function proposeTemplate(keys: readonly Column[], names: readonly string[]): string {
  const [key] = keys;
  const fits = (pattern: RegExp): boolean => names.length > 0 && names.every((name) => pattern.test(name));
  if (key !== undefined && keys.length === 1 && holdsDate(key)) {
    if (fits(/^\d{4}$/)) return `\${${key.name}:yyyy/MM/dd}/`;
    if (fits(/^\d{4}-\d{2}$/)) return `\${${key.name}:yyyy-MM/dd}/`;
    if (fits(/^\d{8}$/)) return `\${${key.name}:yyyyMMdd}/`;
    if (fits(/^\d{10}$/)) return `\${${key.name}:yyyyMMddHH}/`;
    if (fits(/^\d{4}_\d{2}_\d{2}$/)) return `\${${key.name}:yyyy_MM_dd}/`;
  }
  const head = commonHead(names);
  return keys.map(({ name }, index) => `${index === 0 ? head : ''}\${${name}}/`).join('');
}

function holdsDate({ name, type }: Column): boolean {
  return type === 'date' || type.startsWith('timestamp') || /^(dt|date|day|ds)$|_(dt|date|day)$/.test(name);
}

/** Letters that all names begin with, up to a sign that parts words: `region-` of `region-eu` and `region-us`. */
function commonHead(names: readonly string[]): string {
  const [first = '', ...others] = names;
  if (others.length === 0) return '';
  let length = 0;
  while (length < first.length && others.every((name) => name[length] === first[length])) length += 1;
  return /^[A-Za-z]+[-_.]/.exec(first.slice(0, length))?.[0] ?? '';
}
