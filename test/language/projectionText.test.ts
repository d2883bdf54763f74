import assert from 'node:assert/strict';
import { test } from 'node:test';
import { projectionTextFaults } from '../../src/language/projectionText';
import { tableOf } from '../support/fakes';

const table = tableOf('lake.sales(id int) by dt string, hh int');
const faults = (text: string): readonly string[] =>
  projectionTextFaults(text, table).map(
    ({ span, message }) => `${text.slice(span.start, span.end)} ← ${message}`,
  );

test('a fault stands at the property it is about, a missing one at another property of its key', () => {
  const text = `-- ALTER TABLE old SET TBLPROPERTIES ('projection.hh.range' = '9,1');
ALTER TABLE lake.sales SET TBLPROPERTIES (
  'projection.enabled' = 'true',
  'projection.dt.type' = 'date', -- 'projection.dt.format' = 'yyyy'
  'projection.hh.type' = 'integer',
  'projection.hh.range' = '23,0'
);
select ';'`;
  assert.deepEqual(faults(text), [
    "'projection.dt.type' = 'date' ← projection.dt.format: The key dt needs the format of its dates.",
    "'projection.hh.range' = '23,0' ← projection.hh.range: The key hh has a range that ends before it begins.",
  ]);
});

test('a text without such a statement, or one that switches projection off, has no faults', () => {
  assert.deepEqual(faults('select 1'), []);
  assert.deepEqual(faults("ALTER TABLE t SET TBLPROPERTIES ('projection.enabled' = 'false')"), []);
  assert.deepEqual(faults('ALTER TABLE t SET TBLPROPERTIES ('), []);
});
