import assert from 'node:assert/strict';
import { test } from 'node:test';
import { athenaCtasProperties } from '../../../../src/lint/rules/athena/athena-ctas-properties';
import { ruleChecker } from '../../../support/ruleChecker';

const check = ruleChecker(athenaCtasProperties);

const table = (properties: string): string => `create table c with (${properties}) as select a from t`;

test('two compressions, a property given twice, and one of the other kind of table are marked', () => {
  check(`
    create table c with (write_compression = 'ZSTD', orc_compression = 'ZSTD', format = 'ORC') as select a from t
    --                                               ^^^^^^^^^^^^^^^ error: exclude each other
  `);
  check(`
    create table c with (format = 'ORC', format = 'PARQUET') as select a from t
    --                                   ^^^^^^ error: given twice
  `);
  check(`
    create table c with (location = 's3://b/c/') as select a from t
    --                   ^^^^^^^^ error: use external_location
  `);
  check(`
    create table c with (table_type = 'ICEBERG', is_external = false, location = 's3://b/c/', bucketed_by = array['a']) as select a from t
    --                                                                                        ^^^^^^^^^^^ error: bucket()
  `);
  check(`
    create table c with (partitoned_by = array['a']) as select a from t
    --                   ^^^^^^^^^^^^^ error: did you mean partitioned_by
  `);
});

test('what Iceberg needs is asked for', () => {
  check(`
    create table c with (table_type = 'ICEBERG', location = 's3://b/c/') as select a from t
    --                   ^^^^^^^^^^^^^^^^^^^^^^ error: is_external = false
  `);
  check(`
    create table c with (table_type = 'ICEBERG', is_external = false) as select a from t
    --                   ^^^^^^^^^^^^^^^^^^^^^^ error: location
  `);
  check(
    table(
      "table_type = 'ICEBERG', is_external = false, location = 's3://b/c/', partitioning = array['day(a)']",
    ),
  );
  check(`create table buckets.db.c with (table_type = 'ICEBERG', is_external = false) as select a from t`);
});

test('codecs and formats that do not exist are marked', () => {
  check(`
    create table c with (format = 'PARQUET', write_compression = 'BZIP2') as select a from t
    --                                                           ^^^^^^^ error: PARQUET
  `);
  check(`
    create table c with (format = 'CSV') as select a from t
    --                            ^^^^^ error: TEXTFILE
  `);
});

test('a compression by format alone is valid, and worth a hint', () => {
  check(`
    create table c with (format = 'PARQUET', parquet_compression = 'GZIP') as select a from t
    --                                       ^^^^^^^^^^^^^^^^^^^ hint
  `);
});

test('properties that are fine, new, or filled in later are left alone', () => {
  check(table("format = 'TEXTFILE', field_delimiter = ',', write_compression = 'BZIP2'"));
  check(table("format = 'ORC', write_compression = 'ZLIB', bucketed_by = array['a'], bucket_count = 4"));
  check(table("something_new = 'x'"));
  check(table("format = '{{ format }}', write_compression = 'BZIP2'"));
});

test('the mending keeps the rest of the list', () => {
  assert.equal(
    check.fixed(table("parquet_compression = 'GZIP', write_compression = 'ZSTD'")),
    table("write_compression = 'ZSTD'"),
  );
  assert.equal(
    check.fixed(table("table_type = 'ICEBERG', location = 's3://b/c/'")),
    table("table_type = 'ICEBERG', is_external = false, location = 's3://b/c/'"),
  );
});
