import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Dialect, Node } from '../../src/sql/ast';
import { parseStatement } from '../../src/sql/parse';
import { childrenOf, walk } from '../../src/sql/walk';
import { random } from '../fuzz/random';
import { validStatement } from '../fuzz/sqlGrammar';
import { athenaDdl } from './corpus/athenaDdl';
import { athenaQueries } from './corpus/athenaQueries';
import { redshiftDdl } from './corpus/redshiftDdl';
import { redshiftQueries } from './corpus/redshiftQueries';

const chance = random(7);
const generated = (dialect: Dialect): readonly string[] =>
  Array.from({ length: 500 }, () => validStatement(dialect, chance));
const texts: readonly (readonly [Dialect, readonly string[]])[] = [
  ['athena', [...athenaQueries, ...athenaDdl, ...generated('athena')]],
  ['redshift', [...redshiftQueries, ...redshiftDdl, ...generated('redshift')]],
];

test('the children of a node are all the nodes that its properties hold', () => {
  for (const [dialect, statements] of texts) {
    for (const text of statements) {
      walk(parseStatement(text, dialect).body, (node) => {
        const held = new Set(Object.values(node).flatMap(nodesIn));
        const children = new Set(childrenOf(node));
        const missed = [...held].filter((each) => !children.has(each)).map(({ kind }) => kind);
        assert.deepEqual(missed, [], `below ${node.kind} in ${text}`);
        assert.equal(children.size, held.size, `below ${node.kind} in ${text}`);
      });
    }
  }
});

test('a walk meets parents before children, and children as they stand in the text', () => {
  const met: string[] = [];
  walk(parseStatement('select a + b from t where c in (1, 2)', 'athena').body, (node) => {
    if (node.kind === 'Identifier') met.push(node.name);
    else if (node.kind === 'Literal') met.push(node.value);
    else if (node.kind === 'Binary' || node.kind === 'InList') met.push(node.kind);
  });
  assert.deepEqual(met, ['Binary', 'a', 'b', 't', 'InList', 'c', '1', '2']);
});

test('a walk that is told false leaves out what is below', () => {
  const met: string[] = [];
  walk(parseStatement('select (select x from u), y from t', 'athena').body, (node) => {
    if (node.kind === 'Identifier') met.push(node.name);
    return node.kind !== 'Subquery';
  });
  assert.deepEqual(met, ['y', 't']);
});

/** The nodes that a property's value holds, through lists and plain objects. */
function nodesIn(value: unknown): readonly Node[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(nodesIn);
  return isNode(value) ? [value] : Object.values(value).flatMap(nodesIn);
}

function isNode(value: object): value is Node {
  return 'kind' in value;
}
