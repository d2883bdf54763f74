import assert from 'node:assert/strict';
import { test } from 'node:test';
import { athenaProjectionConfig } from '../../../../src/lint/rules/athena/athena-projection-config';
import { ruleChecker } from '../../../support/ruleChecker';

import { byDay, projected } from './projectedTables';

const check = ruleChecker(athenaProjectionConfig);
const found = (keys: string, properties: Readonly<Record<string, string>>): readonly string[] =>
  check.find(projected(keys, properties)).map(({ message }) => message);

test('each key needs a type, and each type its properties', () => {
  assert.deepEqual(found('dt string', {}), ["The projected key dt needs 'projection.dt.type'."]);
  assert.deepEqual(found('r string', { 'projection.r.type': 'enum' }), [
    "The projected key r needs 'projection.r.values'.",
  ]);
  assert.deepEqual(found('h int', { 'projection.h.type': 'integer' }), [
    "The projected key h needs 'projection.h.range'.",
  ]);
  assert.deepEqual(
    found('dt string', { 'projection.dt.type': 'date', 'projection.dt.range': '2023-01-01,NOW' }),
    ["The projected key dt needs 'projection.dt.format'."],
  );
  assert.deepEqual(found('dt string', { ...byDay, 'projection.dt.type': 'day' }), [
    'The projected key dt has no projection type day: write enum, integer, date or injected.',
  ]);
  assert.deepEqual(found('m int', { 'projection.m.type': 'injected' }), [
    'The projected key m must be a string to be injected.',
  ]);
});

test('ranges must be whole, in their format, and forwards', () => {
  const dates = (range: string, format = 'yyyy-MM-dd'): readonly string[] =>
    found('dt string', { ...byDay, 'projection.dt.range': range, 'projection.dt.format': format });
  assert.deepEqual(dates('2023/01/01,NOW'), [
    'The projected key dt has 2023/01/01 in its range, which is not of the format yyyy-MM-dd.',
  ]);
  assert.deepEqual(dates('2023-01-01'), ['The projected key dt has a range that is not two dates.']);
  assert.deepEqual(dates('2024-01-01,2023-01-01'), [
    'The projected key dt has a range that ends before it begins.',
  ]);
  assert.deepEqual(dates('NOW,NOW-3YEARS'), ['The projected key dt has a range that ends before it begins.']);
  assert.deepEqual(dates('2023-01-01-00,NOW', 'yyyy-MM-dd-HH'), [
    "The projected key dt needs 'projection.dt.interval.unit'.",
  ]);
  const numbers = (range: string): readonly string[] =>
    found('h int', { 'projection.h.type': 'integer', 'projection.h.range': range });
  assert.equal(numbers('0-23').length, 1);
  assert.equal(numbers('23,0').length, 1);
});

test('a template that lacks a key is marked', () => {
  assert.deepEqual(
    found('dt string', { ...byDay, 'storage.location.template': 's3://lake/meters/${day}/' }),
    ['The template lacks ${dt}, so every value of dt reads the same folder.'],
  );
});

test('whole projections of every type, and formats of other letters, are accepted', () => {
  assert.deepEqual(
    found('dt string, h int, r string, m string', {
      ...byDay,
      'projection.h.type': 'integer',
      'projection.h.range': '0,23',
      'projection.h.digits': '2',
      'projection.r.type': 'enum',
      'projection.r.values': 'eu,us',
      'projection.m.type': 'injected',
      'storage.location.template': 's3://lake/meters/${dt}/${h}/${r}/${m}',
    }),
    [],
  );
  for (const [format, range] of [
    ['yyyy/MM/dd', 'NOW-3YEARS,NOW+1DAYS'],
    ['yyyy', '2020,NOW'],
    ['dd MMM yyyy', '01 Jan 2023,NOW'],
    ["yyyy-MM-dd'T'HH", '2023-01-01T00,NOW'],
  ] as const) {
    const unit = format.includes('HH') ? { 'projection.dt.interval.unit': 'HOURS' } : {};
    const properties = {
      ...byDay,
      ...unit,
      'projection.dt.format': format.replaceAll("'", "''"),
      'projection.dt.range': range,
    };
    assert.deepEqual(found('dt string', properties), [], format);
  }
});

test('projection that is switched off is not judged', () => {
  assert.deepEqual(found('dt string', { 'projection.enabled': 'false' }), []);
});

test('what is missing is added as a scaffold', () => {
  const sql = projected('dt string', {
    'projection.dt.type': 'date',
    'projection.dt.range': '2023/01/01,NOW',
  });
  assert.equal(check.fixed(sql), sql.replace(/\)$/, ", 'projection.dt.format' = 'yyyy/MM/dd')"));
});
