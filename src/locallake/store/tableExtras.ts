import type { Fields } from '../service';
import { text } from '../wire/input';
import type { Journal } from './journal';

/** What is kept of a table beside its definition and partitions: older versions, indexes, statistics. */
export class TableExtras {
  readonly #journal: Journal;

  constructor(journal: Journal) {
    this.#journal = journal;
  }

  /** The archived definitions of a table, oldest first. */
  versions(table: string): readonly Fields[] {
    return (this.#journal.all('table-versions').get(table) as readonly Fields[] | undefined) ?? [];
  }

  archive(table: string, definition: Fields): void {
    this.#journal.put('table-versions', table, [...this.versions(table), definition]);
  }

  /** Forgets an archived version; false when there is none. */
  removeVersion(table: string, version: string): boolean {
    const kept = this.versions(table).filter((each) => text(each, 'VersionId') !== version);
    if (kept.length === this.versions(table).length) return false;
    this.#journal.put('table-versions', table, kept);
    return true;
  }

  /** The partition indexes of a table in the order they were made: `IndexName`, `Keys`, and `made` in ms since 1970. */
  indexes(table: string): readonly Fields[] {
    return (this.#journal.all('partition-indexes').get(table) as readonly Fields[] | undefined) ?? [];
  }

  putIndexes(table: string, indexes: readonly Fields[]): void {
    this.#journal.put('partition-indexes', table, indexes);
  }

  /** The statistics of the columns of a table, or of a partition, by column. */
  statistics(owner: string): Readonly<Record<string, Fields>> {
    const found = this.#journal.all('column-statistics').get(owner);
    return (found as Readonly<Record<string, Fields>> | undefined) ?? {};
  }

  putStatistics(owner: string, statistics: Readonly<Record<string, Fields>>): void {
    if (Object.keys(statistics).length === 0) this.#journal.remove('column-statistics', owner);
    else this.#journal.put('column-statistics', owner, statistics);
  }

  /** Forgets all of a table that is deleted. */
  forget(table: string): void {
    for (const kind of ['table-versions', 'partition-indexes']) this.#journal.remove(kind, table);
    for (const owner of Array.from(this.#journal.all('column-statistics').keys()))
      if (owner === table || owner.startsWith(`${table}\n`)) this.#journal.remove('column-statistics', owner);
  }
}
