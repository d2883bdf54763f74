import type { CatalogReader } from '../catalog/catalog';
import type { Connection } from '../connection/connection';
import type { IdentityReader } from '../connection/identity';
import type { ObjectStore } from '../zones/objectStore';
import type { QueryEngine } from './queryEngine';

/** Everything of AWS that the product uses, for every connection. */
export interface LakePorts {
  readonly catalog: CatalogReader;
  readonly store: ObjectStore;
  readonly engine: QueryEngine;
  readonly identity: IdentityReader;
  /** Drops clients and credentials of a connection, so that a new sign-in is read. */
  forget(connection: Connection): void;
}
