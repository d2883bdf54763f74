import { mkdirSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { LakeEngine } from './engine/lakeEngine';
import { CallLog } from './faults/callLog';
import { Faults } from './faults/faults';
import { SyntheticKeys } from './faults/synthetic';
import { SyntheticPartitions } from './faults/syntheticPartitions';
import { seedDemoLake } from './seed/demoLake';
import { lakeServer } from './server';
import { region } from './service';
import { athenaService } from './services/athena';
import { AthenaQueries } from './services/athenaQueries';
import { glueService } from './services/glue';
import { bucketOperations } from './services/s3Buckets';
import { objectOperations } from './services/s3Objects';
import { stsService } from './services/sts';
import { CatalogStore } from './store/catalogStore';
import { openJournal } from './store/journal';
import { ObjectStore } from './store/objects';

/** What a client needs to use the lake. */
export interface LakeAccess {
  readonly endpoint: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** A lake that serves on 127.0.0.1. */
export interface RunningLake {
  readonly access: LakeAccess;
  /** Stops running queries and the server. */
  close(): void;
}

/** Opens the lake kept in a folder, filling it first when it is new, and serves it; port 0 takes a free one. */
export async function startLake({
  root,
  port,
  seed,
}: {
  readonly root: string;
  readonly port: number;
  readonly seed: 'demo' | 'small' | 'empty';
}): Promise<RunningLake> {
  mkdirSync(root, { recursive: true });
  const journal = openJournal(join(root, '.lake'));
  const store = new ObjectStore(root, journal);
  const keys = new SyntheticKeys();
  const partitions = new SyntheticPartitions();
  const catalog = new CatalogStore(journal, partitions);
  if (!journal.all('lake').has('seed')) {
    if (seed !== 'empty') await seedDemoLake({ store, catalog }, { small: seed === 'small' });
    journal.put('lake', 'seed', seed);
  }
  const engine = new LakeEngine({ root, catalog, store });
  const queries = new AthenaQueries({ engine, store, journal });
  const server = lakeServer({
    s3: [...bucketOperations(store, keys), ...objectOperations(store)],
    others: [glueService(catalog), athenaService({ engine, queries, catalog, store, journal }), stsService()],
    control: { faults: new Faults(), calls: new CallLog(), keys, partitions },
  });
  await new Promise<void>((ready, failed) => server.once('error', failed).listen(port, '127.0.0.1', ready));
  const address = server.address() as AddressInfo;
  return {
    access: {
      endpoint: `http://127.0.0.1:${address.port}`,
      region,
      accessKeyId: 'AKIALOCALLAKE0000000',
      secretAccessKey: 'local-lake-secret',
    },
    close: () => {
      queries.close();
      server.close();
      server.closeAllConnections();
      journal.close();
    },
  };
}
