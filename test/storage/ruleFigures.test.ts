import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readJson } from '../../src/documents/data/json';
import { readLifecycle } from '../../src/documents/lifecycle/document';
import { effectsOn } from '../../src/documents/lifecycle/effects';
import type { LifecycleDocument } from '../../src/documents/lifecycle/model';
import { isStorageClass, storageClasses } from '../../src/documents/lifecycle/storageClasses';
import { trapWords } from '../../src/storage/figureWords';
import { cellTally, conditionsOf, type ObjectCells } from '../../src/storage/objectCells';
import { lifecycleFigures, type FigureSettings, type RuleFigures } from '../../src/storage/ruleFigures';
import { ruleLens } from '../../src/storage/ruleLens';
import { storagePrices } from '../../src/storage/storagePrices';
import type { StoredObject } from '../../src/zones/objectStore';

const gb = 2 ** 30;
const today = new Date('2026-11-25T12:00:00Z');
const settings: FigureSettings = { prices: storagePrices('us-east-1'), today, versioned: false };

function documentOf(...rules: readonly object[]): LifecycleDocument {
  return readLifecycle(readJson(JSON.stringify({ Rules: rules })));
}

function rule(id: string, prefix: string, actions: object): object {
  return { ID: id, Status: 'Enabled', Filter: { Prefix: prefix }, ...actions };
}

const move = (Days: number, StorageClass: string): object => ({ Transitions: [{ Days, StorageClass }] });

function object(key: string, ageDays: number, rest: Partial<StoredObject> = {}): StoredObject {
  const modifiedAt = new Date(today.getTime() - ageDays * 86_400_000 - 1000);
  return { key, bytes: gb, modifiedAt, ...rest };
}

function cellsOf(document: LifecycleDocument, objects: readonly StoredObject[]): ObjectCells {
  const sums = cellTally(conditionsOf(document), today);
  sums.add(objects);
  return sums.result();
}

function figuresOf(
  document: LifecycleDocument,
  objects: readonly StoredObject[],
  more: Partial<FigureSettings> = {},
): readonly RuleFigures[] {
  return lifecycleFigures(document, cellsOf(document, objects), { ...settings, ...more }).rules;
}

const near = (actual: number, expected: number): void =>
  assert.ok(Math.abs(actual - expected) < 1e-9, `${actual} is not ${expected}`);

test('what is due today and what comes of age later are told apart, with the month before and after', () => {
  const [figures] = figuresOf(documentOf(rule('tier', 'raw/', move(30, 'STANDARD_IA'))), [
    object('raw/a', 40),
    object('raw/b', 30),
    object('raw/c', 29),
    object('processed/d', 400),
  ]);
  assert.ok(figures);
  assert.deepEqual(figures.meets, { objects: 3, bytes: 3 * gb });
  assert.deepEqual(figures.now.moved, { objects: 2, bytes: 2 * gb });
  assert.deepEqual(figures.inTime.moved, { objects: 3, bytes: 3 * gb });
  near(figures.now.before, 2 * 0.023);
  near(figures.now.after, 2 * 0.0125);
  near(figures.now.moves, (2 * 0.01) / 1000);
  near(figures.inTime.before, 3 * 0.023);
  near(figures.now.early, 0);
});

test('a deletion costs nothing a month afterwards, except in a bucket that keeps versions', () => {
  const document = documentOf(rule('temp', 'temp/', { Expiration: { Days: 7 } }));
  const objects = [object('temp/a', 8), object('temp/b', 1)];
  const [figures] = figuresOf(document, objects);
  assert.deepEqual(figures?.now.deleted, { objects: 1, bytes: gb });
  near(figures.now.after, 0);
  near(figures.inTime.before, 2 * 0.023);
  const [kept] = figuresOf(document, objects, { versioned: true });
  near(kept?.now.after ?? 0, 0.023);
});

test('leaving a class before its minimum is reckoned by the days that are left', () => {
  const document = documentOf(
    rule('archive', 'a/', {
      Transitions: [{ Days: 10, StorageClass: 'GLACIER_IR' }],
      Expiration: { Days: 40 },
    }),
  );
  const [figures] = figuresOf(document, [object('a/1', 0)]);
  // 30 of 90 days are spent in the class: 60 days, two months of it, are billed on.
  near(figures?.inTime.early ?? 0, 0.004 * 2);
  assert.deepEqual(figures?.early, [{ objects: 1, bytes: gb, from: 'GLACIER_IR', days: 30, usd: 0.008 }]);
  assert.deepEqual(trapWords(figures), [
    '1 object, 1 GB: deleted after at most 30 days in Glacier Instant Retrieval, which bills 90: $0.008 for the rest.',
  ]);
  // What lies in the class already can have been there no longer than it exists.
  const [now] = figuresOf(documentOf(rule('out', '', { Expiration: { Days: 1 } })), [
    object('x', 60, { storageClass: 'DEEP_ARCHIVE' }),
  ]);
  near(now?.now.early ?? 0, (0.00099 * (1 + (32 * 1024) / gb) + (0.023 * 8 * 1024) / gb) * 4);
});

test('objects below 128 KB stay, unless the rule names a size: then they may cost more than before', () => {
  const small = object('raw/a', 50, { bytes: 1024 });
  const [plain] = figuresOf(documentOf(rule('ia', 'raw/', move(30, 'STANDARD_IA'))), [small]);
  assert.deepEqual(plain?.tooSmall, { objects: 1, bytes: 1024 });
  assert.equal(plain.now.moved.objects, 0);
  assert.match(trapWords(plain).join(), /each is below 128 KB and the rule names no size/);
  const sized = rule('ia', 'raw/', {
    ...move(30, 'STANDARD_IA'),
    Filter: { And: { Prefix: 'raw/', ObjectSizeGreaterThan: 1 } },
  });
  const [dear] = figuresOf(documentOf(sized), [small]);
  assert.equal(dear?.now.moved.objects, 1);
  near(dear.now.after, ((128 * 1024) / gb) * 0.0125); // billed as 128 KB
  assert.equal(dear.dearer.objects, 1);
  assert.match(trapWords(dear).join(), /<\$0\.001 more a month after the move/);
});

test('the monitoring of Intelligent-Tiering and the index of archives are in the month', () => {
  const document = documentOf(
    rule('it', 'it/', move(0, 'INTELLIGENT_TIERING')),
    rule('deep', 'deep/', move(0, 'DEEP_ARCHIVE')),
  );
  const [tiered, deep] = figuresOf(document, [object('it/a', 1), object('deep/a', 1)]);
  near(tiered?.now.after ?? 0, 0.023 + 0.0025 / 1000);
  near(deep?.now.after ?? 0, 0.00099 * (1 + (32 * 1024) / gb) + 0.023 * ((8 * 1024) / gb));
  assert.deepEqual(deep?.unreadable, { objects: 1, bytes: gb });
});

test('of rules that overlap each object counts once in all, for the rule that acts', () => {
  const document = documentOf(
    rule('cold', '', move(60, 'GLACIER')),
    rule('gone', 'raw/', { Expiration: { Days: 50 } }),
  );
  const cells = cellsOf(document, [object('raw/a', 70), object('b', 70)]);
  const { rules, now } = lifecycleFigures(document, cells, settings);
  assert.deepEqual(
    rules.map(({ now: due }) => [due.moved.objects, due.deleted.objects]),
    [
      [1, 0],
      [0, 1],
    ],
  );
  assert.deepEqual([now.moved.objects, now.deleted.objects], [1, 1]);
  near(now.before, 2 * 0.023);
});

test('tags are not in a listing: such a rule says at most, and acts on nothing', () => {
  const tagged = rule('tagged', '', {
    ...move(0, 'GLACIER'),
    Filter: { And: { Prefix: 'raw/', Tags: [{ Key: 'keep', Value: 'no' }] } },
  });
  const [figures] = figuresOf(documentOf(tagged), [object('raw/a', 3), object('b', 3)]);
  assert.equal(figures?.state, 'tagged');
  assert.deepEqual(figures.meets, { objects: 1, bytes: gb });
  assert.equal(figures.now.moved.objects, 0);
  assert.equal(ruleLens(figures, 'basis').title, 'At most 1 object, 1 GB: tags are not in a listing');
});

test('a disabled rule catches nothing and says what its filter meets; enabling it needs no new listing', () => {
  const on = documentOf(rule('tier', 'raw/', move(1, 'STANDARD_IA')));
  const off = documentOf({ ...rule('tier', 'raw/', move(1, 'STANDARD_IA')), Status: 'Disabled' });
  const cells = cellsOf(off, [object('raw/a', 3)]);
  const [figures] = lifecycleFigures(off, cells, settings).rules;
  assert.equal(ruleLens(figures ?? assert.fail(), '').title, 'Disabled; its filter meets 1 object, 1 GB');
  assert.equal(lifecycleFigures(on, cells, settings).rules[0]?.now.moved.objects, 1);
});

test('a lens says what is due now, else what comes in time', () => {
  const document = documentOf(
    rule('tier', 'raw/', move(30, 'STANDARD_IA')),
    rule('abort', '', { AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } }),
    rule('none', 'nothing/', { Expiration: { Days: 7 } }),
  );
  const titles = (age: number): readonly string[] =>
    figuresOf(document, [object('raw/a', age, { bytes: 1000 * gb })]).map(
      (one) => ruleLens(one, 'basis').title,
    );
  assert.deepEqual(titles(40), [
    'Now moves 1 object, 1,000 GB: $23.00 → $12.50 a month, <$0.001 once',
    'Acts on nothing that a listing of objects shows',
    'Catches nothing of 0 objects, 0 B',
  ]);
  assert.equal(titles(1)[0], 'Nothing now; in time 1,000 GB: $23.00 → $12.50 a month, <$0.001 once');
});

test('classes that are not known here are counted and left alone', () => {
  const document = documentOf(rule('gone', '', { Expiration: { Days: 1 } }));
  const cells = cellsOf(document, [object('a', 9, { storageClass: 'REDUCED_REDUNDANCY' })]);
  const figures = lifecycleFigures(document, cells, settings);
  assert.deepEqual(figures.otherClasses, { objects: 1, bytes: gb });
  assert.equal(figures.now.deleted.objects, 0);
});

test('prices of another region are told as unknown, and the user may give them', () => {
  assert.equal(
    storagePrices('us-east-1').basis,
    'Prices: list prices of us-east-1 (November 2025), first 50 TB, without reading.',
  );
  const { basis, usdPerGbMonth } = storagePrices('eu-central-1', { STANDARD: 0.0245, GLACIER: 'free', X: 1 });
  assert.equal(usdPerGbMonth.STANDARD, 0.0245);
  assert.equal(usdPerGbMonth.GLACIER, 0.0036);
  assert.equal(
    basis,
    'Prices of Standard from lakeWorkbench.storage.prices, the others from the list prices of us-east-1 (November 2025), first 50 TB, without reading; the prices of eu-central-1 are not known here and differ: lakeWorkbench.storage.prices takes them.',
  );
});

test('cells come to the same as looking at each object alone, for hundreds of made-up lakes', () => {
  let seed = 20_261_125;
  const random = (below: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((seed / 2_147_483_648) * below);
  };
  const pick = <T>(items: readonly T[]): T => items[random(items.length)] ?? assert.fail();
  const classes = Object.keys(storageClasses).filter(isStorageClass);
  for (let lake = 0; lake < 300; lake += 1) {
    const rules = Array.from({ length: 1 + random(4) }, (_, at) => {
      const size = pick([{}, {}, { ObjectSizeGreaterThan: 1000 }, { ObjectSizeLessThan: 500_000 }]);
      const days = 30 + random(400);
      return {
        ID: `r${at}`,
        Status: pick(['Enabled', 'Enabled', 'Disabled']),
        Filter: { And: { Prefix: pick(['', 'a/', 'a/b', 'c/']), ...size } },
        ...(random(2) === 0 ? {} : { Transitions: [{ Days: days, StorageClass: pick(classes.slice(1)) }] }),
        ...(random(3) === 0
          ? { Expiration: pick([{ Days: days + random(300) }, { Date: '2026-12-01T00:00:00Z' }]) }
          : {}),
      };
    });
    const text = { Rules: rules, TransitionDefaultMinimumObjectSize: pick(['varies_by_storage_class', 'x']) };
    const document = readLifecycle(readJson(JSON.stringify(text)));
    const objects = Array.from({ length: 40 }, (_, at) =>
      object(`${pick(['a/', 'a/b', 'c/', 'd/'])}${at}`, random(900), {
        bytes: pick([10, 200_000, 600_000]),
        storageClass: pick(classes),
      }),
    );
    const versioned = random(2) === 0;
    const { now, inTime } = lifecycleFigures(document, cellsOf(document, objects), {
      ...settings,
      versioned,
    });
    const alone = { now: { moved: 0, deleted: 0 }, inTime: { moved: 0, deleted: 0 } };
    for (const { key, bytes, modifiedAt, storageClass } of objects) {
      const ageDays = Math.floor((today.getTime() - (modifiedAt ?? today).getTime()) / 86_400_000);
      assert.ok(isStorageClass(storageClass));
      const { transitions, expiration } = effectsOn(
        document,
        { key, bytes, ageDays, storageClass },
        { today, versioned },
      );
      const due = transitions.some(({ day }) => day <= ageDays);
      if (expiration !== undefined) alone.inTime.deleted += 1;
      else if (transitions.length > 0) alone.inTime.moved += 1;
      if (expiration !== undefined && expiration.day <= ageDays) alone.now.deleted += 1;
      else if (due) alone.now.moved += 1;
    }
    const counts = { now: countsOf(now), inTime: countsOf(inTime) };
    assert.deepEqual(counts, alone, JSON.stringify(text));
  }
});

function countsOf({ moved, deleted }: RuleFigures['now']): object {
  return { moved: moved.objects, deleted: deleted.objects };
}
