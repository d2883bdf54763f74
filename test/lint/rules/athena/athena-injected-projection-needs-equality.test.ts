import assert from 'node:assert/strict';
import { test } from 'node:test';
import { athenaInjectedProjectionNeedsEquality } from '../../../../src/lint/rules/athena/athena-injected-projection-needs-equality';
import { ruleChecker } from '../../../support/ruleChecker';

import { byDay, projected } from './projectedTables';

const check = ruleChecker(
  athenaInjectedProjectionNeedsEquality,
  projected('dt string, meter string', { ...byDay, 'projection.meter.type': 'injected' }),
);

test('without values for the injected key the query fails', () => {
  check(`
    select reading from meters where dt = '2025-03-09'
    --                  ^^^^^^ error: meter = … or IN (…)
  `);
  check(`
    select reading from meters where meter like 'M-%'
    --                  ^^^^^^ error: a range names none
  `);
  check(`
    select reading from meters where meter > 'M-1'
    --                  ^^^^^^ error
  `);
  check(`
    select reading from meters where meter in (select id from wanted)
    --                  ^^^^^^ error: too late
  `);
  check(`
    select reading from meters m join wanted w on m.meter = w.id
    --                  ^^^^^^ error: too late
  `);
});

test('values from anywhere that Athena moves them down from are enough', () => {
  check("select reading from meters where meter = 'M-1'");
  check("select reading from meters where meter in ('M-1', 'M-2')");
  check('select reading from meters where meter = ?');
  check("select reading from (select * from meters) m where meter = 'M-1'");
  check("select reading from meters m join wanted w on m.meter = w.id and w.id = 'M-1'");
  check("select reading from meters where meter = 'M-' || cast(day(current_date) as varchar)");
});

test('templates may hold it, views may leave it open, and EXPLAIN reads nothing', () => {
  check('select reading from meters where {{ filter }}');
  check('create view v as select reading, meter from meters');
  check('explain select reading from meters');
});

test('keys of other types, and projection that is switched off, are left alone', () => {
  ruleChecker(
    athenaInjectedProjectionNeedsEquality,
    projected('dt string', byDay),
  )('select reading from meters');
  ruleChecker(
    athenaInjectedProjectionNeedsEquality,
    projected('meter string', { 'projection.enabled': 'false', 'projection.meter.type': 'injected' }),
  )('select reading from meters');
});

test('the condition is added as a scaffold', () => {
  const sql = "select reading from meters where dt = '2025-03-09'";
  assert.equal(check.fixed(sql), `${sql} AND meter = 'value'`);
  assert.equal(check.find(sql)[0]?.fixes[0]?.scaffold, true);
});
