import { test } from 'node:test';
import assert from 'node:assert/strict';
import { redshiftDistkeySkew } from '../../../../src/lint/rules/redshift/redshift-distkey-skew';
import { redshiftDiststyleAllLarge } from '../../../../src/lint/rules/redshift/redshift-diststyle-all-large';
import { redshiftDistributionConflict } from '../../../../src/lint/rules/redshift/redshift-distribution-conflict';
import { redshiftDistributionNotChosen } from '../../../../src/lint/rules/redshift/redshift-distribution-not-chosen';
import { redshiftSortkeyLimits } from '../../../../src/lint/rules/redshift/redshift-sortkey-limits';
import { redshiftSortkeyNotChosen } from '../../../../src/lint/rules/redshift/redshift-sortkey-not-chosen';
import { ruleChecker } from '../../../support/ruleChecker';

const distribution = ruleChecker(redshiftDistributionNotChosen);
const sortkey = ruleChecker(redshiftSortkeyNotChosen);

test('a table without distribution is information, and names no column that nobody joins on', () => {
  distribution(`
    CREATE TABLE sales.orders (id BIGINT, client_id BIGINT);
    --           ^^^^^^^^^^^^ information: sales.orders chooses no distribution: add DISTKEY
  `);
});

test('two statements that join a table on one column make it a warning that names the column', () => {
  const sql = `
    CREATE TABLE orders (id BIGINT, client_id BIGINT);
    --           ^^^^^^ warning: 2 statements join it on client_id
    SELECT c.name FROM orders o JOIN clients c ON o.client_id = c.id;
    SELECT count(*) FROM orders JOIN clients USING (client_id);
  `;
  distribution(sql);
  assert.match(distribution.fixed(sql), /client_id BIGINT\) DISTKEY\(client_id\);/);
});

test('one statement that joins a table leaves it at information', () => {
  distribution(`
    CREATE TABLE orders (id BIGINT, client_id BIGINT);
    --           ^^^^^^ information: 1 statement joins it on client_id
    SELECT c.name FROM orders o, clients c WHERE o.client_id = c.id;
  `);
});

test('known rows decide: silent for a small table, a warning for a large one', () => {
  const ddl = 'CREATE TABLE orders (id BIGINT);';
  ruleChecker(redshiftDistributionNotChosen, [{ name: 'orders', rows: 999_999 }])(ddl);
  ruleChecker(redshiftDistributionNotChosen, [{ name: 'orders', rows: 120_000_000 }])(`
    CREATE TABLE orders (id BIGINT);
    --           ^^^^^^ warning: has 120 million rows
  `);
  ruleChecker(redshiftSortkeyNotChosen, [{ name: 'orders', rows: 2e9 }])(`
    CREATE TABLE orders (id BIGINT);
    --           ^^^^^^ warning: has 2 billion rows
  `);
});

test('no layout is asked of tables that do not last, take it over, or say AUTO', () => {
  for (const check of [distribution, sortkey]) {
    check(`
      CREATE TEMP TABLE a (id INT);
      CREATE TABLE #b (id INT);
      CREATE TABLE stg_c (id INT);
      CREATE TABLE staging.d (id INT);
      CREATE TABLE e_backup (id INT);
      CREATE TABLE tmp_f (id INT);
      CREATE TABLE g (LIKE h);
      CREATE TABLE i AS SELECT 1 AS id;
      CREATE TABLE j (id INT) DISTSTYLE AUTO SORTKEY AUTO;
      CREATE EXTERNAL TABLE spectrum.k (id INT) STORED AS PARQUET LOCATION 's3://b/k/';
    `);
  }
});

test('a date column filtered by a range in two statements makes a missing sort key a warning', () => {
  const sql = `
    CREATE TABLE orders (id BIGINT, made_on DATE);
    --           ^^^^^^ warning: 2 statements filter a range of made_on
    SELECT sum(id) FROM orders WHERE made_on >= '2026-01-01' AND made_on < '2026-02-01';
    SELECT sum(id) FROM orders WHERE made_on BETWEEN '2026-02-01' AND '2026-02-28';
  `;
  sortkey(sql);
  assert.match(sortkey.fixed(sql), /made_on DATE\) SORTKEY\(made_on\);/);
});

test('without filters in sight the likeliest sort key is the first date', () => {
  sortkey(`
    CREATE TABLE orders (id BIGINT, made_at TIMESTAMP, sent_on DATE);
    --           ^^^^^^ information: SORTKEY(made_at)
    CREATE TABLE colours (id INT, name VARCHAR(20));
    --           ^^^^^^^ information: add SORTKEY on the column it is filtered by
  `);
});

test('a sort key in any form is a choice', () => {
  sortkey(`
    CREATE TABLE a (id INT SORTKEY);
    CREATE TABLE b (id INT) SORTKEY(id);
    CREATE TABLE c (id INT, d INT) INTERLEAVED SORTKEY(id, d);
    CREATE TABLE d (id INT) COMPOUND SORTKEY(id);
  `);
});

test('DISTSTYLE ALL is a hint by name or changes, a warning by rows, and fine on small dimensions', () => {
  ruleChecker(redshiftDiststyleAllLarge)(`
    CREATE TABLE fct_orders (id INT) DISTSTYLE ALL;
    --                               ^^^^^^^^^^^^^ hint: its name
    CREATE TABLE dim_city (id INT) DISTSTYLE ALL;
    CREATE TABLE eventually (id INT) DISTSTYLE ALL;
    CREATE TABLE rates (id INT) DISTSTYLE ALL;
    --                          ^^^^^^^^^^^^^ hint: 3 statements change it
    INSERT INTO rates VALUES (1);
    UPDATE rates SET id = 2 WHERE id = 1;
    DELETE FROM rates WHERE id = 2;
  `);
  ruleChecker(redshiftDiststyleAllLarge, [
    { name: 'big', rows: 50_000_000 },
    { name: 'fct_small', rows: 20_000 },
  ])(`
    CREATE TABLE big (id INT) DISTSTYLE ALL;
    --                        ^^^^^^^^^^^^^ warning: it has 50 million rows
    CREATE TABLE fct_small (id INT) DISTSTYLE ALL;
  `);
});

test('a DISTKEY on dates, booleans and columns of few values is reported', () => {
  ruleChecker(redshiftDistkeySkew)(`
    CREATE TABLE a (id INT, paid_on DATE DISTKEY);
    --                                   ^^^^^^^ warning: short span of paid_on
    CREATE TABLE b (id INT, ok BOOLEAN) DISTKEY(ok);
    --                                  ^^^^^^^^^^^ warning: few different values
    CREATE TABLE c (id INT, status VARCHAR(9)) DISTSTYLE KEY DISTKEY(status);
    --                                                       ^^^^^^^^^^^^^^^ warning
    CREATE TABLE dim_date (day DATE DISTKEY, week INT);
    --                              ^^^^^^^ information
    CREATE TABLE d (id INT DISTKEY, status VARCHAR(9), paid_on DATE SORTKEY);
  `);
});

test('distribution clauses that contradict each other are errors with a mend', () => {
  const check = ruleChecker(redshiftDistributionConflict);
  check(`
    CREATE TABLE a (id INT DISTKEY, n INT) DISTSTYLE ALL;
    --                                     ^^^^^^^^^^^^^ error: DISTKEY and DISTSTYLE ALL
    CREATE TABLE b (id INT) DISTSTYLE KEY;
    --                      ^^^^^^^^^^^^^ error: no DISTKEY
    CREATE TABLE c (id INT DISTKEY, n INT DISTKEY);
    --                                    ^^^^^^^ error: more than one
    CREATE TABLE d (id INT DISTKEY, n INT) DISTSTYLE KEY;
    CREATE TABLE e (id INT, n INT) DISTKEY(n);
  `);
  assert.equal(
    check.fixed('CREATE TABLE c (id INT DISTKEY, n INT DISTKEY)'),
    'CREATE TABLE c (id INT DISTKEY, n INT)',
  );
  assert.equal(
    check.fixed('CREATE TABLE a (id INT DISTKEY) DISTSTYLE EVEN'),
    'CREATE TABLE a (id INT DISTKEY) DISTSTYLE KEY',
  );
});

test('sort keys that Redshift refuses are errors', () => {
  const check = ruleChecker(redshiftSortkeyLimits);
  check(`
    CREATE TABLE a (x INT SORTKEY, y INT SORTKEY);
    --                                   ^^^^^^^ error: behind more than one column
    CREATE TABLE b (x INT SORTKEY, y INT) SORTKEY(y);
    --                                    ^^^^^^^^^^ error: both behind a column and for the table
    CREATE TABLE c (x SUPER, y INT) SORTKEY(x, y);
    --                              ^^^^^^^^^^^^^ error: x is SUPER
    CREATE TABLE d (a INT, b INT, c INT, d INT, e INT, f INT, g INT, h INT, i INT)
      INTERLEAVED SORTKEY(a, b, c, d, e, f, g, h, i);
    --^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: 8 columns at most; this one has 9
    CREATE TABLE e (x INT, y INT) COMPOUND SORTKEY(x, y);
  `);
  assert.equal(
    check.fixed('CREATE TABLE a (x INT SORTKEY, y INT SORTKEY) DISTSTYLE EVEN'),
    'CREATE TABLE a (x INT, y INT) DISTSTYLE EVEN COMPOUND SORTKEY(x, y)',
  );
});
