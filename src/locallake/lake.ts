import { mkdirSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { LakeEngine } from './engine/lakeEngine';
import { CallLog } from './faults/callLog';
import { Faults } from './faults/faults';
import { SlowQueries } from './faults/slowQueries';
import { SyntheticKeys } from './faults/synthetic';
import { SyntheticPartitions } from './faults/syntheticPartitions';
import { pipelineServices } from './jobs/pipelineServices';
import { seedDemoLake } from './seed/demoLake';
import { openLakeJournal } from './seed/startOver';
import { seedPipelines } from './seed/pipelines';
import { lakeServer } from './server';
import { region } from './service';
import { athenaService } from './services/athena';
import { AthenaQueries } from './services/athenaQueries';
import { glueService } from './services/glue';
import { s3Operations } from './services/s3';
import { finishRestores } from './services/s3Archive';
import { stsService } from './services/sts';
import { CatalogStore } from './store/catalogStore';
import { ObjectStore } from './store/objects';
import { SharedCatalogs } from './store/sharedCatalogs';

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
  const journal = openLakeJournal(root);
  const store = new ObjectStore(root, journal);
  const keys = new SyntheticKeys();
  const partitions = new SyntheticPartitions();
  const slow = new SlowQueries();
  const catalog = new CatalogStore(journal, partitions);
  const shared = new SharedCatalogs(journal);
  const isNew = !journal.all('lake').has('seed');
  if (isNew && seed !== 'empty')
    await seedDemoLake({ store, catalog, shared, journal }, { small: seed === 'small' });
  const engine = new LakeEngine({ root, catalog, store });
  const queries = new AthenaQueries({ engine, store, journal, slow });
  const pipelines = pipelineServices({
    store,
    catalog,
    journal,
    glue: glueService(catalog, shared),
    athena: athenaService({ engine, queries, catalog, shared, store, journal }),
  });
  if (!journal.all('lake').has('pipelines')) {
    if (seed !== 'empty') await seedPipelines(pipelines, { store, journal });
    journal.put('lake', 'pipelines', seed);
  }
  // The last line of all: without it the next start begins anew.
  if (isNew) journal.put('lake', 'seed', seed);
  const server = lakeServer({
    s3: s3Operations(store, keys),
    others: [...pipelines.services, stsService()],
    rest: pipelines.route,
    control: {
      faults: new Faults(),
      calls: new CallLog(),
      keys,
      partitions,
      slow,
      messages: pipelines.messages,
      finishRestores: () => finishRestores(store),
    },
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
      pipelines.close();
      queries.close();
      server.close();
      server.closeAllConnections();
      journal.close();
    },
  };
}
