import assert from 'node:assert/strict';
import { test } from 'node:test';
import { athenaProjectionExplosion } from '../../../../src/lint/rules/athena/athena-projection-explosion';
import { ruleChecker } from '../../../support/ruleChecker';

import { byDay, projected } from './projectedTables';

const check = ruleChecker(athenaProjectionExplosion);
const found = (keys: string, properties: Readonly<Record<string, string>>): readonly string[] =>
  check.find(projected(keys, properties)).map(({ message }) => message);
const severities = (sql: string): readonly string[] => check.find(sql).map(({ severity }) => severity);
const meters = (to: string): Readonly<Record<string, string>> => ({
  'projection.m.type': 'integer',
  'projection.m.range': `1,${to}`,
});

test('a product of more than a million is marked', () => {
  assert.deepEqual(found('m int', meters('1000001')), [
    '1,000,001 partitions are projected, and a query looks for all that it does not rule out.',
  ]);
  assert.equal(found('dt string, m int', { ...byDay, ...meters('1000') }).length, 1);
});

test('hours over more than five years are information', () => {
  const hourly = (from: string): readonly string[] =>
    found('dt string', {
      'projection.dt.type': 'date',
      'projection.dt.format': 'yyyy-MM-dd-HH',
      'projection.dt.range': `${from},NOW`,
      'projection.dt.interval.unit': 'HOURS',
    });
  assert.match(hourly('2018-01-01-00')[0] ?? '', /by the hour over more than five years/);
  const sql = projected('dt string', {
    'projection.dt.type': 'date',
    'projection.dt.format': 'yyyy-MM-dd-HH',
    'projection.dt.range': '2018-01-01-00,NOW',
    'projection.dt.interval.unit': 'HOURS',
  });
  assert.deepEqual(severities(sql), ['information']);
  assert.deepEqual(hourly('2025-01-01-00'), []);
  assert.match(hourly('NOW-6YEARS')[0] ?? '', /five years/);
});

test('injected keys count as one, steps divide, and what cannot be counted is left alone', () => {
  assert.deepEqual(found('m int', meters('1000000')), []);
  assert.deepEqual(found('dt string, m string', { ...byDay, 'projection.m.type': 'injected' }), []);
  assert.deepEqual(found('m int', { ...meters('5000000'), 'projection.m.interval': '1000' }), []);
  assert.deepEqual(found('m int', { 'projection.m.type': 'integer', 'projection.m.range': 'x' }), []);
  assert.deepEqual(found('m int', { ...meters('5000000'), 'projection.enabled': 'false' }), []);
});
