import type { Column, Table } from '../catalog/catalog';
import { propertiesOf } from '../lint/rules/athena/projection';

/** The values that a path spells, and the part of it that spells them. */
export interface TemplateMatch {
  readonly values: readonly string[];
  /** From its beginning to the slash behind the last value. */
  readonly place: string;
}

const property = 'storage.location.template';

/** Where a table's own properties say that its partitions lie; undefined where they do not. */
export function templateOf(table: Pick<Table, 'parameters'>): string | undefined {
  return propertiesOf(table.parameters).get(property);
}

/**
 * A reader of locations by a template such as `s3://lake/logs/${year}/${month}`: the values of its keys in the table's
 * order. Undefined where the template lacks a key, so that no values could be told.
 */
export function templateReader(
  template: string,
  table: Pick<Table, 'partitionKeys' | 'parameters'>,
): ((location: string) => TemplateMatch | undefined) | undefined {
  const order: string[] = [];
  const properties = propertiesOf(table.parameters);
  const source = template
    .replace(/\/*$/, '/')
    .split(/(\$\{[^}]*\})/)
    .map((part) => {
      const name = /^\$\{(.*)\}$/.exec(part)?.[1]?.toLowerCase();
      if (name === undefined) return part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
      const before = order.indexOf(name);
      if (before >= 0) return `\\${before + 1}`;
      order.push(name);
      // A date such as 2024/01/15 is a value with slashes.
      const slashes = (properties.get(`projection.${name}.format`) ?? '').split('/').length - 1;
      return `([^/]+${'/[^/]+'.repeat(slashes)})`;
    })
    .join('');
  const at = table.partitionKeys.map(({ name }) => order.indexOf(name.toLowerCase()));
  if (at.includes(-1)) return undefined;
  const pattern = new RegExp(`^${source}`);
  return (location) => {
    const match = pattern.exec(location.replace(/\/*$/, '/'));
    return match === null
      ? undefined
      : { place: match[0], values: at.map((group) => match[group + 1] ?? '') };
  };
}

/**
 * The template by which partitions lie below their table's location, where that is not Hive's `key=value/`: folder by
 * folder a value, a value in a fixed text, or a fixed text. Undefined where they lie as Hive does or by no one rule.
 */
export function templateFrom(
  keys: readonly Column[],
  partitions: readonly { readonly values: readonly string[]; readonly location?: string }[],
  tableLocation: string | undefined,
): string | undefined {
  if (tableLocation === undefined || keys.length === 0) return undefined;
  const base = tableLocation.replace(/\/*$/, '/');
  const inside = partitions.flatMap(({ values, location }) =>
    location?.startsWith(base) === true
      ? [{ values, folders: location.slice(base.length).replace(/\/*$/, '').split('/') }]
      : [],
  );
  const [first] = inside;
  // A few that were moved do not hide the rule of the others.
  if (first === undefined || inside.length * 2 < partitions.length) return undefined;
  const alike = inside.filter(({ folders }) => folders.length === first.folders.length);
  if (alike.length * 10 < inside.length * 9) return undefined;
  const used = new Set<number>();
  const folders = first.folders.map((folder, level) => {
    const found = keys.findIndex((_, key) => {
      const fixed = fixedAround(folder, first.values[key] ?? '');
      if (fixed === undefined) return false;
      const fitting = alike.filter(
        ({ values, folders: own }) => own[level] === `${fixed[0]}${values[key] ?? ''}${fixed[1]}`,
      );
      return fitting.length * 10 >= alike.length * 9 && !used.has(key);
    });
    const fixed = found < 0 ? undefined : fixedAround(folder, first.values[found] ?? '');
    if (fixed === undefined) return alike.every((one) => one.folders[level] === folder) ? folder : undefined;
    used.add(found);
    return `${fixed[0]}\${${keys[found]?.name ?? ''}}${fixed[1]}`;
  });
  if (used.size < keys.length || folders.includes(undefined)) return undefined;
  const path = folders.join('/');
  const hive = keys.map(({ name }) => `${name}=\${${name}}`).join('/');
  return path === hive ? undefined : `${base}${path}/`;
}

/** The texts before and behind a value in the name of a folder; undefined where it is not in it. */
function fixedAround(folder: string, value: string): readonly [string, string] | undefined {
  const at = value === '' ? -1 : folder.indexOf(value);
  return at < 0 ? undefined : [folder.slice(0, at), folder.slice(at + value.length)];
}
