import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readDocument } from '../../src/sql/document';
import { parseStatement } from '../../src/sql/parse';
import { scopesOf } from '../../src/sql/scopes';
import { walk } from '../../src/sql/walk';
import { athenaQueries } from './corpus/athenaQueries';
import { redshiftDdl } from './corpus/redshiftDdl';
import { redshiftQueries } from './corpus/redshiftQueries';

function count(text: string): number {
  let nodes = 0;
  for (const dialect of ['athena', 'redshift'] as const) {
    const parsed = parseStatement(text, dialect);
    walk(parsed.body, () => {
      nodes++;
    });
    const scopes = scopesOf(parsed);
    for (const source of scopes.tables) scopes.origins(source, 'a', () => undefined);
  }
  return nodes;
}

function time(text: string): number {
  const from = performance.now();
  count(text);
  return performance.now() - from;
}

/** True when twice the input takes at most thrice the time in one of a few tries: the machine may be busy. */
function isLinear(make: (n: number) => string): boolean {
  count(make(100));
  for (let tries = 0; tries < 6; tries++) {
    const once = time(make(3000));
    const twice = time(make(6000));
    if (twice < once * 3 + 10) return true;
  }
  return false;
}

const hostile: Readonly<Record<string, (n: number) => string>> = {
  'nested parentheses': (n) => `select ${'('.repeat(n)}1${')'.repeat(n)}`,
  'parentheses never closed': (n) => `select ${'('.repeat(n)}`,
  'a long IN list': (n) =>
    `select a from t where a in (${Array.from({ length: n }, (_, i) => i).join(', ')})`,
  'a chain of AND': (n) => `select a from t where a = 1${' and a = 1'.repeat(n)}`,
  'a chain of NOT': (n) => `select ${'not '.repeat(n)}a`,
  'a chain of joins': (n) => `select 1 from a${' join b using (x)'.repeat(n)}`,
  'a chain of UNION ALL': (n) => `select 1${' union all select 1'.repeat(n)}`,
  'nested subqueries': (n) => `${'select * from ('.repeat(n)}select 1${')'.repeat(n)}`,
  'nested CASE': (n) => `select ${'case when a then '.repeat(n)}1${' end'.repeat(n)}`,
  'nested types': (n) => `select cast(a as ${'array('.repeat(n)}int${')'.repeat(n)})`,
  'unclosed templates': (n) => '{{\n'.repeat(n),
  quotes: (n) => `select ${"' ".repeat(n)}`,
  dollars: (n) => '$a$ $ '.repeat(n),
  'one long string': (n) => `select '${'x'.repeat(n * 10)}'`,
  'a GRANT of many columns': (n) => `grant select (a${', a'.repeat(n)}) on t to u`,
  'rights that end nowhere': (n) => `grant select${', select'.repeat(n)} to`,
  'a CALL of nested calls': (n) => `call f(${'f('.repeat(n)}1${')'.repeat(n)})`,
  'signatures of nested types': (n) => `drop function f(${'array('.repeat(n)}int${')'.repeat(n)})`,
  'flags without end': (n) => `create database d${' with owner u'.repeat(n)} x`,
  'EXPLAIN of EXPLAIN': (n) => `${'explain '.repeat(n)}select 1`,
  'common table expressions': (n) =>
    `with a0 as (select 1 as a)${Array.from({ length: Math.ceil(n / 10) }, (_, i) => `, a${i + 1} as (select * from a${i})`).join('')} select * from a1`,
};

test('hostile inputs neither throw nor take more than linear time', () => {
  for (const [name, make] of Object.entries(hostile)) assert.ok(isLinear(make), name);
});

test('an IN list of 100,000 items is read whole', () => {
  const items = Array.from({ length: 100_000 }, (_, i) => i).join(',');
  const { problems } = parseStatement(`select a from t where a in (${items})`, 'athena');
  assert.deepEqual(problems, []);
});

/** Park and Miller's generator: the same numbers on every run. */
function random(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

test('5,000 random inputs from seed 20 never throw, and their spans stay inside the text', () => {
  const next = random(20);
  const pick = <T>(items: readonly T[]): T | undefined => items[Math.floor(next() * items.length)];
  const words = [...athenaQueries, ...redshiftQueries, ...redshiftDdl]
    .flatMap((text) => text.split(/(\s+|\b)/))
    .filter((word) => word.trim() !== '');
  const bytes = 'aZ09 \n\r\t\'"`$;(){}[]<>%#@!?:.,*/-+=|\\\u0000é😀\ud800';
  for (let i = 0; i < 5000; i++) {
    const noise = i % 3 === 0;
    let text = '';
    const length = 1 + next() * (noise ? 60 : 30);
    for (let k = 0; k < length; k++)
      text += noise ? bytes.charAt(Math.floor(next() * bytes.length)) : `${pick(words)} `;
    for (const dialect of ['athena', 'redshift'] as const) {
      const document = readDocument(text, dialect);
      for (const { parsed } of document.statements) {
        scopesOf(parsed);
        walk(parsed.body, (node) => {
          assert.ok(
            node.start >= 0 && node.start <= node.end && node.end <= parsed.text.length,
            `${node.kind} in ${JSON.stringify(text)}`,
          );
        });
        for (const problem of parsed.problems)
          assert.ok(problem.start <= problem.end && problem.end <= parsed.text.length, JSON.stringify(text));
      }
    }
  }
});
