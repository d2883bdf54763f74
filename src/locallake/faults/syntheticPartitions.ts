import type { Fields } from '../service';
import { fields, objects, text } from '../wire/input';
import { madeLayout, type MadeLayout, type MadeLevel } from './madeLayout';

/** A table that pretends to have `count` partitions. */
export interface SyntheticTable {
  readonly database: string;
  readonly table: string;
  /** How many; not read where there are levels. */
  readonly count: number;
  /** One for each partition key: the partitions are those of all their values. */
  readonly levels?: readonly MadeLevel[];
}

/** Partitions that are made up for a table instead of those it has. */
export class SyntheticPartitions {
  #tables: readonly SyntheticTable[] = [];

  set(tables: readonly SyntheticTable[]): void {
    this.#tables = tables;
  }

  /** The made-up partitions of a table by id; undefined for a table that has its own. */
  of(definition: Fields): MadePartitions | undefined {
    const database = text(definition, 'DatabaseName') ?? '';
    const table = text(definition, 'Name') ?? '';
    const asked = this.#tables.find((each) => each.database === database && each.table === table);
    return asked === undefined ? undefined : new MadePartitions(definition, asked);
  }
}

/** A map of partitions each of which is made when it is asked for: a million cost no more than one. */
export class MadePartitions implements ReadonlyMap<string, Fields> {
  readonly size: number;
  readonly #definition: Fields;
  readonly #descriptor: Fields;
  readonly #base: string;
  readonly #keys: readonly string[];
  readonly #layout: MadeLayout | undefined;

  constructor(definition: Fields, { count, levels = [] }: SyntheticTable) {
    this.#layout = levels.length === 0 ? undefined : madeLayout(levels);
    this.size = this.#layout?.size ?? count;
    this.#definition = definition;
    this.#descriptor = fields(definition, 'StorageDescriptor');
    this.#base = (text(this.#descriptor, 'Location') ?? '').replace(/\/$/, '');
    this.#keys = objects(definition, 'PartitionKeys').map((key) => text(key, 'Name') ?? '');
  }

  /** The values of the partition at this place: without levels its number in the last key, 0 in all before it. */
  valuesAt(index: number): readonly string[] {
    if (this.#layout !== undefined) return this.#layout.values(index);
    return this.#keys.map((_, at) => (at === this.#keys.length - 1 ? String(index) : '0'));
  }

  /** The partition at this place. */
  at(index: number): Fields {
    const values = this.valuesAt(index);
    const path = this.#keys.map((key, at) => `${key}=${values[at] ?? ''}`).join('/');
    return {
      Values: values,
      DatabaseName: this.#definition['DatabaseName'],
      TableName: this.#definition['Name'],
      CreationTime: 1_704_067_200,
      StorageDescriptor: { ...this.#descriptor, Location: `${this.#base}/${path}/` },
    };
  }

  get(id: string): Fields | undefined {
    const values = id.split('\u0001');
    const index = this.#layout === undefined ? Number(values.at(-1)) : this.#layout.indexOf(values);
    if (index === undefined || !Number.isInteger(index) || index < 0 || index >= this.size) return undefined;
    return this.valuesAt(index).join('\u0001') === id ? this.at(index) : undefined;
  }

  has(id: string): boolean {
    return this.get(id) !== undefined;
  }

  *entries(): MapIterator<[string, Fields]> {
    for (let index = 0; index < this.size; index++)
      yield [this.valuesAt(index).join('\u0001'), this.at(index)];
  }

  *keys(): MapIterator<string> {
    for (const [id] of this.entries()) yield id;
  }

  *values(): MapIterator<Fields> {
    for (const [, partition] of this.entries()) yield partition;
  }

  [Symbol.iterator](): MapIterator<[string, Fields]> {
    return this.entries();
  }

  forEach(run: (partition: Fields, id: string, map: ReadonlyMap<string, Fields>) => void): void {
    for (const [id, partition] of this.entries()) run(partition, id, this);
  }
}
