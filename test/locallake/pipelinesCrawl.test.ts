import assert from 'node:assert/strict';
import { test } from 'node:test';
import { globTest } from '../../src/locallake/crawl/glob';
import { hiveType } from '../../src/locallake/crawl/hiveType';
import type { FoundSchema } from '../../src/locallake/crawl/infer';
import { type CrawledFile, tablesIn } from '../../src/locallake/crawl/layout';

const globs: readonly (readonly [pattern: string, path: string, matches: boolean])[] = [
  ['*.csv', 'a.csv', true],
  ['*.csv', 'x/a.csv', false],
  ['**.csv', 'x/a.csv', true],
  ['**/_temporary/**', 'x/_temporary/0/a', true],
  ['year=2024/**', 'year=2023/a', false],
  ['a?.csv', 'ab.csv', true],
  ['a?.csv', 'a/.csv', false],
  ['[a-c]*', 'b1', true],
  ['[!a-c]*', 'b1', false],
  ['{x,y}/*.json', 'y/1.json', true],
  ['{x,y}/*.json', 'z/1.json', false],
  ['a.b', 'axb', false],
  ['\\*', '*', true],
  ['\\*', 'a', false],
];
for (const [pattern, path, matches] of globs) {
  test(`the exclusion ${pattern} ${matches ? 'fits' : 'does not fit'} ${path}`, () => {
    assert.equal(globTest([pattern])(path), matches);
  });
}

const types: readonly (readonly [duck: string, hive: string])[] = [
  ['BIGINT', 'bigint'],
  ['DECIMAL(18,2)', 'decimal(18,2)'],
  ['VARCHAR[]', 'array<string>'],
  ['STRUCT("Name" VARCHAR, n INTEGER[])', 'struct<name:string,n:array<int>>'],
  ['STRUCT(a STRUCT(b DECIMAL(4,1)))[]', 'array<struct<a:struct<b:decimal(4,1)>>>'],
  ['MAP(VARCHAR, DOUBLE)', 'map<string,double>'],
  ['TIMESTAMP WITH TIME ZONE', 'timestamp'],
  ['UUID', 'string'],
];
for (const [duck, hive] of types) {
  test(`${duck} is ${hive} in the catalog`, () => {
    assert.equal(hiveType(duck), hive);
  });
}

const csv: FoundSchema = {
  format: 'csv',
  columns: ['a', 'b', 'c'].map((name) => ({ name, type: 'string' })),
};
const other: FoundSchema = { format: 'csv', columns: [{ name: 'z', type: 'string' }] };
const file = (path: string, schema = csv): CrawledFile => ({
  key: path,
  folders: path.split('/').slice(0, -1),
  size: 1,
  schema,
});
const tables = (...files: readonly CrawledFile[]) =>
  tablesIn(files).map(({ root, keys, partitions, astray }) => ({
    root: root.join('/'),
    keys,
    values: partitions.map(({ values }) => values.join('/')),
    astray: astray.map(({ key }) => key),
  }));

test('folders with keys are the partitions of one table, with their values decoded', () => {
  assert.deepEqual(tables(file('Year=2024/m=a%20b/1.csv'), file('Year=2024/m=c%3Dd/1.csv')), [
    { root: '', keys: ['year', 'm'], values: ['2024/a b', '2024/c=d'], astray: [] },
  ]);
});

test('folders without keys and of like columns are partitions without names', () => {
  assert.deepEqual(tables(file('x/1.csv'), file('y/1.csv')), [
    { root: '', keys: ['partition_0'], values: ['x', 'y'], astray: [] },
  ]);
});

test('folders of unlike columns are tables of their own', () => {
  assert.deepEqual(tables(file('x/1.csv'), file('y/d=1/1.csv', other)), [
    { root: 'x', keys: [], values: [], astray: [] },
    { root: 'y', keys: ['d'], values: ['1'], astray: [] },
  ]);
});

test('a file at another depth belongs to no partition', () => {
  assert.deepEqual(tables(file('d=1/1.csv'), file('d=2/1.csv'), file('d=2/e=1/1.csv')), [
    { root: '', keys: ['d'], values: ['1', '2'], astray: ['d=2/e=1/1.csv'] },
  ]);
});
