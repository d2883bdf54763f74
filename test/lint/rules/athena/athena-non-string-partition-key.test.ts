import { test } from 'node:test';
import { athenaNonStringPartitionKey } from '../../../../src/lint/rules/athena/athena-non-string-partition-key';
import { ruleChecker } from '../../../support/ruleChecker';

const check = ruleChecker(athenaNonStringPartitionKey);

test('keys of other types than string are marked from the first to the last', () => {
  check(`
    create external table t (a string) partitioned by (region string, year int, day date) stored as parquet location 's3://b/t/'
    --                                                                ^^^^^^^^^^^^^^^^^^ hint: year int or day date
  `);
});

test('text keys, projection and Iceberg are left alone', () => {
  check(
    `create external table t (a string) partitioned by (year string, month varchar(2)) stored as parquet location 's3://b/t/'`,
  );
  check(
    `create external table t (a string) partitioned by (year int) stored as parquet location 's3://b/t/' tblproperties ('projection.enabled' = 'true')`,
  );
  check(
    `create table t (a string, ts timestamp) partitioned by (day(ts)) location 's3://b/t/' tblproperties ('table_type' = 'ICEBERG')`,
  );
  check(`create external table t (a int) stored as parquet location 's3://b/t/'`);
});

test('it weighs more when there are many partitions', () => {
  ruleChecker(athenaNonStringPartitionKey, [
    {
      name: 't',
      columns: [{ name: 'a', type: 'string' }],
      partitionKeys: [{ name: 'n', type: 'int' }],
      partitionCount: 25_000,
    },
  ])(`
    create external table t (a string) partitioned by (n int) stored as parquet location 's3://b/t/'
    --                                                 ^^^^^ information: there are 25,000 of them
  `);
});
