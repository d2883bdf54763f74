import type { Column, Table } from './catalog';
import { columnAccess, plainType, widens } from './columnAccess';
import { athenaDdl } from './ddl/athena';
import { columnList, qualifiedName } from './ddl/clauses';
import { icebergType } from './ddl/iceberg';
import { ddlName } from './identifiers';
import { partitionDrifts, type PartitionSchema } from './partitionDrift';

/** The columns of a file as its footer says, in Hive's types and the file's order; an empty type is one not known. */
export interface FileSchema {
  readonly uri: string;
  readonly columns: readonly Column[];
  /** Absent: taken for the table's own. */
  readonly format?: string;
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
  readonly kind:
    | 'not-in-table'
    | 'not-in-files'
    | 'type'
    | 'key-in-files'
    | 'partition-schema'
    | 'format'
    | 'partition-format';
  /** Empty where it is not about one column. */
  readonly column: string;
  /** What differs, in one sentence. */
  readonly message: string;
  /** What a query does with it, in one sentence. */
  readonly effect: string;
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
  const all = seen.files ?? [];
  const isOther = ({ format }: FileSchema): boolean =>
    format !== undefined && table.format !== undefined && table.kind !== 'iceberg' && format !== table.format;
  const files = all.filter((file) => !isOther(file));
  return [
    ...otherFormats(table, all.filter(isOther), all),
    ...(files.length === 0 ? [] : [...newColumns(table, files), ...tableColumns(table, files)]),
    ...keysInFiles(table, files),
    ...partitionDrifts(table, seen.partitions ?? [], files),
  ];
}

/** Every statement of the drifts that an ALTER mends, each once and in order. */
export function alterStatements(drifts: readonly Drift[]): readonly string[] {
  return [...new Set(drifts.flatMap(({ mend }) => (mend.kind === 'alter' ? mend.statements : [])))];
}

function otherFormats(
  table: Table,
  files: readonly FileSchema[],
  all: readonly FileSchema[],
): readonly Drift[] {
  if (files.length === 0) return [];
  const formats = [...new Set(files.map(({ format = '' }) => format))].join(' and ');
  return [
    {
      kind: 'format',
      column: '',
      message: `The table reads ${table.format ?? ''}, but ${counted(files, all)} hold ${formats}.`.replace(
        'the file hold',
        'the file holds',
      ),
      effect: 'Queries that read them fail, or show what is no row.',
      where: files.map(({ uri }) => uri),
      mend: {
        kind: 'none',
        why: 'Move these files to a place of their own, or write them again in the format of the table.',
      },
    },
  ];
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
    effect: 'Queries do not see it; they work as before.',
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
  const compared = table.columns.map((column) => {
    const name = column.name.toLowerCase();
    const other = inFiles.flatMap(({ uri, types }) => {
      const type = types.get(name) ?? '';
      return type === '' || plainType(type) === plainType(column.type)
        ? []
        : [{ uri, type: plainType(type) }];
    });
    const without = inFiles.filter(({ types }) => !types.has(name)).map(({ uri }) => uri);
    const types = new Set(other.map(({ type }) => type));
    return { column, without, other, types, all: other.length + without.length === files.length };
  });
  // One definition for all that changes: one of them after the other would take the first back.
  const target = compared.map(({ column, types, all }) => {
    const [type] = types;
    return type === undefined || !isRetyped(column, types, all) ? column : { ...column, type };
  });
  return compared.flatMap(({ column, without, other, types, all }): readonly Drift[] => [
    ...(without.length === 0 ? [] : [absent(table, column, { without, files })]),
    ...(other.length === 0
      ? []
      : [
          {
            kind: 'type' as const,
            column: column.name.toLowerCase(),
            message: `${column.name.toLowerCase()} is ${column.type} in the table, but ${[...types].join(' or ')} in ${counted(
              other,
              files,
            )}.`,
            effect: typeEffect(table, column, types),
            where: other.map(({ uri }) => uri),
            mend: retype(table, column, { types, all, target }),
          },
        ]),
  ]);
}

/** Whether the files agree on one other type that the table's does not hold. */
function isRetyped(column: Column, types: ReadonlySet<string>, all: boolean): boolean {
  return all && types.size === 1 && ![...types].every((one) => widens(one, column.type));
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
    effect: 'Filters and joins on it lose these rows without an error.',
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

/** What Athena does with another type in a file, by its format (Athena User Guide, "Updates by data format"). */
function typeEffect(table: Table, column: Column, types: ReadonlySet<string>): string {
  const harmless = [...types].every((type) => widens(type, column.type));
  switch (table.format) {
    case 'parquet':
    case 'orc':
    case 'avro':
      return harmless
        ? `Queries work: ${column.type} holds all of its values.`
        : `Queries that read ${column.name} from these files fail with HIVE_BAD_DATA or HIVE_CANNOT_OPEN_SPLIT.`;
    case 'json':
    case 'csv':
    case 'text':
      return harmless
        ? `Queries work: ${column.type} holds all of its values.`
        : `Queries that read ${column.name} fail with HIVE_BAD_DATA, or show NULL for what is no ${column.type}.`;
    case 'other':
    case undefined:
    default:
      return harmless ? 'Queries work.' : `Queries that read ${column.name} from these files may fail.`;
  }
}

function retype(
  table: Table,
  column: Column,
  {
    types,
    all,
    target,
  }: { readonly types: ReadonlySet<string>; readonly all: boolean; readonly target: readonly Column[] },
): Mend {
  const [type] = types;
  if ([...types].every((one) => widens(one, column.type))) {
    return { kind: 'none', why: 'Nothing is to be mended.' };
  }
  if (type === undefined || !isRetyped(column, types, all)) {
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
    columns: target,
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
        effect:
          columnAccess(table) === 'position'
            ? 'Columns behind it are read from the wrong place.'
            : 'Queries work: the value is that of the folder.',
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

function counted(some: readonly unknown[], all: readonly unknown[]): string {
  if (all.length === 1) return 'the file';
  if (some.length === all.length) return `all ${all.length} files`;
  return `${some.length} of ${all.length} files`;
}
