import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plainOf, propertyOf, valueOf } from '../../../src/documents/data/access';
import { readJson } from '../../../src/documents/data/json';
import type { DataNode } from '../../../src/documents/data/node';

const cut = (text: string, node: { readonly start: number; readonly end: number } | undefined): string =>
  node === undefined ? '(none)' : text.slice(node.start, node.end);

test('JSON is read as JSON.parse reads it', () => {
  const texts = [
    '{"a":[1,-2.5e3,true,false,null,"x\\n\\u00e9\\ud83d\\ude00"],"b":{"c":{}},"d":[]}',
    ' [ ] ',
    '"alone"',
    '0',
    'null',
    '{ "": "\\/\\b\\f\\r\\t\\"\\\\" }',
  ];
  for (const text of texts) {
    const { root, problems } = readJson(text);
    assert.deepEqual(problems, []);
    assert.ok(root !== undefined);
    assert.deepEqual(plainOf(root), JSON.parse(text));
  }
});

test('every value and key has its exact place, behind a byte order mark, emoji and CRLF too', () => {
  const text = '\uFEFF{\r\n  "😀": "a",\r\n  "Days" : 20, "List": [ 1 , "x" ]\r\n}';
  const { root } = readJson(text);
  assert.equal(cut(text, root), text.slice(1));
  assert.equal(cut(text, propertyOf(root, 'Days')), '"Days" : 20');
  assert.equal(cut(text, propertyOf(root, 'Days')?.keySpan), '"Days"');
  assert.equal(cut(text, valueOf(root, '😀')), '"a"');
  const list = valueOf(root, 'List');
  assert.ok(list?.kind === 'array');
  assert.deepEqual(
    list.items.map((item) => cut(text, item)),
    ['1', '"x"'],
  );
});

test('a key that stands twice is kept twice, and the last one counts', () => {
  const { root, problems } = readJson('{"a": 1, "a": 2}');
  assert.deepEqual(problems, []);
  assert.equal(root?.kind === 'object' ? root.properties.length : 0, 2);
  assert.deepEqual(root === undefined ? undefined : plainOf(root), { a: 2 });
});

test('what is broken is a problem at its place, and the rest is kept', () => {
  const cases: readonly (readonly [text: string, marked: string, kept: unknown])[] = [
    ['{"a": 1,}', ',', { a: 1 }],
    ['{"a": 1 "b": 2}', '"b"', { a: 1, b: 2 }],
    ['{"a": 1', '', { a: 1 }],
    ['{"a": [1, 2}', '}', { a: [1, 2] }],
    ['{"a": , "b": 2}', ',', { b: 2 }],
    ['{"a" 1, "b": 2}', '"a"', { b: 2 }],
    ['{\'a\': 1, "b": 2}', "'a'", { b: 2 }],
    ['{"a": True, "b": 2}', 'True', { b: 2 }],
    ['{"a": 01}', '01', {}],
    ['// why\n{"a": 1}', '// why', { a: 1 }],
    ['{"a": "x\n}', '"x', { a: 'x' }],
    ['{"a": "\\x"}', '"\\x"', { a: '\\x' }],
    ['{"a": 1} {"b": 2}', '{', { a: 1 }],
    ['{"a": \0, "b": 2}', '\0', { b: 2 }],
    ['{"a"::1}', ':', {}],
  ];
  for (const [text, marked, kept] of cases) {
    const { root, problems } = readJson(text);
    assert.ok(problems.length > 0, text);
    assert.equal(cut(text, problems[0]), marked, text);
    assert.deepEqual(root === undefined ? undefined : plainOf(root), kept, text);
  }
});

test('an empty text has no value and no problem', () => {
  for (const text of ['', ' \n', '\uFEFF']) {
    assert.deepEqual(readJson(text), { text, format: 'json', root: undefined, problems: [] });
  }
});

test('values that lie very deep, and a megabyte in one line, are read in time', () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  assert.match(readJson(deep).problems[0]?.message ?? '', /deep/);
  assert.match(readJson('{"a":'.repeat(100_000)).problems[0]?.message ?? '', /deep/);
  const wide = `[${'"x",'.repeat(250_000)}1]`;
  const { root } = readJson(wide);
  assert.equal(root?.kind === 'array' ? root.items.length : 0, 250_001);
});

test('no text makes it throw, and no node lies outside the one around it', () => {
  const parts = [
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"a"',
    '"',
    '1',
    'tru',
    '\\',
    '\n',
    '//',
    '/*',
    '\0',
    '\uFEFF',
  ];
  let seed = 20261125;
  const random = (below: number): number => {
    seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
    return seed % below;
  };
  for (let round = 0; round < 5000; round++) {
    const text = Array.from({ length: random(20) }, () => parts[random(parts.length)] ?? '').join('');
    const { root } = readJson(text);
    if (root !== undefined) assertNested(root, 0, text.length);
  }
});

function assertNested(node: DataNode, from: number, to: number): void {
  assert.ok(node.start >= from && node.end <= to && node.start <= node.end);
  if (node.kind === 'array') for (const item of node.items) assertNested(item, node.start, node.end);
  if (node.kind !== 'object') return;
  for (const property of node.properties) {
    assert.ok(property.keySpan.end <= property.value.start);
    assertNested(property.value, property.start, property.end);
  }
}
