import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openJournal } from '../../../src/locallake/store/journal';
import { pathOfKey } from '../../../src/locallake/store/keyPath';

test('what was put is there after a torn last line, and the file is made whole', () => {
  const folder = mkdtempSync(join(tmpdir(), 'journal-'));
  try {
    const first = openJournal(folder);
    first.put('table', 'a', { n: 1 });
    first.put('table', 'b', { n: 2 });
    first.remove('table', 'a');
    first.close();
    appendFileSync(join(folder, 'state.jsonl'), '["table","c",{"n":');
    const second = openJournal(folder);
    assert.deepEqual([...second.all('table')], [['b', { n: 2 }]]);
    second.put('table', 'd', { n: 4 });
    second.close();
    const lines = readFileSync(join(folder, 'state.jsonl'), 'utf8').trimEnd().split('\n');
    assert.deepEqual(
      lines.map((line) => JSON.parse(line) as unknown),
      [
        ['table', 'b', { n: 2 }],
        ['table', 'd', { n: 4 }],
      ],
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('no key leaves the folder of its bucket, and no two share a path', () => {
  const keys = [
    '..',
    '../x',
    '.',
    'a/./b',
    'a/../../b',
    'A',
    'a',
    'a/',
    '/',
    '//',
    'con:x',
    'x%e',
    '%e',
    '%E',
    'a.b/c',
    'a.b',
    'é',
    'x.',
  ];
  const paths = keys.map(pathOfKey);
  assert.equal(new Set(paths.map((path) => path.toLowerCase())).size, keys.length);
  for (const path of paths)
    assert.ok(!path.split('/').some((part) => part === '..' || part === '.' || part === ''), path);
});
