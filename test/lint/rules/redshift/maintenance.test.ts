import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lintDocument } from '../../../../src/lint/lint';
import { redshiftMergeRestriction } from '../../../../src/lint/rules/redshift/redshift-merge-restriction';
import { redshiftNotInTransaction } from '../../../../src/lint/rules/redshift/redshift-not-in-transaction';
import { redshiftPythonUdfEol } from '../../../../src/lint/rules/redshift/redshift-python-udf-eol';
import { redshiftTruncateCommits } from '../../../../src/lint/rules/redshift/redshift-truncate-commits';
import { redshiftUpsertNotAtomic } from '../../../../src/lint/rules/redshift/redshift-upsert-not-atomic';
import { redshiftVacuumAllTables } from '../../../../src/lint/rules/redshift/redshift-vacuum-all-tables';
import { redshiftVacuumRoutine } from '../../../../src/lint/rules/redshift/redshift-vacuum-routine';
import { redshiftVacuumSyntax } from '../../../../src/lint/rules/redshift/redshift-vacuum-syntax';
import { readDocument } from '../../../../src/sql/document';
import { catalogFrom, ruleChecker } from '../../../support/ruleChecker';

test('a routine VACUUM is information on a sorted table, a hint on an unknown one, and silent where it is of use', () => {
  ruleChecker(redshiftVacuumRoutine, [
    { name: 'sorted', unsortedPercent: 2.5 },
    { name: 'messy', unsortedPercent: 40 },
    { name: 'loaded', unsortedPercent: 0 },
  ])(`
      VACUUM sorted;
    --^^^^^^ information: Only 2.5 % of sorted is unsorted
      VACUUM FULL sorted TO 99 PERCENT BOOST;
    --^^^^^^^^^^^ information
      VACUUM sales.unknown_table;
    --^^^^^^ hint: Redshift sorts sales.unknown_table
    VACUUM messy;
    DELETE FROM loaded WHERE id < 9;
    VACUUM loaded;
    DELETE FROM purged WHERE id < 9;
    VACUUM purged;
    VACUUM SORT ONLY sorted;
    VACUUM REINDEX sorted;
    VACUUM;
  `);
});

test('what has to run alone is an error between BEGIN and the end of the transaction', () => {
  ruleChecker(
    redshiftNotInTransaction,
    "CREATE EXTERNAL TABLE lake.logs (id INT) STORED AS PARQUET LOCATION 's3://b/l/'",
  )(`
    VACUUM orders;
    BEGIN;
      VACUUM SORT ONLY orders;
    --^^^^^^^^^^^^^^^^ error: VACUUM cannot run in a transaction
      ALTER TABLE orders APPEND FROM parts;
    --            ^^^^^^ error: ALTER TABLE APPEND
      CREATE DATABASE other;
    --^^^^^^^^^^^^^^^ error
      CREATE EXTERNAL TABLE lake.more (id INT) STORED AS PARQUET LOCATION 's3://b/m/';
    --                      ^^^^^^^^^ error: CREATE EXTERNAL TABLE
      ALTER TABLE lake.logs ADD PARTITION (day = '1') LOCATION 's3://b/l/1/';
    --            ^^^^^^^^^ error: of an external table
      DROP TABLE lake.logs;
    --           ^^^^^^^^^ error
    ALTER TABLE orders ADD COLUMN n INT;
    DROP TABLE orders;
    CREATE TABLE a (id INT);
    COMMIT;
    VACUUM orders;
    START TRANSACTION;
    ROLLBACK;
    VACUUM orders;
    BEGIN TRANSACTION;
      VACUUM orders;
    --^^^^^^ error
    END;
    ALTER TABLE orders APPEND FROM parts;
  `);
});

test('a procedure body is no transaction block of the file', () => {
  ruleChecker(redshiftNotInTransaction)(`
    CREATE PROCEDURE p() AS $$
    BEGIN
      DELETE FROM orders;
    END;
    $$ LANGUAGE plpgsql;
    VACUUM orders;
  `);
});

test('combinations that VACUUM refuses are errors', () => {
  ruleChecker(
    redshiftVacuumSyntax,
    'CREATE TABLE cities (id INT) DISTSTYLE ALL',
  )(`
    VACUUM REINDEX orders TO 99 PERCENT;
    --                    ^^^^^^^^^^^^^ error: REINDEX takes no TO
    VACUUM RECLUSTER orders TO 99 PERCENT;
    --                      ^^^^^^^^^^^^^ error: RECLUSTER
    VACUUM TO 80 PERCENT;
    --     ^^^^^^^^^^^^^ error: needs the name of a table
    VACUUM SORT ONLY BOOST;
    --               ^^^^^ error: BOOST needs
      VACUUM REINDEX;
    --^^^^^^^^^^^^^^ error: REINDEX needs
      VACUUM RECLUSTER;
    --^^^^^^^^^^^^^^^^ error
    VACUUM orders TO 120 PERCENT;
    --            ^^^^^^^^^^^^^^ error: between 0 and 100
      VACUUM RECLUSTER cities;
    --^^^^^^^^^^^^^^^^ error: DISTSTYLE ALL
    VACUUM;
    VACUUM FULL sales.orders TO 100 PERCENT BOOST;
    VACUUM SORT ONLY "orders" TO 0 PERCENT;
    VACUUM DELETE ONLY orders;
    VACUUM REINDEX orders;
    VACUUM RECLUSTER orders BOOST;
    VACUUM {{ table }} TO 80 PERCENT;
  `);
});

test('a VACUUM of every table is one warning', () => {
  ruleChecker(redshiftVacuumAllTables)(`
      VACUUM;
    --^^^^^^ warning: names no table
      VACUUM FULL;
    --^^^^^^^^^^^ warning
      VACUUM SORT ONLY;
    --^^^^^^^^^^^^^^^^ warning
      VACUUM DELETE ONLY;
    --^^^^^^^^^^^^^^^^^^ warning
    VACUUM orders;
    VACUUM REINDEX;
    VACUUM {{ table }};
    VACUUM ANALYZE;
  `);
  const { findings } = lintDocument(readDocument('VACUUM DELETE ONLY', 'redshift'), {
    catalog: catalogFrom('', 'redshift'),
    config: { rules: {} },
  });
  assert.deepEqual(
    findings.map(({ code }) => code),
    ['RS305'],
  );
});

test('a TRUNCATE in a transaction is reported, and becomes a DELETE', () => {
  const check = ruleChecker(redshiftTruncateCommits);
  check(`
    TRUNCATE orders;
    BEGIN;
      TRUNCATE TABLE sales.orders;
    --^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: sales.orders stays empty
    DELETE FROM orders;
    COMMIT;
    TRUNCATE orders;
    CREATE PROCEDURE p() AS $$ BEGIN TRUNCATE orders; END; $$ LANGUAGE plpgsql;
  `);
  assert.equal(check.fixed('BEGIN; TRUNCATE TABLE orders; COMMIT;'), 'BEGIN; DELETE FROM orders; COMMIT;');
});

test('a DELETE and INSERT of the same rows outside a transaction is reported', () => {
  ruleChecker(redshiftUpsertNotAtomic)(`
    DELETE FROM orders USING fresh f WHERE orders.id = f.id;
    INSERT INTO orders SELECT id, n FROM fresh;
    --          ^^^^^^ warning: that fresh replaces
    DELETE FROM orders WHERE id IN (SELECT id FROM stg.fresh);
    INSERT INTO orders (id, n) SELECT id, n FROM stg.fresh WHERE n > 0;
    --          ^^^^^^ warning
    BEGIN;
    DELETE FROM orders USING fresh WHERE orders.id = fresh.id;
    INSERT INTO orders SELECT id, n FROM fresh;
    COMMIT;
    DELETE FROM orders USING fresh WHERE orders.id = fresh.id;
    INSERT INTO orders SELECT id, n FROM other;
    DELETE FROM orders WHERE day < '2020-01-01';
    INSERT INTO orders SELECT id, n FROM fresh;
    DELETE FROM orders USING fresh WHERE orders.id = fresh.id;
    INSERT INTO clients SELECT id, n FROM fresh;
    CREATE TEMP TABLE work (id INT);
    DELETE FROM work USING fresh WHERE work.id = fresh.id;
    INSERT INTO work SELECT id FROM fresh;
    DELETE FROM orders USING fresh WHERE orders.id = fresh.id;
    INSERT INTO orders SELECT id, n FROM fresh {{ where }};
    DELETE FROM orders USING fresh WHERE orders.id = fresh.id {{ more }};
    INSERT INTO orders SELECT id, n FROM fresh;
  `);
});

test('a MERGE from a subquery or a view, into an external table, or without equality is a warning', () => {
  const check = ruleChecker(
    redshiftMergeRestriction,
    "CREATE VIEW latest AS SELECT 1 AS id; CREATE EXTERNAL TABLE lake.logs (id INT) STORED AS PARQUET LOCATION 's3://b/l/'",
  );
  check(`
    MERGE INTO orders USING (SELECT id FROM fresh) f ON orders.id = f.id WHEN MATCHED THEN DELETE;
    --                      ^^^^^^^^^^^^^^^^^^^^^^^^ warning: no subquery
    MERGE INTO orders USING latest ON orders.id = latest.id WHEN MATCHED THEN DELETE;
    --                      ^^^^^^ warning: latest is a view
    MERGE INTO orders USING orders ON orders.id = orders.id WHEN MATCHED THEN DELETE;
    --                      ^^^^^^ warning: its own source
    MERGE INTO lake.logs USING fresh ON logs.id = fresh.id WHEN MATCHED THEN DELETE;
    --         ^^^^^^^^^ warning: external table
    MERGE INTO orders USING fresh ON orders.id > fresh.id WHEN MATCHED THEN DELETE;
    --                               ^^^^^^^^^^^^^^^^^^^^ warning: equality
    MERGE INTO orders USING fresh AS f ON orders.id = f.id AND f.n > 1 WHEN MATCHED THEN DELETE;
    MERGE INTO orders USING fresh ON orders.id = fresh.id REMOVE DUPLICATES;
    MERGE INTO orders USING lake.logs l ON orders.id = l.id WHEN MATCHED THEN UPDATE SET n = l.id;
    MERGE INTO orders USING fresh ON {{ condition }} WHEN MATCHED THEN DELETE;
  `);
  assert.equal(
    check.fixed('MERGE INTO o USING (SELECT id FROM s) f ON o.id = f.id WHEN MATCHED THEN DELETE'),
    'CREATE TEMP TABLE f AS\nSELECT id FROM s;\n\nMERGE INTO o USING f ON o.id = f.id WHEN MATCHED THEN DELETE',
  );
});

test('a function in Python is an error, in SQL or Lambda it is not', () => {
  ruleChecker(redshiftPythonUdfEol)(`
    CREATE OR REPLACE FUNCTION f(a INT) RETURNS INT STABLE AS $$ return a $$ LANGUAGE plpythonu;
    --                                                                       ^^^^^^^^^^^^^^^^^^ error: no new functions in Python
    CREATE FUNCTION g(a INT) RETURNS INT LANGUAGE plpythonu STABLE AS $$ return a $$;
    --                                   ^^^^^^^^^^^^^^^^^^ error
    CREATE FUNCTION h(INT) RETURNS INT STABLE AS $$ SELECT $1 $$ LANGUAGE sql;
    CREATE EXTERNAL FUNCTION i(INT) RETURNS INT STABLE LAMBDA 'i' IAM_ROLE default;
    CREATE PROCEDURE j() AS $$ BEGIN SELECT 'language plpythonu'; END $$ LANGUAGE plpgsql;
  `);
  ruleChecker(redshiftPythonUdfEol)(`
    CREATE FUNCTION tools.f_slug(VARCHAR) RETURNS VARCHAR STABLE AS $$ return 1 $$ LANGUAGE plpythonu;
    --                                                                             ^^^^^^^^^^^^^^^^^^ error
    CREATE FUNCTION f_plain(VARCHAR) RETURNS VARCHAR STABLE AS $$ SELECT $1 $$ LANGUAGE sql;
    SELECT tools.f_slug(city), f_plain(city), f_elsewhere(city) FROM shops;
    --     ^^^^^^^^^^^^ warning: f_slug is written in Python
  `);
});
