import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isUnknown, plainOf, propertyOf, valueOf } from '../../../src/documents/data/access';
import { readYaml } from '../../../src/documents/data/yaml';

const cut = (text: string, node: { readonly start: number; readonly end: number } | undefined): string =>
  node === undefined ? '(none)' : text.slice(node.start, node.end);

function plain(text: string): unknown {
  const { root, problems } = readYaml(text);
  assert.deepEqual(problems, []);
  return root === undefined ? undefined : plainOf(root);
}

test('blocks, flows and scalars are plain data', () => {
  assert.deepEqual(
    plain(
      'a: 1\nb:\n  - x\n  - y: true\n    z: ~\nc: {d: "e", f: [1, 2]}\ng: |\n  one\n  two\nh: >-\n  three\n  four\n',
    ),
    { a: 1, b: ['x', { y: true, z: null }], c: { d: 'e', f: [1, 2] }, g: 'one\ntwo\n', h: 'three four' },
  );
});

test('every value and key has its exact place, behind a byte order mark, emoji and CRLF too', () => {
  const text = '\uFEFFname: 😀\r\nStates:\r\n  First: # here\r\n    "Type": \'Pass\'\r\n';
  const { root } = readYaml(text);
  assert.equal(cut(text, propertyOf(root, 'name')), 'name: 😀');
  assert.equal(cut(text, valueOf(root, 'States', 'First', 'Type')), "'Pass'");
  assert.equal(cut(text, propertyOf(valueOf(root, 'States', 'First'), 'Type')?.keySpan), '"Type"');
});

test('an alias is what it stands for, at its own place; merge keys are unfolded and overridden', () => {
  const text = 'base: &base\n  Retry: 3\n  Wait: 5\none:\n  <<: *base\n  Wait: 9\ntwo: *base\n';
  assert.deepEqual(plain(text), {
    base: { Retry: 3, Wait: 5 },
    one: { Wait: 9, Retry: 3 },
    two: { Retry: 3, Wait: 5 },
  });
  assert.equal(cut(text, valueOf(readYaml(text).root, 'two')), '*base');
});

test('an alias of what lies around it, or to nothing, and aliases by the million come to an end', () => {
  assert.deepEqual(
    plainOf(readYaml('a: &a [1, *a]').root ?? { kind: 'array', items: [], start: 0, end: 0 }),
    {
      a: [1, null],
    },
  );
  assert.equal(readYaml('a: *nobody').root?.kind, 'object');
  const levels = Array.from({ length: 12 }, (_, at) =>
    at === 0
      ? 'l0: &l0 [x]'
      : `l${at}: &l${at} [${Array(9)
          .fill(`*l${at - 1}`)
          .join(', ')}]`,
  );
  assert.match(readYaml(levels.join('\n')).problems[0]?.message ?? '', /aliases/);
});

test('tags of CloudFormation are the objects they are short for', () => {
  const text = 'a: !Ref Bucket\nb: !Sub "${X}-y"\nc: !GetAtt [A, Arn]\nd: !If [C, 1, !Ref N]\n';
  assert.deepEqual(plain(text), {
    a: { Ref: 'Bucket' },
    b: { 'Fn::Sub': '${X}-y' },
    c: { 'Fn::GetAtt': ['A', 'Arn'] },
    d: { 'Fn::If': ['C', 1, { Ref: 'N' }] },
  });
  const { root } = readYaml(text);
  assert.equal(cut(text, valueOf(root, 'a')), '!Ref Bucket');
  assert.ok(isUnknown(valueOf(root, 'a')) && isUnknown(valueOf(root, 'c')));
});

test('broken YAML is a problem and never an exception', () => {
  for (const text of [
    'a: [1, 2',
    'a: "x',
    'a: 1\n b: 2',
    '\tx: 1',
    'a: }',
    'a: \0',
    '%',
    '- a\nb: 1',
    '&',
    '*',
    '!',
  ]) {
    assert.doesNotThrow(() => readYaml(text), text);
  }
  assert.ok(readYaml('a: [1, 2').problems.length > 0);
  assert.equal(readYaml('').root, undefined);
  assert.doesNotThrow(() => readYaml('['.repeat(50_000)));
});

test('a key that stands twice is kept twice', () => {
  const { root, problems } = readYaml('a: 1\na: 2\n');
  assert.deepEqual(problems, []);
  assert.equal(root?.kind === 'object' ? root.properties.length : 0, 2);
});
