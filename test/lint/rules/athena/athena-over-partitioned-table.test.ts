import { test } from 'node:test';
import { athenaOverPartitionedTable } from '../../../../src/lint/rules/athena/athena-over-partitioned-table';
import { ruleChecker } from '../../../support/ruleChecker';

import type { Table } from '../../../../src/catalog/catalog';

const checker = (figures: Partial<Table>) =>
  ruleChecker(athenaOverPartitionedTable, [
    { name: 'clicks', partitionKeys: [{ name: 'dt', type: 'string' }], ...figures },
  ]);
const sql =
  "create external table clicks (url string) partitioned by (dt string) stored as orc location 's3://b/c/'";

test('very many partitions, or many small ones, are marked', () => {
  checker({ partitionCount: 100_001 })(`
    ${sql}
    --                    ^^^^^^ information: 100,001 partitions
  `);
  checker({ partitionCount: 20_000, medianPartitionBytes: 1_000_000 })(`
    ${sql}
    --                    ^^^^^^ information: of about 977 KB
  `);
  checker({ partitionCount: 20_000, bytes: 20_000_000_000 })(`
    ${sql}
    --                    ^^^^^^ information
  `);
});

test('few, large, projected, filtered, or uncounted ones are left alone', () => {
  checker({ partitionCount: 100_000 })(sql);
  checker({ partitionCount: 20_000, medianPartitionBytes: 64 * 1024 ** 2 })(sql);
  checker({})(sql);
  checker({ partitionCount: 200_000 })(`${sql} tblproperties ('projection.enabled' = 'true')`);
  checker({ partitionCount: 200_000 })(`${sql} tblproperties ('partition_filtering.enabled' = 'true')`);
});
