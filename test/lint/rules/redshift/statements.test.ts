import assert from 'node:assert/strict';
import { test } from 'node:test';
import { redshiftCopyColumnarOption } from '../../../../src/lint/rules/redshift/redshift-copy-columnar-option';
import { redshiftCopyInlineCredentials } from '../../../../src/lint/rules/redshift/redshift-copy-inline-credentials';
import { redshiftDeleteAll } from '../../../../src/lint/rules/redshift/redshift-delete-all';
import { redshiftSelectStar } from '../../../../src/lint/rules/redshift/redshift-select-star';
import { redshiftUnloadParallelOff } from '../../../../src/lint/rules/redshift/redshift-unload-parallel-off';
import { redshiftUnloadStaleFiles } from '../../../../src/lint/rules/redshift/redshift-unload-stale-files';
import { redshiftVacuumDeleteOnly } from '../../../../src/lint/rules/redshift/redshift-vacuum-delete-only';
import { ruleChecker } from '../../../support/ruleChecker';

test('COPY from columnar files reports each option outside the list, an error where it is known to fail', () => {
  const check = ruleChecker(redshiftCopyColumnarOption);
  const sql = `
    COPY t FROM 's3://b/t/' IAM_ROLE default FORMAT AS PARQUET
      COMPUPDATE ON
    --^^^^^^^^^^^^^ warning: COMPUPDATE is not among the options
      MAXERROR 10
    --^^^^^^^^^^^ error: fails with MAXERROR
      STATUPDATE ON FILLRECORD MANIFEST;
    COPY t FROM 's3://b/t/' IAM_ROLE default FORMAT ORC GZIP;
    --                                                  ^^^^ warning: takes for ORC
    COPY t FROM 's3://b/t/' IAM_ROLE default PARQUET SERIALIZETOJSON;
    COPY t FROM 's3://b/t/' IAM_ROLE default FORMAT AS CSV MAXERROR 10 GZIP COMPUPDATE ON;
  `;
  check(sql);
  assert.equal(
    check.fixed("COPY t FROM 's3://b/t/'\nIAM_ROLE default\nPARQUET\nCOMPUPDATE OFF\nMANIFEST"),
    "COPY t FROM 's3://b/t/'\nIAM_ROLE default\nPARQUET\nMANIFEST",
  );
});

test('access keys are an error in COPY and UNLOAD, a warning as placeholders, and never repeated', () => {
  const check = ruleChecker(redshiftCopyInlineCredentials);
  const findings = check(`
    COPY t FROM 's3://b/t/' CREDENTIALS 'aws_access_key_id=AKIAQ7;aws_secret_access_key=s3cr3t' CSV;
    --                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error
    UNLOAD ('SELECT 1') TO 's3://b/t/' ACCESS_KEY_ID 'AKIAQ7' SECRET_ACCESS_KEY 's3cr3t';
    --                                 ^^^^^^^^^^^^^^^^^^^^^^ error
    COPY t FROM 's3://b/t/' ACCESS_KEY_ID '<your key>' SECRET_ACCESS_KEY '<secret>' CSV;
    --                      ^^^^^^^^^^^^^^^^^^^^^^^^^^ warning
    COPY t FROM 's3://b/t/' CREDENTIALS 'aws_iam_role=arn:aws:iam::111122223333:role/load' CSV;
    COPY t FROM 's3://b/t/' IAM_ROLE default CSV;
  `);
  assert.ok(findings.every(({ message }) => !message.includes('s3cr3t') && !message.includes('AKIAQ7')));
  assert.equal(
    check.fixed("COPY t FROM 's3://b/t/' ACCESS_KEY_ID 'AKIAQ7' SECRET_ACCESS_KEY 's3cr3t' CSV"),
    "COPY t FROM 's3://b/t/' IAM_ROLE default CSV",
  );
});

test('PARALLEL OFF is reported where no order needs it', () => {
  const check = ruleChecker(redshiftUnloadParallelOff);
  const sql = `
    UNLOAD ('SELECT id FROM t') TO 's3://b/t/' IAM_ROLE default PARALLEL OFF;
    --                                                          ^^^^^^^^^^^^ information
    UNLOAD ('SELECT id FROM t WHERE n = ''x''') TO 's3://b/t/' IAM_ROLE default PARALLEL FALSE;
    --                                                                          ^^^^^^^^^^^^^^ information
    UNLOAD ('SELECT id FROM t ORDER BY id') TO 's3://b/t/' IAM_ROLE default PARALLEL OFF;
    UNLOAD ('SELECT id FROM t WHERE n = ''x'' ORDER BY id') TO 's3://b/t/' IAM_ROLE default PARALLEL OFF;
    UNLOAD ('SELECT id FROM t') TO 's3://b/t/' IAM_ROLE default PARALLEL ON;
  `;
  check(sql);
  assert.ok(!/PARALLEL OFF;\s+--/.test(check.fixed(sql)));
});

test('ALLOWOVERWRITE is reported unless a manifest, a run in the prefix or a single file makes it safe', () => {
  ruleChecker(redshiftUnloadStaleFiles)(`
    UNLOAD ('SELECT 1') TO 's3://b/out/t_' IAM_ROLE default PARQUET ALLOWOVERWRITE;
    --                                                              ^^^^^^^^^^^^^^ warning: under s3://b/out/t_
    UNLOAD ('SELECT 1') TO 's3://b/out/t_' IAM_ROLE default MANIFEST ALLOWOVERWRITE;
    UNLOAD ('SELECT 1') TO 's3://b/out/day=2026-11-01/' IAM_ROLE default ALLOWOVERWRITE;
    UNLOAD ('SELECT 1') TO 's3://b/out/20261101/' IAM_ROLE default ALLOWOVERWRITE;
    UNLOAD ('SELECT 1') TO 's3://b/out/{{ ds }}/' IAM_ROLE default ALLOWOVERWRITE;
    UNLOAD ('SELECT 1') TO 's3://b/out/t_' IAM_ROLE default ALLOWOVERWRITE PARALLEL OFF;
    UNLOAD ('SELECT 1') TO 's3://b/out/t/' IAM_ROLE default CLEANPATH;
  `);
});

test('VACUUM DELETE ONLY is reported except after rows were moved by ALTER TABLE APPEND', () => {
  ruleChecker(redshiftVacuumDeleteOnly)(`
      VACUUM DELETE ONLY orders TO 75 PERCENT;
    --^^^^^^^^^^^^^^^^^^ information: of orders
    ALTER TABLE parts APPEND FROM stg_parts;
    VACUUM DELETE ONLY parts;
    VACUUM SORT ONLY orders;
    VACUUM orders;
      VACUUM DELETE ONLY;
    --^^^^^^^^^^^^^^^^^^ information: in the background
  `);
});

test('DELETE of every row is a warning, information in a transaction or on a temporary table', () => {
  const check = ruleChecker(redshiftDeleteAll);
  check(`
      DELETE FROM orders;
    --^^^^^^^^^^^^^^^^^^ warning: every row of orders
    DELETE FROM orders WHERE id = 1;
    DELETE FROM orders USING gone WHERE orders.id = gone.id;
    CREATE TEMP TABLE work_ids (id INT);
      DELETE FROM work_ids;
    --^^^^^^^^^^^^^^^^^^^^ information
    BEGIN;
      DELETE FROM orders;
    --^^^^^^^^^^^^^^^^^^ information: end the open transaction
    COMMIT;
      DELETE FROM orders;
    --^^^^^^^^^^^^^^^^^^ warning
  `);
  assert.equal(check.fixed('DELETE FROM sales.orders;'), 'TRUNCATE sales.orders;');
  assert.equal(check.fixed('BEGIN; DELETE FROM orders;'), 'BEGIN; DELETE FROM orders;');
});

test('a star in the outermost query over a base table is reported, and the fix names the columns', () => {
  const check = ruleChecker(redshiftSelectStar, 'CREATE TABLE orders (id INT, made_on DATE, "Net Sum" INT)');
  check(`
    SELECT * FROM orders;
    --     ^ information: all 3 columns of orders
    SELECT o.* FROM orders o JOIN other USING (id);
    --     ^^^ information
    SELECT * FROM unknown_table WHERE id = 1;
    --     ^ information: every column of unknown_table
    SELECT count(*) FROM orders;
    SELECT id FROM orders WHERE EXISTS (SELECT * FROM other);
    WITH last AS (SELECT id FROM orders) SELECT * FROM last;
    INSERT INTO copy SELECT * FROM orders;
    SELECT * FROM svv_table_info;
    SELECT * FROM pg_catalog.pg_class;
    SELECT id FROM (SELECT * FROM orders);
    EXPLAIN SELECT * FROM orders;
  `);
  assert.equal(check.fixed('SELECT * FROM orders'), 'SELECT id, made_on, "net sum" FROM orders');
  assert.equal(check.fixed('SELECT o.* FROM orders o'), 'SELECT o.id, o.made_on, o."net sum" FROM orders o');
});
