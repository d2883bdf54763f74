import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSnapshotFiles } from '../../src/iceberg/manifests';
import { readMetadata, snapshotById } from '../../src/iceberg/metadata';
import { icebergFilesPage, icebergPage } from '../../src/iceberg/page';
import { fixtureReader, never, newestMetadata } from './fixture';

const metadata = await readMetadata(fixtureReader(), newestMetadata, never);

test('the page of an Iceberg table shows its facts, history and schemas', () => {
  const page = icebergPage('lake.loan_events', metadata);
  for (const expected of [
    '# lake.loan\\_events\n',
    '- **Partitioned by**: month(happened\\_on)',
    '- **Current snapshot**: 3189804724715525639\n- **Rows**: 143\n- **Data files**: 3\n- **Size**: 7.1 KB',
    '| 3189804724715525639 | overwrite | +53 −60 | +1 −1 | 143 | 7.1 KB | current, main |',
    '## Schema 1 (current)\n\n- added officer string\n',
    '| 1 | loan\\_id | long | not null |  |',
  ]) {
    assert.ok(page.includes(expected), `${expected}\n---\n${page}`);
  }
});

test('what a writer did not count is blank, not zero, and a table without data says so', () => {
  const [first] = metadata.snapshots;
  assert.ok(first !== undefined);
  const silent = icebergPage('t', {
    ...metadata,
    snapshots: [{ ...first, summary: {} }],
    log: [{ snapshotId: first.id, at: first.at }],
  });
  assert.match(silent, /\| append \| {2}\| {2}\| {2}\| {2}\| rolled back \|/);
  const { currentSnapshotId: _, ...rest } = metadata;
  assert.match(icebergPage('t', { ...rest, snapshots: [], log: [] }), /Snapshots\*\*: none yet/);
});

test('the files of a snapshot are listed by partition, and a first page says that there is more', async () => {
  const snapshot = snapshotById(metadata, metadata.currentSnapshotId ?? '');
  const all = await readSnapshotFiles(fixtureReader(), { metadata, snapshot }, never);
  const page = icebergFilesPage(snapshot, all);
  const partitions = [...page.matchAll(/^\| happened\\_on\\_month=(\S+) /gm)].map((match) => match[1]);
  assert.deepEqual(partitions, ['2024-01', '2024-02', '2024-03']);
  assert.match(page, /\| data \| parquet \| 53 \| 2\.5 KB \| added \|/);
  assert.match(
    icebergFilesPage(snapshot, { ...all, complete: false }),
    /The first 3 files; the snapshot has more/,
  );
});
