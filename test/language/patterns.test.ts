import assert from 'node:assert/strict';
import { test } from 'node:test';
import { matchesAny } from '../../src/language/patterns';

test('a pattern without a star means the very name', () => {
  assert.ok(matchesAny('prod', ['dev', 'prod']));
  assert.ok(!matchesAny('prod-eu', ['prod']));
  assert.ok(!matchesAny('Prod', ['prod']));
});

test('a star stands for any text, none included, at any place', () => {
  assert.ok(matchesAny('prod-eu', ['prod-*']));
  assert.ok(matchesAny('prod-', ['prod-*']));
  assert.ok(matchesAny('team-prod', ['*-prod']));
  assert.ok(matchesAny('a-b-c-d', ['a*c*d']));
  assert.ok(matchesAny('anything', ['*']));
});

test('the parts of a pattern never share a character of the name', () => {
  assert.ok(!matchesAny('aba', ['ab*ba']));
  assert.ok(matchesAny('abba', ['ab*ba']));
  assert.ok(!matchesAny('a-d', ['a*c*d']));
});

test('a pattern holds no other signs: dots and brackets mean themselves', () => {
  assert.ok(!matchesAny('aXb', ['a.b']));
  assert.ok(matchesAny('a.b[1]', ['a.b[*]']));
});
