import { test } from 'node:test';
import { athenaMsckRepair } from '../../../../src/lint/rules/athena/athena-msck-repair';
import { ruleChecker } from '../../../support/ruleChecker';

const table = {
  name: 't',
  columns: [{ name: 'a', type: 'string' }],
  partitionKeys: [{ name: 'dt', type: 'string' }],
};

test('every MSCK is marked, more so for a large table, and as without effect under projection', () => {
  ruleChecker(athenaMsckRepair)(`
    msck repair table nowhere
--  ^^^^^^^^^^^^^^^^^^^^^^^^^ information: never removes a partition
  `);
  ruleChecker(athenaMsckRepair, [{ ...table, partitionCount: 200 }])(`
    msck repair table t
--  ^^^^^^^^^^^^^^^^^^^ information
  `);
  ruleChecker(athenaMsckRepair, [{ ...table, partitionCount: 5001 }])(`
    msck repair table t
--  ^^^^^^^^^^^^^^^^^^^ warning: 5,001 partitions
  `);
  ruleChecker(athenaMsckRepair, [{ ...table, parameters: { 'projection.enabled': 'TRUE' } }])(`
    msck repair table t
--  ^^^^^^^^^^^^^^^^^^^ error: projection
  `);
});

test('adding partitions by name is left alone', () => {
  ruleChecker(athenaMsckRepair, [table])(`alter table t add partition (dt = 'x') location 's3://b/t/dt=x/'`);
});
