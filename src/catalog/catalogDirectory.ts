import type { Page } from '../base/page';
import type { Connection } from '../connection/connection';

/** A catalog that can be seen over a connection, beside the account's own Glue one. */
export interface CatalogEntry {
  /** As in `catalogId.ts`. */
  readonly id: string;
  readonly name: string;
  /** `Lambda`, `Hive`, `federated`, `table bucket`: what it is, for people. */
  readonly what: string;
  readonly description?: string;
}

/** Where catalogs are found; each is asked by itself, since each may be denied. */
export type CatalogListing = 'shared' | 'nested' | 'athena' | 's3tables';

/** The listings in the order in which they are shown, with what they list. */
export const catalogListings: readonly { readonly id: CatalogListing; readonly title: string }[] = [
  { id: 'shared', title: 'Shared by other accounts' },
  { id: 'nested', title: 'Glue catalogs' },
  { id: 'athena', title: 'Data catalogs of Athena' },
  { id: 's3tables', title: 'S3 table buckets' },
];

/** Finds catalogs. Every list pages; errors are Problems. */
export interface CatalogDirectory {
  catalogs(
    connection: Connection,
    request: { readonly listing: CatalogListing; readonly next?: string },
    signal: AbortSignal,
  ): Promise<Page<CatalogEntry>>;
  /** A data catalog of Athena by its name; a Problem of kind `missing` when there is none. */
  dataCatalog(
    connection: Connection,
    request: { readonly name: string },
    signal: AbortSignal,
  ): Promise<CatalogEntry>;
}
