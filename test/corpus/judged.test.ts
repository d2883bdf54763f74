import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { givenVerdicts, judgedFindings } from './judge';
import { trustDoc } from './trustDoc';

test('every finding above hint in the judged corpus has a verdict, and every verdict its finding', () => {
  const found = judgedFindings();
  const verdicts = givenVerdicts();
  const keys = new Set(found.map(({ key }) => key));
  const open = found.filter(({ key }) => verdicts[key] === undefined);
  assert.deepEqual(
    open.map(({ key, message, statement }) => `${key}\n  ${message}\n  ${statement}`),
    [],
    'these findings have no verdict in test/corpus/judged/verdicts.json',
  );
  assert.deepEqual(
    Object.keys(verdicts).filter((key) => !keys.has(key)),
    [],
    'these verdicts have no finding any more',
  );
});

test('of the errors at least 99 % are right, of the warnings at least 90 %', () => {
  const verdicts = givenVerdicts();
  for (const { severity, least } of [
    { severity: 'error', least: 0.99 },
    { severity: 'warning', least: 0.9 },
  ]) {
    const own = judgedFindings().filter((finding) => finding.severity === severity);
    assert.ok(own.length > 10, `${own.length} findings of severity ${severity}`);
    const right = own.filter(({ key }) => verdicts[key]?.verdict === 'right').length;
    assert.ok(
      right / own.length >= least,
      `${right} of ${own.length} findings of severity ${severity} are right`,
    );
  }
});

test('docs/trust.md says what the corpora say', () => {
  const expected = trustDoc();
  if (process.env['UPDATE'] === '1') writeFileSync('docs/trust.md', expected);
  assert.equal(readFileSync('docs/trust.md', 'utf8'), expected, 'run UPDATE=1 npm run unit -- corpus');
});
