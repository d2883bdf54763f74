import type { Fields } from '../service';
import { type CatalogStore, columnsOf, locationOf, partitionId } from '../store/catalogStore';
import { fields, objects, text, texts } from '../wire/input';
import { descriptorOf, parametersOf } from './descriptor';
import type { FoundSchema } from './infer';
import type { FoundPartition, FoundTable } from './layout';

/** What a crawler may do to the catalog. */
export interface CrawlPolicy {
  readonly crawler: string;
  readonly database: string;
  readonly prefix: string;
  readonly update: 'LOG' | 'UPDATE_IN_DATABASE';
  readonly remove: 'LOG' | 'DELETE_FROM_DATABASE' | 'DEPRECATE_IN_DATABASE';
  /** Only folders that are no partition yet are looked at. */
  readonly newFoldersOnly: boolean;
  /** Partitions get the columns of the table. */
  readonly inherits: boolean;
  /** Columns of the table that are in no file any more stay. */
  readonly mergesColumns: boolean;
  /** A new table gets an index on its partition keys. */
  readonly makesIndex: boolean;
  /** Every folder of this level is a table; the bucket is level 1. */
  readonly tableLevel?: number;
  /** Files are one table as long as they can be read as one, however unlike their columns are. */
  readonly combines?: boolean;
  /** More tables than this a crawl does not make. */
  readonly mostTables?: number;
}

/** One change a crawl made, or only reported. */
export interface CrawlChange {
  readonly of: 'TABLE' | 'PARTITION';
  readonly change: 'ADD' | 'UPDATE' | 'DELETE';
  readonly table: string;
  readonly values?: readonly string[];
  /** Reported only, since a policy says so. */
  readonly loggedOnly?: boolean;
}

/** Brings one table of the catalog up to what was found; each change is given when it is made, so that a stop falls between two. */
export function* applyTable(
  catalog: CatalogStore,
  {
    found,
    base,
    policy,
  }: { readonly found: FoundTable; readonly base: string; readonly policy: CrawlPolicy },
): Generator<CrawlChange> {
  const location = locationFor(base, found.root);
  const table = nameFor(catalog, { location, policy });
  const schema = mergedSchema(found);
  const name = { database: policy.database, table };
  const old = catalog.findTable(name);
  const counted = {
    crawler: policy.crawler,
    objects: found.files.length,
    bytes: found.files.reduce((sum, { size }) => sum + size, 0),
  };
  const keys = found.keys.map((key) => ({ Name: key, Type: 'string' }));
  if (old === undefined) {
    const input = {
      Name: table,
      Owner: 'owner',
      TableType: 'EXTERNAL_TABLE',
      Retention: 0,
      Parameters: parametersOf(schema, counted),
      PartitionKeys: keys,
      StorageDescriptor: { ...descriptorOf(schema, location), Parameters: parametersOf(schema, counted) },
    };
    catalog.putTable(policy.database, input, { replaces: false });
    if (policy.makesIndex && found.keys.length > 0) {
      catalog.extras.putIndexes(`${policy.database}\n${table}`, [
        { IndexName: 'crawler_partition_index', Keys: found.keys, made: Date.now() },
      ]);
    }
    yield { of: 'TABLE', change: 'ADD', table };
  } else if (!policy.newFoldersOnly && differs(old.definition, schema, policy)) {
    const loggedOnly = policy.update === 'LOG';
    if (!loggedOnly) {
      const before = fields(old.definition, 'StorageDescriptor');
      const now = objects(descriptorOf(schema, location), 'Columns');
      const descriptor = { ...before, Columns: policy.mergesColumns ? added(before, now) : now };
      const Parameters = { ...fields(old.definition, 'Parameters'), ...parametersOf(schema, counted) };
      catalog.putTable(
        policy.database,
        { ...inputOf(old.definition), StorageDescriptor: descriptor, Parameters },
        { replaces: true },
      );
    }
    yield { of: 'TABLE', change: 'UPDATE', table, loggedOnly };
  }
  const current = catalog.table(name);
  if (objects(current.definition, 'PartitionKeys').length !== found.keys.length) return;
  yield* applyPartitions(catalog, { found, base, policy, definition: current.definition });
}

function* applyPartitions(
  catalog: CatalogStore,
  {
    found,
    base,
    policy,
    definition,
  }: {
    readonly found: FoundTable;
    readonly base: string;
    readonly policy: CrawlPolicy;
    readonly definition: Fields;
  },
): Generator<CrawlChange> {
  const table = text(definition, 'Name') ?? '';
  const name = { database: policy.database, table };
  const known = new Map(
    [...catalog.table(name).partitions.values()].map((each) => [
      likeness(definition, texts(each, 'Values')),
      each,
    ]),
  );
  const seen = new Set<string>();
  for (const partition of found.partitions) {
    const id = likeness(definition, partition.values);
    if (seen.has(id)) continue;
    seen.add(id);
    if (known.has(id)) continue;
    catalog.createPartition(name, partitionInput(partition, { base, policy, definition }));
    yield { of: 'PARTITION', change: 'ADD', table, values: partition.values };
  }
  if (policy.newFoldersOnly) return;
  const root = locationFor(base, found.root);
  for (const [id, partition] of known) {
    // A partition that lies elsewhere is none of this crawl's.
    if (seen.has(id) || !locationOf(partition).startsWith(root)) continue;
    const values = texts(partition, 'Values');
    if (policy.remove === 'DELETE_FROM_DATABASE') catalog.deletePartition(name, values);
    if (policy.remove === 'DEPRECATE_IN_DATABASE') {
      if ('DEPRECATED_BY_CRAWLER' in fields(partition, 'Parameters')) continue;
      const Parameters = { ...fields(partition, 'Parameters'), DEPRECATED_BY_CRAWLER: policy.crawler };
      catalog.updatePartition(name, values, { ...partition, Parameters });
    }
    yield { of: 'PARTITION', change: 'DELETE', table, values, loggedOnly: policy.remove === 'LOG' };
  }
}

function partitionInput(
  { values, folders, files }: FoundPartition,
  {
    base,
    policy,
    definition,
  }: { readonly base: string; readonly policy: CrawlPolicy; readonly definition: Fields },
): Fields {
  const schema = files[0]?.schema ?? { format: 'unknown', columns: [] };
  const counted = {
    crawler: policy.crawler,
    objects: files.length,
    bytes: files.reduce((sum, { size }) => sum + size, 0),
  };
  const Location = locationFor(base, folders);
  const descriptor = policy.inherits
    ? { ...fields(definition, 'StorageDescriptor'), Location }
    : descriptorOf(schema, Location);
  return { Values: values, Parameters: parametersOf(schema, counted), StorageDescriptor: descriptor };
}

function locationFor(base: string, folders: readonly string[]): string {
  return `${base}${folders.map((folder) => `${folder}/`).join('')}`;
}

// The table has the name of its folder; a table of that name at another place keeps it, and this one gets a number.
function nameFor(
  catalog: CatalogStore,
  { location, policy }: { location: string; policy: CrawlPolicy },
): string {
  const folder = location.replace(/\/$/, '').split('/').at(-1) ?? '';
  const plain = `${policy.prefix}${folder}`.toLowerCase().replace(/[^a-z0-9_]/g, '_');
  for (let number = 0; ; number++) {
    const name = number === 0 ? plain : `${plain}_${number}`;
    const there = catalog.findTable({ database: policy.database, table: name });
    if (there === undefined || locationOf(there.definition).replace(/\/?$/, '/') === location) return name;
  }
}

// All columns of all files: those of the newest folder first, since new columns come at the end.
function mergedSchema({ files }: FoundTable): FoundSchema {
  const last = files.at(-1)?.schema ?? { format: 'unknown', columns: [] };
  const columns = new Map(last.columns.map((column) => [column.name, column]));
  for (const { schema } of files)
    for (const column of schema.columns) if (!columns.has(column.name)) columns.set(column.name, column);
  return { ...last, columns: [...columns.values()] };
}

// Where columns are only added, another type of a known one is no difference.
function differs(definition: Fields, schema: FoundSchema, { mergesColumns }: CrawlPolicy): boolean {
  const id = ({ name, type }: FoundSchema['columns'][number]): string =>
    mergesColumns ? name : `${name} ${type}`;
  const now = columnsOf(fields(definition, 'StorageDescriptor'), 'Columns').map(id);
  return schema.columns.some((column) => !now.includes(id(column)));
}

// A column that is known keeps its place and type; what is new comes behind.
function added(before: Fields, now: readonly Fields[]): readonly Fields[] {
  const known = objects(before, 'Columns');
  const names = new Set(known.map(({ Name }) => Name));
  return [...known, ...now.filter(({ Name }) => !names.has(Name))];
}

// What TableInput takes of a table as it is.
function inputOf(definition: Fields): Fields {
  const {
    DatabaseName: _,
    CreateTime: __,
    UpdateTime: ___,
    VersionId: ____,
    CatalogId: _____,
    IsRegisteredWithLakeFormation: ______,
    ...input
  } = definition;
  return input;
}

// `01` and `1` are one value of a key that is a number.
function likeness(definition: Fields, values: readonly string[]): string {
  const keys = columnsOf(definition, 'PartitionKeys');
  return partitionId(
    values.map((value, at) =>
      keys[at]?.type.endsWith('int') === true && /^\d+$/.test(value) ? String(Number(value)) : value,
    ),
  );
}
