import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TableVersion } from '../../src/catalog/tableDetails';
import { tableVersionsPage, versionDiffPage, versionLine } from '../../src/trees/catalogVersionsPage';
import { tableOf } from '../support/fakes';

const now = new Date('2024-03-15T12:00:00Z');
const at = (id: string, text: string, rest: Partial<TableVersion['table']> = {}): TableVersion => ({
  id,
  table: { ...tableOf(text), format: 'csv', updatedAt: new Date(`2024-03-0${id}T00:00:00Z`), ...rest },
  createdBy: 'role/etl',
});
const versions = [
  at('3', 'd.t(id bigint, officer string, amount double)', { parameters: { UPDATED_BY_CRAWLER: 'nightly' } }),
  at('2', 'd.t(id bigint, amount double)', { location: 's3://b/new|place/' }),
  at('1', 'd.t(id bigint, amount int)', { location: 's3://b/old/' }),
];

test('each version tells when it was written and what it changed in the one before', () => {
  const page = tableVersionsPage('d.t', versions, { hasMore: false, now });
  assert.match(page, /^# Versions of d\.t\n/);
  assert.match(
    page,
    /\| `3` \| 2024-03-03 00:00 UTC \(12 days ago\) · crawler nightly \| 3 \| .*\+ officer string/,
  );
  assert.match(
    page,
    /\| `2` \| .* · created by role\/etl \| 2 \| \\~ amount: int → double<br>\\~ location: s3:\/\/b\/old\/ → s3:\/\/b\/new\\\|place\//,
  );
  assert.match(page, /\| `1` \| .* \| 2 \| the oldest kept \|/);
  const cut = tableVersionsPage('d.t', versions.slice(0, 2), { hasMore: true, now });
  assert.match(cut, /compared with none \|\n\nThe newest 2 versions; Glue keeps older ones/);
});

test('two versions are compared with what the change does to files that are there', () => {
  const [after, , before] = versions;
  assert.ok(after !== undefined && before !== undefined);
  const page = versionDiffPage('d.t', { before, after }, now);
  assert.match(page, /^# d\.t: version 1 to 3\n\n- \*\*From\*\*: version 1, 2024-03-01/);
  assert.match(page, /## What that does to files written before\n\n- /);
  assert.match(page, /officer was added before others, and csv files are read by position/);
  assert.match(page, /```diff\n\+ officer string\n! amount: int → double\n/);
});

test('versions that differ in nothing say so, and many changes of one are counted', () => {
  const [version] = versions;
  assert.ok(version !== undefined);
  assert.match(
    versionDiffPage('d.t', { before: { ...version, id: '2' }, after: version }, now),
    /Both have the same columns/,
  );
  const wide = Array.from({ length: 12 }, (_, n) => `c${n} int`).join(', ');
  const page = tableVersionsPage('d.t', [at('2', `d.t(a int, ${wide})`), at('1', 'd.t(a int)')], {
    hasMore: false,
    now,
  });
  assert.match(page, /<br>and 4 more \|/);
  assert.equal(versionLine({ id: '1', table: tableOf('d.t(a int)') }, now), '');
});
