import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Memento } from 'vscode';
import { statisticsFiles } from '../../../src/ui/zones/statisticsFiles';
import { ZonesMemory } from '../../../src/ui/zones/zonesMemory';
import type { KeptStatistics } from '../../../src/zones/keptStatistics';
import { connection } from '../../support/fakes';

const elsewhere = { ...connection, region: 'us-east-1' };

/** What VS Code keeps as JSON between two windows. */
function memento(): Memento {
  const values = new Map<string, string>();
  const read = (key: string): unknown => {
    const text = values.get(key);
    return text === undefined ? undefined : (JSON.parse(text) as unknown);
  };
  return {
    keys: () => [...values.keys()],
    get: <T>(key: string, fallback?: T) => (read(key) ?? fallback) as T,
    update: async (key, value) => {
      values.set(key, JSON.stringify(value));
    },
  };
}
const memory = () => new ZonesMemory({ global: memento(), workspace: memento() });

function counted(prefix: string, at: number, objects = 5): KeptStatistics {
  return {
    place: { bucket: 'b', prefix },
    at: new Date(at),
    statistics: {
      objects,
      bytes: 10,
      small: 1,
      smallBytes: 2 ** 20,
      sizes: [],
      formats: {},
      storageClasses: {},
      partitions: [],
      largest: [],
      newest: new Date(at - 1000),
      cost: { requests: 1, usd: 0.000005 },
    },
  };
}

test('favourites are kept for each connection, and a second time takes one away', async () => {
  const kept = memory();
  const folder = { bucket: 'b', key: 'raw/x/' };
  const object = { bucket: 'b', key: 'raw/x/', kind: 'object' as const };
  assert.equal(await kept.toggleFavourite(connection, folder), true);
  assert.equal(
    await kept.toggleFavourite(connection, object),
    true,
    'an object of a folder’s key is another',
  );
  assert.equal(await kept.toggleFavourite(elsewhere, folder), true);
  assert.deepEqual(kept.favourites(connection), [folder, object]);
  assert.equal(await kept.toggleFavourite(connection, folder), false);
  assert.deepEqual(kept.favourites(connection), [object]);
  assert.deepEqual(kept.favourites(elsewhere), [folder]);
});

test('opened places stand newest first, once each, a dozen at most', async () => {
  const kept = memory();
  for (let index = 0; index < 20; index += 1) await kept.open(connection, { bucket: 'b', key: `${index}/` });
  await kept.open(connection, { bucket: 'b', key: '15/' });
  const opened = kept.opened(connection).map(({ key }) => key);
  assert.equal(opened.length, 12);
  assert.deepEqual(opened.slice(0, 3), ['15/', '19/', '18/']);
  await kept.clearOpened(connection);
  assert.deepEqual(kept.opened(connection), []);
});

test('figures are kept for each place and connection with their moment, and the oldest give way', async () => {
  const kept = memory();
  await kept.remember(connection, counted('raw/', 1_000_000));
  const summary = kept.summary(connection, { bucket: 'b', prefix: 'raw/' });
  assert.deepEqual(summary, {
    at: new Date(1_000_000),
    objects: 5,
    bytes: 10,
    small: 1,
    smallBytes: 2 ** 20,
    formats: [],
    partitionKeys: [],
  });
  assert.equal(kept.summary(elsewhere, { bucket: 'b', prefix: 'raw/' }), undefined);
  assert.equal(kept.summary(connection, { bucket: 'b', prefix: 'raw' }), undefined);
  for (let index = 0; index < 500; index += 1)
    await kept.remember(connection, counted(`p${index}/`, 2_000_000 + index));
  assert.equal(kept.summary(connection, { bucket: 'b', prefix: 'raw/' }), undefined);
  assert.equal(kept.summary(connection, { bucket: 'b', prefix: 'p0/' })?.objects, 5);
});

test('statistics are kept in a file a place, and one that is damaged or not there is counted anew', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lake-statistics-'));
  const deep = join(folder, 'made', 'at', 'first');
  try {
    const files = statisticsFiles(deep);
    const place = { bucket: 'b', prefix: `raw/${'ü/'.repeat(300)}` };
    assert.equal(await files.read(connection, place), undefined);
    const first = { ...counted('', 1_000_000), place };
    await files.write(connection, first);
    await files.write(elsewhere, { ...counted('', 1_000_000, 9), place });
    assert.deepEqual(await files.read(connection, place), first);
    assert.equal((await files.read(elsewhere, place))?.statistics.objects, 9);
    const kept = readdirSync(deep);
    assert.equal(kept.length, 2, 'no half-written file stays');
    for (const name of kept) writeFileSync(join(deep, name), '{"version":1,"pla');
    assert.equal(await files.read(connection, place), undefined);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
