import type { Column, Table } from './catalog';
import { columnAccess, plainType, widens } from './columnAccess';

export type ColumnChange =
  | { readonly kind: 'added'; readonly column: Column; readonly atEnd: boolean }
  | { readonly kind: 'removed'; readonly column: Column; readonly atEnd: boolean }
  /** A guess: at the same place stands a column of the same type with another name. */
  | { readonly kind: 'renamed'; readonly column: Column; readonly from: string }
  | { readonly kind: 'retyped'; readonly column: Column; readonly from: string }
  | { readonly kind: 'commented'; readonly column: Column; readonly from?: string }
  /** Both versions have these columns, in another order. */
  | { readonly kind: 'reordered'; readonly before: readonly string[]; readonly after: readonly string[] };

/** A property, the location or a class that changed; absent on the side that lacks it. */
export interface FactChange {
  readonly name: string;
  readonly before?: string;
  readonly after?: string;
}

export interface SchemaDiff {
  readonly columns: readonly ColumnChange[];
  readonly partitionKeys: readonly ColumnChange[];
  readonly facts: readonly FactChange[];
  /** What goes wrong with the files that are there, in one sentence each. */
  readonly dangers: readonly string[];
}

/** What one version of a table changed in another, and what that does to files already written. */
export function schemaDiff(before: Table, after: Table): SchemaDiff {
  const columns = columnChanges(before.columns, after.columns);
  const partitionKeys = columnChanges(before.partitionKeys, after.partitionKeys);
  return {
    columns,
    partitionKeys,
    facts: factChanges(before, after),
    dangers: [...columns.flatMap(dangerIn(after)), ...keyDanger(partitionKeys)],
  };
}

/** The same in lines for people: `+ officer string`, `~ amount: int → bigint`. */
export function schemaDiffLines(diff: SchemaDiff): readonly string[] {
  const lines = (changes: readonly ColumnChange[], key: string): readonly string[] =>
    changes.map((change) => {
      switch (change.kind) {
        case 'added':
          return `+ ${key}${change.column.name} ${change.column.type}`;
        case 'removed':
          return `- ${key}${change.column.name} ${change.column.type}`;
        case 'renamed':
          return `~ ${key}${change.from} → ${change.column.name}`;
        case 'retyped':
          return `~ ${key}${change.column.name}: ${change.from} → ${change.column.type}`;
        case 'commented':
          return `~ ${key}${change.column.name}, comment: ${change.from ?? 'none'} → ${change.column.comment ?? 'none'}`;
        case 'reordered':
          return `~ ${key}order: ${change.before.join(', ')} → ${change.after.join(', ')}`;
      }
    });
  return [
    ...lines(diff.columns, ''),
    ...lines(diff.partitionKeys, 'partition key '),
    ...diff.facts.map(({ name, before, after }) => `~ ${name}: ${before ?? 'none'} → ${after ?? 'none'}`),
  ];
}

function columnChanges(before: readonly Column[], after: readonly Column[]): readonly ColumnChange[] {
  const old = new Map(before.map((column) => [column.name, column]));
  const now = new Map(after.map((column) => [column.name, column]));
  const renamed = new Map<string, string>();
  for (const [index, column] of after.entries()) {
    const from = before[index];
    if (from === undefined || old.has(column.name) || now.has(from.name)) continue;
    if (plainType(from.type) === plainType(column.type)) renamed.set(column.name, from.name);
  }
  const gone = new Set(renamed.values());
  const lastKept = (list: readonly Column[], other: ReadonlyMap<string, Column>): number =>
    list.findLastIndex(({ name }) => other.has(name) || renamed.has(name) || gone.has(name));
  const [oldEnd, newEnd] = [lastKept(before, now), lastKept(after, old)];
  const changes = after.flatMap((column, index): readonly ColumnChange[] => {
    const from = renamed.get(column.name);
    if (from !== undefined) return [{ kind: 'renamed', column, from }];
    const previous = old.get(column.name);
    if (previous === undefined) return [{ kind: 'added', column, atEnd: index > newEnd }];
    return [
      ...(plainType(previous.type) === plainType(column.type)
        ? []
        : [{ kind: 'retyped' as const, column, from: previous.type }]),
      ...((previous.comment ?? '') === (column.comment ?? '')
        ? []
        : [
            {
              kind: 'commented' as const,
              column,
              ...(previous.comment === undefined ? {} : { from: previous.comment }),
            },
          ]),
    ];
  });
  const removed = before.flatMap((column, index): readonly ColumnChange[] =>
    now.has(column.name) || gone.has(column.name) ? [] : [{ kind: 'removed', column, atEnd: index > oldEnd }],
  );
  const order = (list: readonly Column[], other: ReadonlyMap<string, Column>): readonly string[] =>
    list.map(({ name }) => name).filter((name) => other.has(name));
  const [first, second] = [order(before, now), order(after, old)];
  const moved = first.some((name, index) => name !== second[index]);
  return [
    ...changes,
    ...removed,
    ...(moved ? [{ kind: 'reordered' as const, before: first, after: second }] : []),
  ];
}

function dangerIn(table: Table): (change: ColumnChange) => readonly string[] {
  const access = columnAccess(table);
  const format = table.format ?? 'the';
  return (change) => {
    switch (change.kind) {
      case 'renamed':
        return access === 'name'
          ? [
              `${change.from} became ${change.column.name}, and ${format} files are read by column name: rows written before show NULL in ${change.column.name}.`,
            ]
          : [];
      case 'retyped':
        return access === undefined || widens(change.from, change.column.type)
          ? []
          : [
              `${change.column.name} was ${change.from} and is ${change.column.type}, which files written before do not hold: queries that read them fail or show NULL.`,
            ];
      case 'reordered':
        return access === 'position'
          ? [
              `The order of ${change.after.join(', ')} changed, and ${format} files are read by position: values of old files stand in the wrong columns.`,
            ]
          : [];
      case 'added':
      case 'removed':
        return access === 'position' && !change.atEnd
          ? [
              `${change.column.name} was ${change.kind} before others, and ${format} files are read by position: in old files every column behind it shifts.`,
            ]
          : [];
      case 'commented':
        return [];
    }
  };
}

function keyDanger(changes: readonly ColumnChange[]): readonly string[] {
  if (changes.every(({ kind }) => kind === 'commented')) return [];
  return [
    'The partition keys changed, but partitions keep the values they were added with: drop them and add them again.',
  ];
}

/** Written anew with each change, so that it says nothing. */
const restless = new Set([
  'transient_lastDdlTime',
  'UPDATED_BY_CRAWLER',
  'metadata_location',
  'previous_metadata_location',
]);

function factChanges(before: Table, after: Table): readonly FactChange[] {
  const facts = (table: Table): ReadonlyMap<string, string | undefined> =>
    new Map([
      ['location', table.location],
      ['description', table.description],
      ['kind', table.kind],
      ['SerDe', table.serde],
      ['input format', table.inputFormat],
      ['output format', table.outputFormat],
      ['view SQL', table.viewSql],
      ...prefixed('property', table.parameters),
      ...prefixed('SerDe property', table.serdeParameters),
    ]);
  const [old, now] = [facts(before), facts(after)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((name) => {
    const [was, is] = [old.get(name), now.get(name)];
    if (was === is) return [];
    return [
      { name, ...(was === undefined ? {} : { before: was }), ...(is === undefined ? {} : { after: is }) },
    ];
  });
}

function prefixed(
  kind: string,
  map: Readonly<Record<string, string>> = {},
): readonly (readonly [string, string])[] {
  return Object.entries(map)
    .filter(([key]) => !restless.has(key))
    .map(([key, value]) => [`${kind} ${key}`, value] as const);
}
