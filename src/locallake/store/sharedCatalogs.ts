import { SyntheticPartitions } from '../faults/syntheticPartitions';
import { CatalogStore } from './catalogStore';
import type { Journal } from './journal';

/** The catalogs of other accounts that are shared with this one, by account. */
export class SharedCatalogs {
  readonly #journal: Journal;
  readonly #catalogs = new Map<string, CatalogStore>();

  constructor(journal: Journal) {
    this.#journal = journal;
    for (const account of journal.all('shared-catalog').keys())
      this.#catalogs.set(account, this.#open(account));
  }

  of(account: string): CatalogStore | undefined {
    return this.#catalogs.get(account);
  }

  accounts(): readonly string[] {
    return [...this.#catalogs.keys()].sort();
  }

  /** Makes the catalog of an account known, empty. */
  add(account: string): CatalogStore {
    const catalog = this.#open(account);
    this.#catalogs.set(account, catalog);
    this.#journal.put('shared-catalog', account, {});
    return catalog;
  }

  #open(account: string): CatalogStore {
    const journal = this.#journal;
    // The same journal, under names of its own.
    const own: Journal = {
      all: (kind) => journal.all(`${account}:${kind}`),
      put: (kind, id, value) => journal.put(`${account}:${kind}`, id, value),
      remove: (kind, id) => journal.remove(`${account}:${kind}`, id),
      close: () => {},
    };
    return new CatalogStore(own, new SyntheticPartitions(), account);
  }
}
