import type { Column } from '../catalog/catalog';
import { dateLayout, type DateStep } from '../catalog/dateLayout';
import { hiveNull, partitionLevel } from '../zones/partitionPrefix';

/** How the folders below a prefix divide its files. */
export type Layout =
  | { readonly kind: 'none'; readonly doubts: readonly string[] }
  /** `key=value` folders: partitions that the catalog must be told of. */
  | { readonly kind: 'hive'; readonly keys: readonly Column[]; readonly doubts: readonly string[] }
  /** Other folders that spell dates: partitions that Athena works out by itself. */
  | {
      readonly kind: 'projected';
      readonly keys: readonly Column[];
      /** The end of `storage.location.template`, behind the prefix. */
      readonly template: string;
      readonly properties: Readonly<Record<string, string>>;
      readonly doubts: readonly string[];
    };

/**
 * Tells the layout from the folders of files, each a list of names below the prefix without the file's own.
 * `complete`: these are all that are there.
 */
export function layoutOf(
  folders: readonly (readonly string[])[],
  { complete }: { readonly complete: boolean },
): Layout {
  const deep = folders.filter(({ length }) => length > 0);
  if (deep.length === 0) return { kind: 'none', doubts: [] };
  const stray = folders.length - deep.length;
  const loose =
    stray === 0
      ? []
      : [
          `${counted(stray, 'file lies', 'files lie')} beside the folders and belong to no partition: a query over a partitioned table does not read them.`,
        ];
  const leading = deep.map(hiveLevels);
  if (leading.some((levels) => levels.length > 0)) return hiveLayout(deep, leading, loose);
  return datedLayout(deep, { complete, loose }) ?? plainLayout(deep);
}

type Level = NonNullable<ReturnType<typeof partitionLevel>>;

function hiveLevels(parts: readonly string[]): readonly Level[] {
  const levels: Level[] = [];
  for (const part of parts) {
    const level = partitionLevel(part);
    if (level === undefined) break;
    levels.push(level);
  }
  return levels;
}

function hiveLayout(
  deep: readonly (readonly string[])[],
  leading: readonly (readonly Level[])[],
  loose: readonly string[],
): Layout {
  const orders = new Map<string, number>();
  for (const levels of leading) {
    const order = levels.map(({ key }) => key).join('/');
    orders.set(order, (orders.get(order) ?? 0) + 1);
  }
  const [order = ''] = [...orders].toSorted(([, a], [, b]) => b - a)[0] ?? [];
  const names = order.split('/');
  const fitting = leading.filter((levels) => levels.map(({ key }) => key).join('/') === order);
  const others = leading.length - fitting.length;
  const below = deep.some(
    (parts, at) => parts.length > (leading[at]?.length ?? 0) && (leading[at]?.length ?? 0) > 0,
  );
  // Glue filters partitions by conditions on strings alone (Athena User Guide, "Data types in Athena").
  const keys = names.map((name): Column => ({ name, type: 'string' }));
  const told = names.flatMap((name, at) =>
    valueNote(
      name,
      fitting.flatMap((levels) => levels[at]?.value ?? []),
    ),
  );
  const nulls = keys.filter((_, at) => fitting.some((levels) => levels[at]?.value === null));
  return {
    kind: 'hive',
    keys,
    doubts: [
      ...loose,
      ...(others === 0
        ? []
        : [
            `${counted(others, 'file lies', 'files lie')} in other folders than ${order}/ and belong to no partition.`,
          ]),
      ...(below ? ['Folders below the partitions are read with them and are no keys.'] : []),
      ...(told.length === 0
        ? []
        : [`Keys are strings, since Glue filters partitions by those alone: write ${told.join(' and ')}.`]),
      ...nulls.map(({ name }) => `${name} has a folder ${hiveNull}: its rows have NULL there.`),
    ],
  };
}

/** How a key whose values look like numbers or days is compared. */
function valueNote(name: string, values: readonly string[]): readonly string[] {
  const [first] = values;
  if (first === undefined || !values.every((value) => /^\d+$|^\d{4}-\d\d-\d\d$/.test(value))) return [];
  return [`${name} = '${first}'`];
}

/** `2024/01/15`, `2024-01-15`, `20240115`, also below folders of other names, as long as all lie alike. */
function datedLayout(
  deep: readonly (readonly string[])[],
  { complete, loose }: { readonly complete: boolean; readonly loose: readonly string[] },
): Layout | undefined {
  const depth = deep[0]?.length ?? 0;
  if (deep.some(({ length }) => length !== depth)) return undefined;
  for (let start = 0; start < depth; start++) {
    const dated = datesFrom(deep.map((parts) => parts.slice(start)));
    if (dated === undefined) continue;
    const heads = Array.from({ length: start }, (_, at) => ({
      name: `folder_${at + 1}`,
      values: [...new Set(deep.map((parts) => parts[at] ?? ''))].toSorted(),
    }));
    if (heads.some(({ values }) => values.some((value) => value.includes(',')))) return undefined;
    const { name, properties, used } = dated;
    // What lies deeper than the date is read with it.
    const template = [...heads.map((head) => `\${${head.name}}`), `\${${name}}`].join('/');
    return {
      kind: 'projected',
      keys: [...heads.map((head) => ({ name: head.name, type: 'string' })), { name, type: 'string' }],
      template: `${template}/`,
      properties: {
        'projection.enabled': 'true',
        ...Object.fromEntries(
          heads.flatMap((head) => [
            [`projection.${head.name}.type`, 'enum'],
            [`projection.${head.name}.values`, head.values.join(',')],
          ]),
        ),
        ...properties,
      },
      doubts: [
        ...loose,
        'The folders spell dates, so Athena works the partitions out by projection: nothing is to be added when a day comes.',
        ...heads.map(({ name: head, values }) =>
          complete
            ? `${head} has the values that lie there now: give it its real name, and add new values to its list.`
            : `${head} has the ${values.length} values that were seen: give it its real name, and complete its list.`,
        ),
        ...(start + used < depth ? ['Folders below the dates are read with them and are no keys.'] : []),
      ],
    };
  }
  return undefined;
}

interface Dated {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  /** Levels that the date takes. */
  readonly used: number;
}

const units = { year: 'YEARS', month: 'MONTHS', day: 'DAYS', hour: 'HOURS' } as const;

function datesFrom(parts: readonly (readonly string[])[]): Dated | undefined {
  for (let used = Math.min(4, ...parts.map(({ length }) => length)); used >= 1; used--) {
    const values = parts.map((names) => [names.slice(0, used).join('/')]);
    if (used === 1 && values.every(([value]) => /^\d{1,4}$/.test(value ?? ''))) return undefined;
    const found = dateLayout([{ name: 'day', type: 'string' }], values);
    const steps = values.map((one) => found?.read(one));
    if (found === undefined || steps.some((step) => step === undefined)) continue;
    const [sample = ''] = values[0] ?? [];
    const format = formatOf(sample, found.step);
    if (format === undefined) continue;
    const first = Math.min(...steps.filter((step) => step !== undefined));
    const [from = ''] = found.write(first);
    const name = found.step === 'day' ? 'day' : found.step;
    return {
      name,
      used,
      properties: {
        [`projection.${name}.type`]: 'date',
        [`projection.${name}.format`]: format,
        [`projection.${name}.range`]: `${from},NOW`,
        [`projection.${name}.interval`]: '1',
        [`projection.${name}.interval.unit`]: units[found.step],
      },
    };
  }
  return undefined;
}

/** The pattern of Java's DateTimeFormatter for a spelled date. */
function formatOf(sample: string, step: DateStep): string | undefined {
  const letters = ['yyyy', 'MM', 'dd', 'HH'];
  const digits = sample.match(/\d+/g) ?? [];
  const wanted = { year: 1, month: 2, day: 3, hour: 4 }[step];
  if (digits.length === 1) return letters.slice(0, wanted).join('');
  if (digits.length !== wanted) return undefined;
  let at = 0;
  return sample.replace(/\d+/g, () => letters[at++] ?? '').replaceAll('T', "'T'");
}

function plainLayout(deep: readonly (readonly string[])[]): Layout {
  const names = [...new Set(deep.map(([name = '']) => name))].toSorted();
  const some = names.slice(0, 3).join(', ');
  return {
    kind: 'none',
    doubts: [
      `The folders below it (${some}${names.length > 3 ? ', …' : ''}) are no partitions: Athena reads all of them with every query.`,
    ],
  };
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
