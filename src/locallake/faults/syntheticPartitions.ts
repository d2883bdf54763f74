import type { Fields } from '../service';
import { fields, objects, text } from '../wire/input';

/** A table that pretends to have `count` partitions. */
export interface SyntheticTable {
  readonly database: string;
  readonly table: string;
  readonly count: number;
}

/** Partitions that are made up for a table instead of those it has. */
export class SyntheticPartitions {
  #tables: readonly SyntheticTable[] = [];
  readonly #made = new Map<string, ReadonlyMap<string, Fields>>();

  set(tables: readonly SyntheticTable[]): void {
    this.#tables = tables;
    this.#made.clear();
  }

  /** The made-up partitions of a table by id; undefined for a table that has its own. */
  of(definition: Fields): ReadonlyMap<string, Fields> | undefined {
    const database = text(definition, 'DatabaseName') ?? '';
    const table = text(definition, 'Name') ?? '';
    const asked = this.#tables.find((each) => each.database === database && each.table === table);
    if (asked === undefined) return undefined;
    const id = `${database}.${table}`;
    const made = this.#made.get(id) ?? make(definition, asked.count);
    this.#made.set(id, made);
    return made;
  }
}

function make(definition: Fields, count: number): ReadonlyMap<string, Fields> {
  const keys = objects(definition, 'PartitionKeys').map((key) => text(key, 'Name') ?? '');
  const base = (text(fields(definition, 'StorageDescriptor'), 'Location') ?? '').replace(/\/$/, '');
  const made = new Map<string, Fields>();
  for (let index = 0; index < count; index++) {
    const values = keys.map((_, at) => (at === keys.length - 1 ? String(index) : '0'));
    const path = keys.map((key, at) => `${key}=${values[at] ?? ''}`).join('/');
    made.set(values.join('\u0001'), {
      Values: values,
      DatabaseName: definition['DatabaseName'],
      TableName: definition['Name'],
      CreationTime: 1_704_067_200,
      StorageDescriptor: { ...fields(definition, 'StorageDescriptor'), Location: `${base}/${path}/` },
    });
  }
  return made;
}
