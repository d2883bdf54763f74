import type { Column, Table } from './catalog';
import { columnAccess, plainType, widens } from './columnAccess';
import { athenaDdl } from './ddl/athena';
import { columnList, hiveText, qualifiedName } from './ddl/clauses';
import { icebergType } from './ddl/iceberg';
import { ddlName } from './identifiers';

/** The columns of a partition in the catalog, in Hive's types. */
export interface PartitionSchema {
  readonly values: readonly string[];
  readonly columns: readonly Column[];
  readonly location?: string;
}

/** The columns of a file as its footer says, in Hive's types and the file's order; an empty type is one not known. */
export interface FileSchema {
  readonly uri: string;
  readonly columns: readonly Column[];
}

/** How a drift is mended. */
export type Mend =
  /** Statements that Athena takes; they change definitions only, never files. */
  | { readonly kind: 'alter'; readonly statements: readonly string[] }
  /** No ALTER can: the table is defined again over the same files. Its partitions must be added again. */
  | { readonly kind: 'recreate'; readonly statements: readonly string[]; readonly why: string }
  /** No statement mends it. */
  | { readonly kind: 'none'; readonly why: string };

export interface Drift {
  readonly kind: 'not-in-table' | 'not-in-files' | 'type' | 'key-in-files' | 'partition-schema';
  readonly column: string;
  /** What differs, in one sentence. */
  readonly message: string;
  /** The files or partitions where, all of them. */
  readonly where: readonly string[];
  readonly mend: Mend;
}

/**
 * Where a table's columns, its partitions' columns and the files' own columns disagree. Column names are compared
 * in lower case, as Athena does. What was not looked at is not judged: pass the files of a sample, or none.
 */
export function findDrift(
  table: Table,
  seen: { readonly partitions?: readonly PartitionSchema[]; readonly files?: readonly FileSchema[] },
): readonly Drift[] {
  const files = seen.files ?? [];
  return [
    ...(files.length === 0 ? [] : [...newColumns(table, files), ...tableColumns(table, files)]),
    ...keysInFiles(table, files),
    ...(seen.partitions ?? []).flatMap((partition) => partitionDrift(table, partition)),
  ];
}

/** Every statement of the drifts that an ALTER mends, each once and in order. */
export function alterStatements(drifts: readonly Drift[]): readonly string[] {
  return [...new Set(drifts.flatMap(({ mend }) => (mend.kind === 'alter' ? mend.statements : [])))];
}

function newColumns(table: Table, files: readonly FileSchema[]): readonly Drift[] {
  const known = new Set([...table.columns, ...table.partitionKeys].map(({ name }) => name.toLowerCase()));
  const found = new Map<string, { column: Column; types: Set<string>; where: string[]; atEnd: boolean }>();
  for (const { uri, columns } of files) {
    const lastKnown = columns.findLastIndex(({ name }) => known.has(name.toLowerCase()));
    for (const [index, column] of columns.entries()) {
      const name = column.name.toLowerCase();
      if (known.has(name)) continue;
      const entry = found.get(name) ?? {
        column: { ...column, name },
        types: new Set(),
        where: [],
        atEnd: true,
      };
      entry.types.add(plainType(column.type));
      entry.where.push(uri);
      entry.atEnd &&= index > lastKnown;
      found.set(name, entry);
    }
  }
  return [...found.values()].map(({ column, types, where, atEnd }) => ({
    kind: 'not-in-table' as const,
    column: column.name,
    message: `${[column.name, [...types].filter((type) => type !== '').join(' or ')].join(' ').trim()} is in ${counted(where, files)}, but not in the table.`,
    where,
    mend: addColumn(table, column, { types, atEnd }),
  }));
}

function addColumn(
  table: Table,
  column: Column,
  { types, atEnd }: { readonly types: ReadonlySet<string>; readonly atEnd: boolean },
): Mend {
  if (column.type === '' || types.has('')) {
    return {
      kind: 'none',
      why: `Its type is not known: read it from the file, then add ${column.name} with it.`,
    };
  }
  if (types.size > 1) {
    return {
      kind: 'none',
      why: `The files disagree on the type of ${column.name}, so no one column reads them all: write the fewer ones again.`,
    };
  }
  if (columnAccess(table) === 'position' && !atEnd) {
    const why = `The files are read by position and ${column.name} does not stand at their end, where ADD COLUMNS would put it.`;
    return { kind: 'none', why: `${why} Define the table again in the order of the files.` };
  }
  const type = table.kind === 'iceberg' ? icebergType(column.type) : column.type;
  const list = columnList([{ name: column.name, type }]).trim();
  return { kind: 'alter', statements: [`ALTER TABLE ${qualifiedName(table)} ADD COLUMNS ${list};`] };
}

function tableColumns(table: Table, files: readonly FileSchema[]): readonly Drift[] {
  const inFiles = files.map(({ uri, columns }) => ({
    uri,
    types: new Map(columns.map(({ name, type }) => [name.toLowerCase(), type])),
  }));
  return table.columns.flatMap((column): readonly Drift[] => {
    const name = column.name.toLowerCase();
    const without = inFiles.filter(({ types }) => !types.has(name)).map(({ uri }) => uri);
    const other = inFiles.filter(({ types }) => {
      const type = types.get(name);
      return type !== undefined && type !== '' && plainType(type) !== plainType(column.type);
    });
    const types = new Set(other.map((file) => plainType(file.types.get(name) ?? '')));
    const all = other.length + without.length === files.length;
    return [
      ...(without.length === 0 ? [] : [absent(table, column, { without, files })]),
      ...(other.length === 0
        ? []
        : [
            {
              kind: 'type' as const,
              column: name,
              message: `${name} is ${column.type} in the table, but ${[...types].join(' or ')} in ${counted(
                other,
                files,
              )}.`,
              where: other.map(({ uri }) => uri),
              mend: retype(table, column, { types, all }),
            },
          ]),
    ];
  });
}

function absent(
  table: Table,
  column: Column,
  { without, files }: { readonly without: readonly string[]; readonly files: readonly FileSchema[] },
): Drift {
  const everywhere = without.length === files.length;
  return {
    kind: 'not-in-files',
    column: column.name,
    message: `${column.name} is in the table, but not in ${counted(without, files)}: it reads as NULL there.`,
    where: without,
    mend: everywhere
      ? redefine(table, {
          columns: table.columns.filter((one) => one !== column),
          why: `If ${column.name} is not wanted, the table is defined without it; if it was renamed in the files, give it their name.`,
          iceberg: `ALTER TABLE ${qualifiedName(table)} DROP COLUMN ${ddlName(column.name)};`,
        })
      : {
          kind: 'none',
          why: `Older files do not have ${column.name} yet, which is right where it was added later; otherwise write them again.`,
        },
  };
}

function retype(
  table: Table,
  column: Column,
  { types, all }: { readonly types: ReadonlySet<string>; readonly all: boolean },
): Mend {
  const [type] = types;
  if (types.size > 1 || !all || type === undefined) {
    return {
      kind: 'none',
      why: `Files hold ${column.name} in more than one type, so no one definition reads them all: write the fewer ones again.`,
    };
  }
  const change = `ALTER TABLE ${qualifiedName(table)} CHANGE COLUMN ${ddlName(column.name)} ${ddlName(column.name)} ${type};`;
  if (table.kind === 'iceberg' && !widens(column.type, type)) {
    return { kind: 'none', why: `Iceberg only widens types, and ${column.type} does not widen to ${type}.` };
  }
  return redefine(table, {
    columns: table.columns.map((one) => (one === column ? { ...one, type } : one)),
    why: `Athena changes no column's type in place for ${table.format ?? 'these'} files.`,
    iceberg: change,
  });
}

/** REPLACE COLUMNS is for LazySimpleSerDe only, and not for dates (Athena User Guide, "ALTER TABLE REPLACE COLUMNS"). */
function redefine(
  table: Table,
  to: { readonly columns: readonly Column[]; readonly why: string; readonly iceberg: string },
): Mend {
  if (table.kind === 'iceberg') return { kind: 'alter', statements: [to.iceberg] };
  const replaces =
    /LazySimpleSerDe$/i.test(table.serde ?? '') && !to.columns.some(({ type }) => plainType(type) === 'date');
  if (replaces && to.columns.length > 0) {
    const list = columnList(to.columns).trim();
    return { kind: 'alter', statements: [`ALTER TABLE ${qualifiedName(table)} REPLACE COLUMNS ${list};`] };
  }
  return {
    kind: 'recreate',
    statements: [
      `DROP TABLE ${qualifiedName(table)};`,
      athenaDdl({ ...table, columns: to.columns }).trimEnd(),
    ],
    why: `${to.why} The files stay; partitions must be added again.`,
  };
}

function keysInFiles(table: Table, files: readonly FileSchema[]): readonly Drift[] {
  if (table.kind === 'iceberg') return [];
  return table.partitionKeys.flatMap((key) => {
    const where = files
      .filter(({ columns }) => columns.some(({ name }) => name.toLowerCase() === key.name.toLowerCase()))
      .map(({ uri }) => uri);
    if (where.length === 0) return [];
    return [
      {
        kind: 'key-in-files' as const,
        column: key.name,
        message: `The partition key ${key.name} is also a column of ${counted(where, files)}: Athena reads the key's value and passes over the column.`,
        where,
        mend: {
          kind: 'none' as const,
          why:
            columnAccess(table) === 'position'
              ? `The files are read by position, so a column before others shifts them: write the files without ${key.name}.`
              : `It does no harm to Athena; write new files without ${key.name}.`,
        },
      },
    ];
  });
}

function partitionDrift(table: Table, partition: PartitionSchema): readonly Drift[] {
  const own = new Map(table.columns.map((column) => [column.name.toLowerCase(), column]));
  const theirs = new Map(partition.columns.map((column) => [column.name.toLowerCase(), column]));
  const name = table.partitionKeys
    .map((key, index) => `${key.name}=${partition.values[index] ?? ''}`)
    .join('/');
  const drift = (column: string, message: string): Drift => ({
    kind: 'partition-schema',
    column,
    message,
    where: [name],
    mend: addAgain(table, partition),
  });
  return [
    ...partition.columns.flatMap((column) => {
      const known = own.get(column.name.toLowerCase());
      if (known === undefined || plainType(known.type) === plainType(column.type)) return [];
      const fails = widens(column.type, known.type) ? '' : ', and a query over it fails';
      return [
        drift(
          known.name,
          `${known.name} is ${known.type} in the table, but ${column.type} in ${name}${fails}.`,
        ),
      ];
    }),
    ...table.columns
      .filter((column) => !theirs.has(column.name.toLowerCase()))
      .map((column) =>
        drift(column.name, `${column.name} is in the table, but not in the columns of ${name}.`),
      ),
  ];
}

/** A partition that is added takes over the table's columns (Athena User Guide, "Avoid schema mismatch errors"). */
function addAgain(table: Table, { values, location }: PartitionSchema): Mend {
  if (location === undefined) {
    return { kind: 'none', why: 'Where the partition lies is not known, so it cannot be added again.' };
  }
  const spec = table.partitionKeys
    .map((key, index) => `${ddlName(key.name)} = ${hiveText(values[index] ?? '')}`)
    .join(', ');
  const name = qualifiedName(table);
  return {
    kind: 'alter',
    statements: [
      `ALTER TABLE ${name} DROP IF EXISTS PARTITION (${spec});`,
      `ALTER TABLE ${name} ADD IF NOT EXISTS PARTITION (${spec}) LOCATION ${hiveText(location)};`,
    ],
  };
}

function counted(some: readonly unknown[], all: readonly unknown[]): string {
  if (all.length === 1) return 'the file';
  if (some.length === all.length) return `all ${all.length} files`;
  return `${some.length} of ${all.length} files`;
}
