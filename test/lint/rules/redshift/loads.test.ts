import assert from 'node:assert/strict';
import { test } from 'node:test';
import { redshiftCopyCompupdate } from '../../../../src/lint/rules/redshift/redshift-copy-compupdate';
import { redshiftCopyMaxerror } from '../../../../src/lint/rules/redshift/redshift-copy-maxerror';
import { redshiftCopyOpenPrefix } from '../../../../src/lint/rules/redshift/redshift-copy-open-prefix';
import { redshiftLoadWithoutAnalyze } from '../../../../src/lint/rules/redshift/redshift-load-without-analyze';
import { redshiftSingleRowInserts } from '../../../../src/lint/rules/redshift/redshift-single-row-inserts';
import { ruleChecker } from '../../../support/ruleChecker';

test('COMPUPDATE ON is reported on tables that do not last or have rows, not on a first load', () => {
  const check = ruleChecker(redshiftCopyCompupdate, [
    { name: 'orders', rows: 5_000 },
    { name: 'fresh', rows: 0 },
  ]);
  const sql = `
    COPY stg_orders FROM 's3://b/o/' IAM_ROLE default CSV COMPUPDATE ON;
    --                                                    ^^^^^^^^^^^^^ information: stg_orders does not last
    COPY orders FROM 's3://b/o/' IAM_ROLE default CSV COMPUPDATE PRESET;
    --                                                ^^^^^^^^^^^^^^^^^ information: has rows already
    CREATE TEMP TABLE work (id INT);
    COPY work FROM 's3://b/o/' IAM_ROLE default CSV COMPUPDATE STATUPDATE OFF;
    --                                              ^^^^^^^^^^ information
    COPY fresh FROM 's3://b/o/' IAM_ROLE default CSV COMPUPDATE ON;
    COPY unknown_table FROM 's3://b/o/' IAM_ROLE default CSV COMPUPDATE ON;
    COPY orders FROM 's3://b/o/' IAM_ROLE default CSV COMPUPDATE OFF;
    COPY orders FROM 's3://b/o/' IAM_ROLE default PARQUET COMPUPDATE ON;
    COPY orders FROM 's3://b/o/' IAM_ROLE default CSV COMPUPDATE {{ flag }};
  `;
  check(sql);
  assert.doesNotMatch(check.fixed(sql), /COPY (stg_orders|work) .*COMPUPDATE (ON|STATUPDATE|PRESET)/);
});

test('a COPY from an open prefix is reported unless it is a file, a part, a manifest or unknown', () => {
  const check = ruleChecker(redshiftCopyOpenPrefix);
  check(`
    COPY t FROM 's3://b/landing/cust' IAM_ROLE default CSV;
    --          ^^^^^^^^^^^^^^^^^^^^^ warning: cust_old/ as well as cust/
    COPY t FROM 's3://b/landing/cust/' IAM_ROLE default CSV;
    COPY t FROM 's3://b/landing/cust.csv' IAM_ROLE default CSV;
    COPY t FROM 's3://b/landing/part-' IAM_ROLE default CSV;
    COPY t FROM 's3://b/landing/cust_' IAM_ROLE default CSV;
    COPY t FROM 's3://b/landing/day=2026-11-01' IAM_ROLE default CSV;
    COPY t FROM 's3://b/landing/2026-11' IAM_ROLE default CSV;
    COPY t FROM 's3://b/landing/batch007' IAM_ROLE default CSV;
    COPY t FROM 's3://b/landing/manifest' IAM_ROLE default CSV MANIFEST;
    COPY t FROM 's3://b' IAM_ROLE default CSV;
    COPY t FROM 's3://b/landing/{{ name }}' IAM_ROLE default CSV;
    COPY t FROM 's3://<bucket>/<prefix>' IAM_ROLE default CSV;
    COPY t FROM 'dynamodb://cust' IAM_ROLE default READRATIO 50;
    COPY t FROM 's3://b/hosts' IAM_ROLE default SSH;
    COPY t FROM {{ source }} IAM_ROLE default CSV;
  `);
  assert.equal(
    check.fixed("COPY t FROM 's3://b/x/cust' IAM_ROLE default CSV"),
    "COPY t FROM 's3://b/x/cust/' IAM_ROLE default CSV",
  );
});

test('MAXERROR is a warning from 11 rows, information below, and silent where somebody looks at the errors', () => {
  const check = ruleChecker(redshiftCopyMaxerror);
  check(`
    COPY t FROM 's3://b/o/' IAM_ROLE default CSV MAXERROR 1000;
    --                                           ^^^^^^^^^^^^^ warning: Up to 1,000 rows
    COPY t FROM 's3://b/o/' IAM_ROLE default CSV MAXERROR AS 10;
    --                                           ^^^^^^^^^^^^^^ information
    COPY t FROM 's3://b/o/' IAM_ROLE default CSV MAXERROR 0;
    COPY t FROM 's3://b/o/' IAM_ROLE default CSV MAXERROR {{ most }};
    COPY t FROM 's3://b/o/' IAM_ROLE default CSV MAXERROR 1000 NOLOAD;
    COPY t FROM 's3://b/o/' IAM_ROLE default CSV;
  `);
  for (const table of ['stl_load_errors', 'pg_catalog.STL_LOAD_ERRORS', 'sys_load_error_detail']) {
    check(`COPY t FROM 's3://b/o/' IAM_ROLE default CSV MAXERROR 1000; SELECT * FROM ${table}`);
  }
});

test('the third INSERT of one row in a row is reported, once a series', () => {
  const row = (n: number): string => `INSERT INTO t (a) VALUES (${n});`;
  const check = ruleChecker(redshiftSingleRowInserts);
  check(`
    INSERT INTO t (a) VALUES (1);
    INSERT INTO t (a) VALUES (2);
      INSERT INTO t (a) VALUES (3);
    --^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: the third INSERT of one row into t
    INSERT INTO t (a) VALUES (4);
    INSERT INTO t (a) VALUES (5), (6);
    INSERT INTO t (a) VALUES (7);
    INSERT INTO u (a) VALUES (7);
    INSERT INTO t (a) VALUES (8);
    INSERT INTO t (a, b) VALUES (9, 1);
    INSERT INTO t SELECT 1;
  `);
  assert.deepEqual(
    check(`
    BEGIN;
    INSERT INTO t (a) VALUES (1);
    INSERT INTO t (a) VALUES (2);
      INSERT INTO t (a) VALUES (3);
    --^^^^^^^^^^^^^^^^^^^^^^^^^^^^ hint
    COMMIT;
  `).length,
    1,
  );
  const series = Array.from({ length: 21 }, (_, n) => `      ${row(n)}`);
  series[2] = `${series[2] ?? ''}\n    --^^^^^^^^^^^^^^^^^^^^^^^^^^^^ hint: third`;
  series[19] = `${series[19] ?? ''}\n    --^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: twentieth`;
  check(['BEGIN;', ...series, 'COMMIT;'].join('\n'));
});

test('STATUPDATE OFF on a lasting table is reported unless it is analyzed', () => {
  const check = ruleChecker(redshiftLoadWithoutAnalyze);
  check(`
    COPY orders FROM 's3://b/o/' IAM_ROLE default CSV STATUPDATE OFF;
    --                                                ^^^^^^^^^^^^^^ information: statistics of orders
    COPY stg_orders FROM 's3://b/o/' IAM_ROLE default CSV STATUPDATE OFF;
    CREATE TEMP TABLE work (id INT);
    COPY work FROM 's3://b/o/' IAM_ROLE default CSV STATUPDATE OFF;
    COPY clients FROM 's3://b/o/' IAM_ROLE default CSV STATUPDATE ON;
    COPY shops FROM 's3://b/o/' IAM_ROLE default CSV STATUPDATE OFF;
    ANALYZE shops (id);
    COPY sales.cards FROM 's3://b/o/' IAM_ROLE default CSV STATUPDATE OFF;
    ANALYZE VERBOSE sales.cards;
  `);
  check("COPY orders FROM 's3://b/o/' IAM_ROLE default CSV STATUPDATE OFF; ANALYZE;");
  assert.equal(
    check.fixed("COPY sales.orders FROM 's3://b/o/' IAM_ROLE default CSV STATUPDATE OFF;"),
    "COPY sales.orders FROM 's3://b/o/' IAM_ROLE default CSV STATUPDATE OFF;\n\nANALYZE sales.orders PREDICATE COLUMNS;",
  );
});
