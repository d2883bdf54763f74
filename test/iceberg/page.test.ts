import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSnapshotFiles } from '../../src/iceberg/manifests';
import { readMetadata, snapshotById } from '../../src/iceberg/metadata';
import { icebergFilesPage } from '../../src/iceberg/filesPage';
import { icebergPage } from '../../src/iceberg/page';
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

test('branches and tags, partition specs and earlier metadata files stand on the page', () => {
  const [oldest] = metadata.snapshots;
  assert.ok(oldest !== undefined);
  const page = icebergPage('t', {
    ...metadata,
    refs: [
      { name: 'main', snapshotId: metadata.currentSnapshotId ?? '', kind: 'branch' },
      { name: 'audit_2024', snapshotId: oldest.id, kind: 'tag' },
      { name: 'gone', snapshotId: '17', kind: 'tag' },
    ],
    specs: [{ id: 0, fields: [] }, ...metadata.specs.map((spec) => ({ ...spec, id: 1 }))],
    defaultSpecId: 1,
  });
  assert.match(page, new RegExp(`\\| audit\\\\_2024 \\| tag \\| ${oldest.id} \\| 20\\d\\d-`));
  assert.match(page, /\| gone \| tag \| 17 \| expired \| {2}\|/);
  assert.match(page, /\| 1 \| month\(happened\\_on\) \| happened\\_on\\_month \| for new files \|/);
  assert.match(page, /\| 0 \| not partitioned \| {2}\| for files written before \|/);
  assert.match(page, /## Earlier metadata files\n\n\| Until \| File \|/);
});

test('the files of a snapshot are summed up and listed by partition, and a first page says that there is more', async () => {
  const snapshot = snapshotById(metadata, metadata.currentSnapshotId ?? '');
  const all = await readSnapshotFiles(fixtureReader(), { metadata, snapshot }, never);
  const page = icebergFilesPage('lake.loan_events', snapshot, all);
  assert.match(page, /^# Files of lake\.loan\\_events, snapshot 3189804724715525639\n/);
  assert.match(page, /- \*\*Data files\*\*: 3, 7\.1 KB, 143 rows\n- \*\*Small files\*\*: 3 under 1 MB/);
  assert.match(page, /## By partition[\s\S]*\| happened\\_on\\_month=2024-03 \| 1 \| 50 \| 2\.6 KB \|/);
  const listed = page.slice(page.indexOf('## Files\n'));
  const partitions = [...listed.matchAll(/^\| happened\\_on\\_month=(\S+) /gm)].map((match) => match[1]);
  assert.deepEqual(partitions, ['2024-01', '2024-02', '2024-03']);
  assert.match(listed, /\| data \| parquet \| 53 \| 2\.5 KB \| added \|/);
  const first = icebergFilesPage('t', snapshot, { ...all, complete: false });
  assert.match(first, /Data files\*\*: at least 3/);
  assert.match(first, /the first 3 files were read; the snapshot has more/);
});
