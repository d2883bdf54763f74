import { AwsError, accountId, type Fields } from '../service';
import type { SyntheticPartitions } from '../faults/syntheticPartitions';
import { fields, objects, text, texts } from '../wire/input';
import type { Journal } from './journal';
import { OrderedPartitions } from './orderedPartitions';
import { TableExtras } from './tableExtras';

/** A table and its partitions, in the shapes of the Glue API. */
export interface StoredTable {
  readonly definition: Fields;
  /** By `partitionId`. */
  readonly partitions: ReadonlyMap<string, Fields>;
}

interface Table {
  definition: Fields;
  readonly partitions: OrderedPartitions;
}

interface Database {
  definition: Fields;
  readonly tables: Map<string, Table>;
}

/** Names of databases and tables are kept in small letters, as Glue does. */
export interface TableName {
  readonly database: string;
  readonly table: string;
}

/** The databases, tables and partitions of the Glue catalog, in the shapes of the Glue API; all of it in the journal. */
export class CatalogStore {
  readonly #journal: Journal;
  readonly #synthetic: SyntheticPartitions;
  readonly #account: string;
  readonly #databases = new Map<string, Database>();
  // Columns and formats are the same in most partitions of a table: they are kept once.
  readonly #alike = new Map<string, unknown>();
  readonly extras: TableExtras;

  constructor(journal: Journal, synthetic: SyntheticPartitions, account = accountId) {
    this.#journal = journal;
    this.#synthetic = synthetic;
    this.#account = account;
    this.extras = new TableExtras(journal);
    for (const [name, definition] of journal.all('database')) {
      this.#databases.set(name, { definition: definition as Fields, tables: new Map() });
    }
    for (const [id, definition] of journal.all('table')) {
      const [database = '', table = ''] = id.split('\n');
      this.#databases
        .get(database)
        ?.tables.set(table, { definition: definition as Fields, partitions: new OrderedPartitions() });
    }
    for (const [id, partition] of journal.all('partition')) {
      const [database = '', table = '', values = ''] = id.split('\n');
      this.#databases
        .get(database)
        ?.tables.get(table)
        ?.partitions.set(values, this.#shared(partition as Fields));
    }
  }

  databases(): readonly Fields[] {
    return sortedByName([...this.#databases.values()].map(({ definition }) => definition));
  }

  findDatabase(name: string): Fields | undefined {
    return this.#databases.get(name.toLowerCase())?.definition;
  }

  /** The database; EntityNotFoundException when there is none. */
  database(name: string): Fields {
    return this.#existing(name).definition;
  }

  createDatabase(input: Fields): void {
    const name = (text(input, 'Name') ?? '').toLowerCase();
    if (this.#databases.has(name)) throw new AwsError('AlreadyExistsException', 'Database already exists.');
    const definition = { ...input, Name: name, CreateTime: seconds(), CatalogId: this.#account };
    this.#databases.set(name, { definition, tables: new Map() });
    this.#journal.put('database', name, definition);
  }

  /** Writes what is said of a database anew; its name stays. */
  updateDatabase(name: string, input: Fields): void {
    const database = this.#existing(name);
    const { CreateTime, Name } = database.definition;
    database.definition = { ...input, Name, CreateTime, CatalogId: this.#account };
    this.#journal.put('database', name.toLowerCase(), database.definition);
  }

  deleteDatabase(name: string): void {
    const database = this.#existing(name);
    for (const table of database.tables.keys()) this.deleteTable({ database: name, table });
    this.#databases.delete(name.toLowerCase());
    this.#journal.remove('database', name.toLowerCase());
  }

  tables(database: string): readonly Fields[] {
    return sortedByName([...this.#existing(database).tables.values()].map(({ definition }) => definition));
  }

  findTable({ database, table }: TableName): StoredTable | undefined {
    const found = this.#databases.get(database.toLowerCase())?.tables.get(table.toLowerCase());
    if (found === undefined) return undefined;
    const made = this.#synthetic.of(found.definition);
    return made === undefined ? found : { definition: found.definition, partitions: made };
  }

  /** The table; EntityNotFoundException when it or its database is not there. */
  table(name: TableName): StoredTable {
    this.#existing(name.database);
    const found = this.findTable(name);
    if (found === undefined) {
      throw new AwsError(
        'EntityNotFoundException',
        `Entity Not Found: table ${name.table} not found in database ${name.database}.`,
      );
    }
    return found;
  }

  /** Makes a table, or writes its definition anew when `replaces` says so, and archives the one before. Its partitions stay. */
  putTable(
    database: string,
    input: Fields,
    { replaces, archives = true }: { readonly replaces: boolean; readonly archives?: boolean },
  ): void {
    const { tables } = this.#existing(database);
    const name = (text(input, 'Name') ?? '').toLowerCase();
    const old = tables.get(name);
    if (old !== undefined && !replaces) throw new AwsError('AlreadyExistsException', 'Table already exists.');
    if (old === undefined && replaces)
      throw new AwsError('EntityNotFoundException', `Table ${name} not found.`);
    const now = seconds();
    const definition = {
      Retention: 0,
      ...input,
      Name: name,
      DatabaseName: database.toLowerCase(),
      CreateTime: old?.definition['CreateTime'] ?? now,
      UpdateTime: now,
      PartitionKeys: objects(input, 'PartitionKeys'),
      IsRegisteredWithLakeFormation: false,
      CatalogId: this.#account,
      VersionId: String(Number(old?.definition['VersionId'] ?? -1) + 1),
    };
    if (old !== undefined && archives)
      this.extras.archive(`${database.toLowerCase()}\n${name}`, old.definition);
    if (old === undefined) tables.set(name, { definition, partitions: new OrderedPartitions() });
    else old.definition = definition;
    this.#journal.put('table', `${database.toLowerCase()}\n${name}`, definition);
  }

  deleteTable(name: TableName): void {
    const { definition, partitions } = this.#own(name);
    for (const id of partitions.keys()) this.#journal.remove('partition', partitionKey(definition, id));
    this.#existing(name.database).tables.delete(name.table.toLowerCase());
    const id = `${name.database.toLowerCase()}\n${name.table.toLowerCase()}`;
    this.#journal.remove('table', id);
    this.extras.forget(id);
  }

  /** Adds a partition; AlreadyExistsException when its values are taken, InvalidInputException when they do not fit the keys. */
  createPartition(name: TableName, input: Fields): void {
    const { definition, partitions } = this.#own(name);
    const values = texts(input, 'Values');
    if (values.length !== objects(definition, 'PartitionKeys').length) {
      throw new AwsError(
        'InvalidInputException',
        'The number of partition keys do not match the number of partition values',
      );
    }
    const id = partitionId(values);
    if (partitions.has(id)) throw new AwsError('AlreadyExistsException', 'Partition already exists.');
    this.#putPartition({ definition, partitions }, input, seconds());
  }

  /** Writes a partition anew; its values may change. */
  updatePartition(name: TableName, values: readonly string[], input: Fields): void {
    const { definition, partitions } = this.#own(name);
    const old = partitions.get(partitionId(values));
    if (old === undefined) throw new AwsError('EntityNotFoundException', 'Partition not found.');
    const next = partitionId(texts(input, 'Values'));
    if (next !== partitionId(values) && partitions.has(next))
      throw new AwsError('AlreadyExistsException', 'Partition already exists.');
    if (next !== partitionId(values)) this.deletePartition(name, values);
    this.#putPartition({ definition, partitions }, input, old['CreationTime']);
  }

  deletePartition(name: TableName, values: readonly string[]): void {
    const { definition, partitions } = this.#own(name);
    const id = partitionId(values);
    if (!partitions.delete(id)) throw new AwsError('EntityNotFoundException', 'Partition not found.');
    this.#journal.remove('partition', partitionKey(definition, id));
  }

  #putPartition({ definition, partitions }: Table, input: Fields, created: unknown): void {
    const partition = this.#shared({
      ...input,
      DatabaseName: definition['DatabaseName'],
      TableName: definition['Name'],
      CreationTime: created,
      CatalogId: this.#account,
    });
    const id = partitionId(texts(input, 'Values'));
    partitions.set(id, partition);
    this.#journal.put('partition', partitionKey(definition, id), partition);
  }

  #shared(partition: Fields): Fields {
    const descriptor = fields(partition, 'StorageDescriptor');
    const parts = ['Columns', 'SerdeInfo', 'Parameters'].flatMap((name) => {
      const part = descriptor[name];
      if (part === undefined) return [];
      const id = JSON.stringify(part);
      const known = this.#alike.get(id) ?? part;
      this.#alike.set(id, known);
      return [[name, known] as const];
    });
    if (parts.length === 0) return partition;
    return { ...partition, StorageDescriptor: { ...descriptor, ...Object.fromEntries(parts) } };
  }

  #existing(name: string): Database {
    const found = this.#databases.get(name.toLowerCase());
    if (found === undefined) throw new AwsError('EntityNotFoundException', `Database ${name} not found.`);
    return found;
  }

  #own({ database, table }: TableName): Table {
    const found = this.#existing(database).tables.get(table.toLowerCase());
    if (found === undefined) throw new AwsError('EntityNotFoundException', `Table ${table} not found.`);
    return found;
  }
}

/** What tells the partitions of one table apart. */
export function partitionId(values: readonly string[]): string {
  return values.join('\u0001');
}

/** The columns or keys of a table under a name, with small letters for types. */
export function columnsOf(
  holder: Fields,
  name: string,
): readonly { readonly name: string; readonly type: string }[] {
  return objects(holder, name).map((column) => ({
    name: (text(column, 'Name') ?? '').toLowerCase(),
    type: (text(column, 'Type') ?? 'string').toLowerCase(),
  }));
}

/** Where a table or partition keeps its files; empty when it says nothing. */
export function locationOf(holder: Fields): string {
  return text(fields(holder, 'StorageDescriptor'), 'Location') ?? '';
}

function partitionKey(definition: Fields, id: string): string {
  return `${text(definition, 'DatabaseName') ?? ''}\n${text(definition, 'Name') ?? ''}\n${id}`;
}

function sortedByName(all: readonly Fields[]): readonly Fields[] {
  return all.toSorted((a, b) => ((text(a, 'Name') ?? '') < (text(b, 'Name') ?? '') ? -1 : 1));
}

function seconds(): number {
  return Math.floor(Date.now() / 1000);
}
