import { test } from 'node:test';
import { athenaProjectionOutOfRange } from '../../../../src/lint/rules/athena/athena-projection-out-of-range';
import { ruleChecker } from '../../../support/ruleChecker';

import { byDay, projected } from './projectedTables';

const check = ruleChecker(
  athenaProjectionOutOfRange,
  projected('dt string, region string, hour int', {
    ...byDay,
    'projection.region.type': 'enum',
    'projection.region.values': 'eu,us',
    'projection.hour.type': 'integer',
    'projection.hour.range': '0,23',
  }),
);

test('values that are never projected are marked', () => {
  check(`
    select reading from meters where dt = '2021-03-09'
    --                  ^^^^^^ warning: 2023-01-01 to NOW
  `);
  check(`
    select reading from meters where region in ('asia', 'EU')
    --                  ^^^^^^ warning: eu, us, and EU is not among it
  `);
  check(`
    select reading from meters where hour = 24
    --                  ^^^^^^ warning: 0 to 23
  `);
});

test('one value inside is enough, and the first of a range is in it', () => {
  check("select reading from meters where dt in ('2021-03-09', '2025-03-09')");
  check("select reading from meters where region in ('asia', 'eu')");
  check("select reading from meters where dt = '2023-01-01'");
});

test('ends that count from NOW, days to come, ranges and other formats are left alone', () => {
  check("select reading from meters where dt = '2099-01-01'");
  check("select reading from meters where dt < '2021-01-01'");
  check("select reading from meters where dt = '20210309'");
  const moving = { ...byDay, 'projection.dt.range': 'NOW-3YEARS,NOW+1MONTHS' };
  ruleChecker(
    athenaProjectionOutOfRange,
    projected('dt string', moving),
  )("select reading from meters where dt = '1999-01-01'");
});

test('tables whose partitions are real are left alone', () => {
  ruleChecker(
    athenaProjectionOutOfRange,
    projected('dt string', { ...byDay, 'projection.enabled': 'false' }),
  )("select reading from meters where dt = '1999-01-01'");
});
