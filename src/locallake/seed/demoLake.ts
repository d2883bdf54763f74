import { openSession } from '../engine/session';
import type { CatalogStore } from '../store/catalogStore';
import type { Journal } from '../store/journal';
import type { ObjectStore } from '../store/objects';
import type { SharedCatalogs } from '../store/sharedCatalogs';
import { seedHousekeeping } from './housekeeping';
import { seedIceberg } from './iceberg';
import { seedPartner } from './partner';
import { seedPermissions } from './permissions';
import { seedReference } from './reference';
import { seedRaw } from './raw';
import { demoDatabase, lakeBucket, resultsBucket, seedWriter } from './seedWriter';
import { seedTransactions } from './transactions';

/** Fills an empty lake with the demo bank: the same bytes every time. */
export async function seedDemoLake(
  {
    store,
    catalog,
    shared,
    journal,
  }: {
    readonly store: ObjectStore;
    readonly catalog: CatalogStore;
    readonly shared: SharedCatalogs;
    readonly journal: Journal;
  },
  { small }: { readonly small: boolean },
): Promise<void> {
  store.createBucket(lakeBucket);
  store.createBucket(resultsBucket);
  catalog.createDatabase({ Name: 'default', Description: 'Default Hive database' });
  catalog.createDatabase({
    Name: demoDatabase,
    Description: 'The data of the bank: cleaned and business-ready tables',
    LocationUri: `s3://${lakeBucket}/processed/`,
  });
  const session = await openSession();
  try {
    const writer = seedWriter({ session, store, catalog, small });
    await seedTransactions(writer);
    await seedReference(writer);
    seedRaw(writer);
    seedIceberg(writer);
    seedHousekeeping(store);
    seedPartner(shared, journal);
    seedPermissions(journal);
  } finally {
    session.close();
  }
}
