import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bySeverity, summaryText } from '../../src/language/checkSummary';

const none = { error: 0, warning: 0, information: 0, hint: 0 };

test('the summary counts by severity and leaves out what there is none of', () => {
  const counts = { ...none, error: 1, warning: 1_234 };
  assert.equal(
    summaryText({ files: 214, unknownDialect: 0, bySeverity: counts }),
    '214 files checked: 1 error, 1,234 warnings.',
  );
});

test('files of unknown dialect are told of, and so is that nothing was found', () => {
  assert.equal(
    summaryText({ files: 1, unknownDialect: 2, bySeverity: none }),
    '1 file checked: nothing found. 2 SQL files of unknown dialect were left out.',
  );
  assert.equal(
    summaryText({ files: 0, unknownDialect: 0, bySeverity: none }),
    'No file checked: nothing found.',
  );
});

test('findings are added up by severity', () => {
  const finding = { rule: '', code: '', message: '', fixes: [], start: 0, end: 0 };
  const found = (['hint', 'error', 'error'] as const).map((severity) => ({ ...finding, severity }));
  assert.deepEqual(bySeverity(found), { ...none, hint: 1, error: 2 });
});
