import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rules } from '../../src/lint/rules/index';
import { findRule, nearest, nearestRuleName } from '../../src/lint/settings';

test('a rule is found by code and id in any case', () => {
  assert.equal(findRule(rules, 'rs101')?.id, 'redshift-distribution-not-chosen');
  assert.equal(findRule(rules, 'Redshift-Delete-All')?.code, 'RS306');
  assert.equal(findRule(rules, 'RS1'), undefined);
});

test('the nearest name is the one with the fewest slips, and none when all are far', () => {
  assert.equal(nearest('waring', ['error', 'warning', 'hint']), 'warning');
  assert.equal(nearest('hnit', ['error', 'warning', 'hint']), 'hint');
  assert.equal(nearest('something-else', ['error', 'warning', 'hint']), undefined);
  assert.equal(nearestRuleName(rules, 'redshift-delete-al'), 'redshift-delete-all');
  assert.equal(nearestRuleName(rules, 'RS1O1'), 'RS101');
});
