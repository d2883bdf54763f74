import { test } from 'node:test';
import { athenaPartitionsNotLoaded } from '../../../../src/lint/rules/athena/athena-partitions-not-loaded';
import { ruleChecker } from '../../../support/ruleChecker';

const check = ruleChecker(athenaPartitionsNotLoaded, [
  { name: 't', partitionKeys: [{ name: 'd', type: 'string' }], partitionCount: 0 },
  { name: 'u', partitionKeys: [{ name: 'd', type: 'string' }], partitionCount: 3 },
]);

const rest = "(a string) partitioned by (d string) stored as orc location 's3://b/t/'";

test('a partitioned table without a partition in the catalog is marked', () => {
  check(`
    create external table t ${rest}
    --                    ^ information: no partitions
  `);
});

test('partitions in the catalog, added or repaired in the file, or projected are enough', () => {
  check(`create external table u ${rest}`);
  check(`create external table t ${rest}; alter table t add if not exists partition (d = '1')`);
  check(`create external table t ${rest}; msck repair table t`);
  check(`create external table t ${rest} tblproperties ('projection.enabled' = 'true')`);
});

test('a table that the catalog does not know may be filled by a crawler', () => {
  check(`create external table elsewhere ${rest}`);
});
