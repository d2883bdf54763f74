import type { Column, Table } from './catalog';
import { plainType, widens } from './columnAccess';
import { hiveText, qualifiedName } from './ddl/clauses';
import type { Drift, FileSchema, Mend } from './drift';
import { ddlName } from './identifiers';

/** A partition in the catalog with what it has of its own; columns in Hive's types. */
export interface PartitionSchema {
  readonly values: readonly string[];
  readonly columns: readonly Column[];
  readonly location?: string;
  /** Absent: not told, or the table's own. */
  readonly format?: string;
  readonly serde?: string;
}

/** Partitions of one ALTER; Athena takes a statement of at most 262,144 bytes. */
const atOnce = 50;

/**
 * Where partitions disagree with their table, the same difference once for all partitions that have it. `files`: of
 * the table; where they hold what the partition says, the table is not put in its place.
 */
export function partitionDrifts(
  table: Table,
  partitions: readonly PartitionSchema[],
  files: readonly FileSchema[] = [],
): readonly Drift[] {
  const own = new Map(table.columns.map((column) => [column.name.toLowerCase(), column]));
  const groups = new Map<string, { readonly found: Found; readonly partitions: PartitionSchema[] }>();
  for (const partition of partitions) {
    for (const found of differences(table, partition, own)) {
      const id = JSON.stringify(found);
      const group = groups.get(id) ?? { found, partitions: [] };
      group.partitions.push(partition);
      groups.set(id, group);
    }
  }
  const all = [...groups.values()].map((group) => ({ ...group, right: isRight(group.found, files) }));
  const kept = new Set(all.flatMap((group) => (group.right ? group.partitions : [])));
  const drifting = new Set(all.flatMap((group) => group.partitions));
  // All of them in each: a partition that differs twice is added again once.
  const mended = partitions.filter((partition) => drifting.has(partition) && !kept.has(partition));
  const mend = addAgain(table, mended);
  return all.map(({ found, partitions: where, right }) => driftOf(table, { found, where, right, mend }));
}

/** Whether files hold a column as the partition says, and the table could not read it. */
function isRight(found: Found, files: readonly FileSchema[]): boolean {
  if (found.kind !== 'type' || widens(found.theirs, found.own)) return false;
  return files.some(({ columns }) =>
    columns.some(
      ({ name, type }) => name.toLowerCase() === found.column && plainType(type) === plainType(found.theirs),
    ),
  );
}

type Found =
  | { readonly kind: 'type'; readonly column: string; readonly own: string; readonly theirs: string }
  | { readonly kind: 'absent'; readonly column: string }
  | { readonly kind: 'format'; readonly theirs: string };

function differences(
  table: Table,
  partition: PartitionSchema,
  own: ReadonlyMap<string, Column>,
): readonly Found[] {
  const theirs = new Set(partition.columns.map(({ name }) => name.toLowerCase()));
  return [
    ...otherReader(table, partition),
    ...partition.columns.flatMap((column): readonly Found[] => {
      const known = own.get(column.name.toLowerCase());
      if (known === undefined || plainType(known.type) === plainType(column.type)) return [];
      return [{ kind: 'type', column: known.name, own: known.type, theirs: column.type }];
    }),
    ...table.columns.flatMap(({ name }): readonly Found[] =>
      theirs.has(name.toLowerCase()) ? [] : [{ kind: 'absent', column: name }],
    ),
  ];
}

function otherReader(table: Table, { format, serde }: PartitionSchema): readonly Found[] {
  if (format !== undefined && table.format !== undefined && format !== table.format)
    return [{ kind: 'format', theirs: format }];
  const same = serde === undefined || table.serde === undefined || serde === table.serde;
  return same ? [] : [{ kind: 'format', theirs: serde.split('.').at(-1) ?? serde }];
}

function driftOf(
  table: Table,
  {
    found,
    where: partitions,
    right,
    mend,
  }: {
    readonly found: Found;
    readonly where: readonly PartitionSchema[];
    readonly right: boolean;
    readonly mend: Mend;
  },
): Drift {
  const where = partitions.map(({ values }) => nameOf(table, values));
  const [first = ''] = where;
  const some = where.length === 1 ? first : `${where.length} partitions`;
  const them = where.length === 1 ? 'it' : 'them';
  const none: Mend = {
    kind: 'none',
    why: 'Where the partition lies is not known, so it cannot be added again.',
  };
  if (right && found.kind === 'type') {
    const why = `Their files hold ${found.theirs}, so adding them again would only change the error: write these files again with ${found.own}, then add the partitions again.`;
    const message = `${found.column} is ${found.own} in the table, but ${found.theirs} in ${some} and in files.`;
    const effect = 'Queries fail with HIVE_PARTITION_SCHEMA_MISMATCH.';
    return {
      kind: 'partition-schema',
      column: found.column,
      message,
      effect,
      where,
      mend: { kind: 'none', why },
    };
  }
  const base = { where, mend: partitions.some(({ location }) => location !== undefined) ? mend : none };
  switch (found.kind) {
    case 'type': {
      const fails = !widens(found.theirs, found.own);
      return {
        ...base,
        kind: 'partition-schema',
        column: found.column,
        message: `${found.column} is ${found.own} in the table, but ${found.theirs} in ${some}${fails ? `, and a query over ${them} fails` : ''}.`,
        effect: fails
          ? 'Queries fail with HIVE_PARTITION_SCHEMA_MISMATCH.'
          : `Queries work: ${found.own} holds all values of ${found.theirs}.`,
      };
    }
    case 'absent':
      return {
        ...base,
        kind: 'partition-schema',
        column: found.column,
        message: `${found.column} is in the table, but not in the columns of ${some}.`,
        effect: 'Queries show NULL for it there where the files are read by the columns of the partition.',
      };
    case 'format':
      return {
        ...base,
        kind: 'partition-format',
        column: '',
        message: `The table reads ${table.serde?.split('.').at(-1) ?? table.format ?? 'its files'}, but ${some} ${where.length === 1 ? 'says' : 'say'} ${found.theirs}.`,
        effect: `Files there are read as ${found.theirs}: right only if they are.`,
        // Only their files tell which of the two is right.
        mend: {
          kind: 'none',
          why: 'If the files there are what the table says, drop these partitions and add them again.',
        },
      };
  }
}

function nameOf(table: Table, values: readonly string[]): string {
  return table.partitionKeys.map((key, index) => `${key.name}=${values[index] ?? ''}`).join('/');
}

/** A partition that is added takes over the table's columns (Athena User Guide, "Avoid schema mismatch errors"). */
function addAgain(table: Table, partitions: readonly PartitionSchema[]): Mend {
  const placed = partitions.filter(({ location }) => location !== undefined);
  const name = qualifiedName(table);
  const spec = ({ values }: PartitionSchema): string =>
    `PARTITION (${table.partitionKeys
      .map((key, index) => `${ddlName(key.name)} = ${hiveText(values[index] ?? '')}`)
      .join(', ')})`;
  const statements: string[] = [];
  for (let from = 0; from < placed.length; from += atOnce) {
    const some = placed.slice(from, from + atOnce);
    const gap = some.length === 1 ? ' ' : '\n  ';
    const added = some.map((one) => `${spec(one)} LOCATION ${hiveText(one.location ?? '')}`);
    statements.push(
      `ALTER TABLE ${name} DROP IF EXISTS${gap}${some.map(spec).join(`,${gap}`)};`,
      `ALTER TABLE ${name} ADD IF NOT EXISTS${gap}${added.join(gap)};`,
    );
  }
  return { kind: 'alter', statements };
}
