import assert from 'node:assert/strict';
import { mkdtempSync, cpSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import * as Glue from '@aws-sdk/client-glue';
import { paginateListObjectsV2 } from '@aws-sdk/client-s3';
import { startLake, type TestLake } from '../support/localLake';
import { clientsOf } from './clients';

describe('a lake whose filling was killed', () => {
  let folder: string;
  let whole: readonly string[];
  let journal: Buffer;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'lake-killed-'));
    const lake = await startLake({ root: join(folder, 'whole') });
    whole = await contentOf(lake);
    await lake.kill('SIGKILL');
    journal = readFileSync(join(folder, 'whole', '.lake', 'state.jsonl'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  // Each change is one line of the journal, and the files are there before their lines: so a kill leaves a journal
  // that ends early, perhaps within a line, beside at most the files of the whole lake.
  for (const [what, share] of [
    ['at its first line', 0.0001],
    ['in the middle', 0.5],
    ['just before its end', 0.9999],
  ] as const) {
    test(`is filled anew by the next start: killed ${what}`, async () => {
      const root = join(folder, String(share));
      cpSync(join(folder, 'whole'), root, { recursive: true });
      truncateSync(join(root, '.lake', 'state.jsonl'), Math.max(1, Math.floor(journal.length * share)));
      const lake = await startLake({ root });
      try {
        assert.deepEqual(await contentOf(lake), whole);
      } finally {
        await lake.stop();
      }
    });
  }

  test('a lake that was filled is kept as it is', async () => {
    const lake = await startLake({ root: join(folder, 'whole') });
    try {
      await clientsOf(lake).glue.send(
        new Glue.DeleteTableCommand({ DatabaseName: 'centralbank_data', Name: 'customers' }),
      );
      await lake.kill('SIGKILL');
    } finally {
      await lake.stop();
    }
    const again = await startLake({ root: join(folder, 'whole') });
    try {
      assert.ok(!(await contentOf(again)).includes('table customers'));
    } finally {
      await again.stop();
    }
  });
});

/** Everything there is, in words: objects with their hashes, tables with the number of their partitions, jobs. */
async function contentOf(lake: TestLake): Promise<readonly string[]> {
  const { s3, glue } = clientsOf(lake);
  const found: string[] = [];
  for await (const { Contents } of paginateListObjectsV2({ client: s3 }, { Bucket: 'centralbank-data-lake' }))
    found.push(...(Contents ?? []).map(({ Key, ETag }) => `object ${Key ?? ''} ${ETag ?? ''}`));
  const DatabaseName = 'centralbank_data';
  const { TableList } = await glue.send(new Glue.GetTablesCommand({ DatabaseName }));
  for (const { Name = '' } of TableList ?? []) {
    found.push(`table ${Name}`);
    for await (const { Partitions } of Glue.paginateGetPartitions(
      { client: glue },
      { DatabaseName, TableName: Name },
    ))
      found.push(...(Partitions ?? []).map(({ Values }) => `partition ${Name} ${Values?.join('/') ?? ''}`));
  }
  const { Jobs } = await glue.send(new Glue.GetJobsCommand({}));
  return [...found, ...(Jobs ?? []).map(({ Name }) => `job ${Name ?? ''}`)];
}
