import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Dialect } from '../../src/sql/ast';
import type { Finding } from '../../src/lint/finding';
import { withSecondOpinion } from '../../src/lint/secondOpinion';
import { readDocument } from '../../src/sql/document';

async function severityAfter(sql: string, dialect: Dialect): Promise<string | undefined> {
  const claimed: Finding = {
    rule: 'syntax',
    code: 'SQL001',
    severity: 'error',
    message: 'Wrong.',
    fixes: [],
    start: 0,
    end: 6,
  };
  return (await withSecondOpinion(readDocument(sql, dialect), [claimed]))[0]?.severity;
}

test('a syntax error in a query that another parser reads becomes a hint', async () => {
  assert.equal(await severityAfter('SELECT a FROM b WHERE c = 1', 'athena'), 'hint');
  assert.equal(await severityAfter('WITH x AS (SELECT 1 AS a) SELECT a FROM x', 'redshift'), 'hint');
});

test('it stays an error where the other parser refuses it too, and in what is no query', async () => {
  assert.equal(await severityAfter('SELECT a FROM b FROM c', 'athena'), 'error');
  assert.equal(await severityAfter('SELECT a FROM WHERE', 'redshift'), 'error');
  assert.equal(await severityAfter('DELETE FROM b WHERE c = 1', 'redshift'), 'error');
});
