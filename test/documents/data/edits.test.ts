import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits, type TextEdit } from '../../../src/base/text';
import { propertyOf, valueOf } from '../../../src/documents/data/access';
import {
  appendItem,
  insertProperty,
  removeItem,
  removeProperty,
  renameKey,
  replaceValue,
} from '../../../src/documents/data/edits';
import { readJson } from '../../../src/documents/data/json';
import type { DataArray, DataDocument, DataObject, DataProperty } from '../../../src/documents/data/node';
import { readYaml } from '../../../src/documents/data/yaml';

/** The text after edits; it must still be readable. */
function edited(data: DataDocument, edits: readonly TextEdit[]): string {
  const text = applyEdits(data.text, edits);
  const again = data.format === 'json' ? readJson(text) : readYaml(text);
  assert.deepEqual(again.problems, [], text);
  return text;
}

function object(data: DataDocument, ...path: readonly string[]): DataObject {
  const node = valueOf(data.root, ...path);
  assert.ok(node?.kind === 'object', path.join('.'));
  return node;
}

function array(data: DataDocument, ...path: readonly string[]): DataArray {
  const node = valueOf(data.root, ...path);
  assert.ok(node?.kind === 'array', path.join('.'));
  return node;
}

function property(data: DataDocument, ...path: readonly string[]): DataProperty {
  const found = propertyOf(valueOf(data.root, ...path.slice(0, -1)), path.at(-1) ?? '');
  assert.ok(found !== undefined, path.join('.'));
  return found;
}

test('a property is added on a line of its own where the others have one, and in the line where not', () => {
  const lines = readJson('{\n  "a": 1,\n  "b": 2\n}\n');
  assert.equal(
    edited(lines, insertProperty(lines, object(lines), { key: 'c', value: { x: 1, y: [2] } })),
    '{\n  "a": 1,\n  "b": 2,\n  "c": {\n    "x": 1,\n    "y": [2]\n  }\n}\n',
  );
  assert.equal(
    edited(
      lines,
      insertProperty(lines, object(lines), { key: 'c', value: 'x', after: property(lines, 'a') }),
    ),
    '{\n  "a": 1,\n  "c": "x",\n  "b": 2\n}\n',
  );
  const line = readJson('{"a": 1, "b": 2}');
  assert.equal(
    edited(line, insertProperty(line, object(line), { key: 'c', value: null })),
    '{"a": 1, "b": 2, "c": null}',
  );
  const empty = readJson('{ "a": {} }');
  assert.equal(
    edited(empty, insertProperty(empty, object(empty, 'a'), { key: 'b', value: true })),
    '{ "a": { "b": true } }',
  );
  const crlf = readJson('{\r\n\t"a": 1\r\n}');
  assert.equal(
    edited(crlf, insertProperty(crlf, object(crlf), { key: 'b', value: 2 })),
    '{\r\n\t"a": 1,\r\n\t"b": 2\r\n}',
  );
});

test('a property is removed with its comma, wherever it stands', () => {
  const data = readJson('{\n  "a": 1,\n  "b": 2,\n  "c": 3\n}');
  const without = (key: string): string =>
    edited(data, removeProperty(data, object(data), property(data, key)));
  assert.equal(without('a'), '{\n  "b": 2,\n  "c": 3\n}');
  assert.equal(without('b'), '{\n  "a": 1,\n  "c": 3\n}');
  assert.equal(without('c'), '{\n  "a": 1,\n  "b": 2\n}');
  const alone = readJson('{ "a": 1 }');
  assert.equal(edited(alone, removeProperty(alone, object(alone), property(alone, 'a'))), '{}');
});

test('items are added and removed with their commas', () => {
  const data = readJson('{ "list": [1, "x"], "none": [] }');
  assert.equal(
    edited(data, appendItem(data, array(data, 'list'), 'y')),
    '{ "list": [1, "x", "y"], "none": [] }',
  );
  assert.equal(
    edited(data, appendItem(data, array(data, 'none'), { a: 1 })),
    '{ "list": [1, "x"], "none": [{ "a": 1 }] }',
  );
  const list = array(data, 'list');
  const [first] = list.items;
  assert.ok(first !== undefined);
  assert.equal(edited(data, removeItem(data, list, first)), '{ "list": ["x"], "none": [] }');
});

test('keys and values are replaced as their format writes them', () => {
  const json = readJson('{ "Id": "x" }');
  assert.equal(
    edited(json, [
      ...renameKey(json, property(json, 'Id'), 'ID'),
      ...replaceValue(json, object(json).properties[0]?.value ?? object(json), 30),
    ]),
    '{ "ID": 30 }',
  );
  const yaml = readYaml('Id: x\nb: y\n');
  assert.equal(
    edited(yaml, [
      ...renameKey(yaml, property(yaml, 'Id'), 'ID'),
      ...replaceValue(yaml, property(yaml, 'b').value, '$.x: [1]'),
    ]),
    'ID: x\nb: "$.x: [1]"\n',
  );
});

test('YAML in lines: a property is added behind the last line of the one before', () => {
  const data = readYaml('a:\n  b: 1\n  c: |\n    text\nd: 2');
  assert.equal(
    edited(data, insertProperty(data, object(data, 'a'), { key: 'e', value: { f: ['x'] } })),
    'a:\n  b: 1\n  c: |\n    text\n  e: { f: [x] }\nd: 2',
  );
  assert.equal(
    edited(data, insertProperty(data, object(data), { key: 'g', value: 'true' })),
    'a:\n  b: 1\n  c: |\n    text\nd: 2\ng: "true"',
  );
  const items = readYaml('list:\n  - a: 1\n    b: 2\n  - a: 3\nrest: x\n');
  const [first] = array(items, 'list').items;
  assert.ok(first?.kind === 'object');
  assert.equal(
    edited(items, insertProperty(items, first, { key: 'c', value: 0 })),
    'list:\n  - a: 1\n    b: 2\n    c: 0\n  - a: 3\nrest: x\n',
  );
  assert.equal(
    edited(items, appendItem(items, array(items, 'list'), { a: 5 })),
    'list:\n  - a: 1\n    b: 2\n  - a: 3\n  - { a: 5 }\nrest: x\n',
  );
});

test('YAML in lines: what is removed takes its lines along, and a dash stays where it is', () => {
  const data = readYaml('a: 1 # one\nb:\n  c: 2\nd: 3\n');
  assert.equal(edited(data, removeProperty(data, object(data), property(data, 'a'))), 'b:\n  c: 2\nd: 3\n');
  assert.equal(edited(data, removeProperty(data, object(data), property(data, 'b'))), 'a: 1 # one\nd: 3\n');
  assert.equal(
    edited(data, removeProperty(data, object(data), property(data, 'd'))),
    'a: 1 # one\nb:\n  c: 2\n',
  );
  const inner = edited(data, removeProperty(data, object(data, 'b'), property(data, 'b', 'c')));
  assert.equal(inner, 'a: 1 # one\nb:\n  {}\nd: 3\n');
  const items = readYaml('list:\n  - a: 1\n    b: 2\n  - c: 3\n');
  const list = array(items, 'list');
  const [first, second] = list.items;
  assert.ok(first?.kind === 'object' && second !== undefined);
  const [a, b] = first.properties;
  assert.ok(a !== undefined && b !== undefined);
  assert.equal(edited(items, removeProperty(items, first, a)), 'list:\n  - b: 2\n  - c: 3\n');
  assert.equal(edited(items, removeProperty(items, first, b)), 'list:\n  - a: 1\n  - c: 3\n');
  assert.equal(edited(items, removeItem(items, list, first)), 'list:\n  - c: 3\n');
  assert.equal(edited(items, removeItem(items, list, second)), 'list:\n  - a: 1\n    b: 2\n');
});

test('YAML in brackets is edited as JSON is, without quotes it does not need', () => {
  const data = readYaml('a: { b: 1, c: [x] }\n');
  assert.equal(
    edited(data, insertProperty(data, object(data, 'a'), { key: 'd', value: 'z' })),
    'a: { b: 1, c: [x], d: z }\n',
  );
  assert.equal(
    edited(data, removeProperty(data, object(data, 'a'), property(data, 'a', 'b'))),
    'a: { c: [x] }\n',
  );
});
