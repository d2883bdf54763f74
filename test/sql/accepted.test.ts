import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Dialect, Node } from '../../src/sql/ast';
import { parseStatement } from '../../src/sql/parse';
import { childrenOf, walk } from '../../src/sql/walk';
import { athenaDdl } from './corpus/athenaDdl';
import { athenaQueries } from './corpus/athenaQueries';
import { athenaUtilities } from './corpus/athenaUtilities';
import { redshiftDdl } from './corpus/redshiftDdl';
import { redshiftQueries } from './corpus/redshiftQueries';
import { redshiftUtilities } from './corpus/redshiftUtilities';

const corpus: readonly (readonly [Dialect, string])[] = [
  ...[...athenaQueries, ...athenaDdl, ...athenaUtilities].map((text) => ['athena', text] as const),
  ...[...redshiftQueries, ...redshiftDdl, ...redshiftUtilities].map((text) => ['redshift', text] as const),
];

test('statements that the engines accept raise no problem', () => {
  for (const [dialect, text] of corpus) {
    const { problems } = parseStatement(text, dialect);
    assert.deepEqual(problems, [], `${dialect}: ${text}`);
  }
});

test('they raise none with every token on a line of its own, in upper case, with comments, either', () => {
  for (const [dialect, text] of corpus) {
    const spread = `/* a; b */ ${text.replaceAll(' , ', " -- it's\n, ")}\n-- end`;
    assert.deepEqual(parseStatement(spread, dialect).problems, [], spread);
  }
});

test('the spans of children lie inside their parents and in order', () => {
  for (const [dialect, text] of corpus) {
    walk(parseStatement(text, dialect).body, (node) => {
      let from = node.start;
      assert.ok(node.start <= node.end && node.end <= text.length, `${node.kind} in ${text}`);
      for (const child of childrenOf(node)) {
        const where = `${child.kind} ${child.start}-${child.end} in ${node.kind} ${node.start}-${node.end} of ${text}`;
        assert.ok(child.start >= node.start && child.end <= node.end, where);
        assert.ok(child.start >= from, where);
        from = child.start;
      }
    });
  }
});

test('names, literals and operators stand where their spans say', () => {
  for (const [dialect, text] of corpus) {
    if (text.includes("''")) continue; // inside a quoted query a literal has more characters
    walk(parseStatement(text, dialect).body, (node) => standsWhereItSays(node, text));
  }
});

function standsWhereItSays(node: Node, text: string): void {
  const slice = text.slice(node.start, node.end);
  if (node.kind === 'Identifier' && !node.quoted) assert.equal(slice.toLowerCase(), node.name, text);
  else if (node.kind === 'Identifier') assert.match(slice, /^["`'].*["`']$|^\w+$/, text);
  else if (node.kind === 'Literal' && node.type === 'number') assert.equal(slice, node.value, text);
  else if (node.kind === 'Literal' && node.type === 'string')
    assert.match(slice, /^(?:'.*'|\$.*\$|[eEuU]&?'.*')$/s, text);
  else if (node.kind === 'Binary') {
    const operator = text.slice(node.operatorSpan.start, node.operatorSpan.end).toUpperCase();
    assert.equal(operator === '!=' ? '<>' : operator, node.operator, text);
  } else if (node.kind === 'Select') {
    assert.equal(text.slice(node.keyword.start, node.keyword.end).toLowerCase(), 'select', text);
    if (node.whereSpan !== undefined)
      assert.match(text.slice(node.whereSpan.start, node.whereSpan.end), /^where /i, text);
  } else if (node.kind === 'Option' && node.key !== '') {
    assert.ok(node.keySpan.start >= node.start && node.keySpan.end <= node.end, `${node.key} in ${text}`);
  }
}
