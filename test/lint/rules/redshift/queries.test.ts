import assert from 'node:assert/strict';
import { test } from 'node:test';
import { redshiftExactCountDistinct } from '../../../../src/lint/rules/redshift/redshift-exact-count-distinct';
import { redshiftExpensivePattern } from '../../../../src/lint/rules/redshift/redshift-expensive-pattern';
import { redshiftForeignFunction } from '../../../../src/lint/rules/redshift/redshift-foreign-function';
import { redshiftGroupOrderMismatch } from '../../../../src/lint/rules/redshift/redshift-group-order-mismatch';
import { redshiftLateBindingUnqualified } from '../../../../src/lint/rules/redshift/redshift-late-binding-unqualified';
import { redshiftLeaderOnlyFunction } from '../../../../src/lint/rules/redshift/redshift-leader-only-function';
import { redshiftQueryGroupNotReset } from '../../../../src/lint/rules/redshift/redshift-query-group-not-reset';
import { ruleChecker } from '../../../support/ruleChecker';

test('a pattern without anything regular is a hint', () => {
  const check = ruleChecker(redshiftExpensivePattern);
  check(`
    SELECT id FROM t WHERE city SIMILAR TO 'San%';
    --                          ^^^^^^^^^^ hint: LIKE
    SELECT id FROM t WHERE city NOT SIMILAR TO 'San_';
    --                              ^^^^^^^^^^ hint
    SELECT id FROM t WHERE city ~ '^San';
    --                          ^ hint: LIKE 'San%'
    SELECT id FROM t WHERE city !~ 'Jose$';
    --                          ^^ hint: NOT LIKE '%Jose'
    SELECT id FROM t WHERE city SIMILAR TO '(San|Los)%';
    SELECT id FROM t WHERE city SIMILAR TO '[SL]%';
    SELECT id FROM t WHERE city SIMILAR TO pattern;
    SELECT id FROM t WHERE city ~ '^[A-Z]';
    SELECT id FROM t WHERE city ~ 'San.';
    SELECT id FROM t WHERE city ~ '100%';
    SELECT id FROM t WHERE city ~ '\\\\d';
    SELECT id FROM t WHERE city LIKE 'San%';
    SELECT id FROM t WHERE city SIMILAR TO {{ pattern }};
  `);
  assert.equal(
    check.fixed("SELECT 1 FROM t WHERE a NOT SIMILAR TO 'x%' AND b ~ '^y' AND c !~ 'z'"),
    "SELECT 1 FROM t WHERE a NOT LIKE 'x%' AND b LIKE 'y%' AND c NOT LIKE '%z%'",
  );
});

test('GROUP BY in another order than ORDER BY is a hint, places and aliases included', () => {
  const check = ruleChecker(redshiftGroupOrderMismatch);
  check(`
    SELECT a, b, count(*) FROM t GROUP BY b, a ORDER BY a, b;
    --                                    ^^^^ hint: a, b may save a sort
    SELECT a AS x, b, count(*) FROM t GROUP BY 2, 1 ORDER BY x, b DESC;
    --                                         ^^^^ hint
    SELECT a, b, count(*) FROM t GROUP BY a, b ORDER BY a, b;
    SELECT a, b, count(*) FROM t GROUP BY 1, 2 ORDER BY a, 2;
    SELECT a, b, count(*) FROM t GROUP BY b, a ORDER BY a;
    SELECT a, b, count(*) AS n FROM t GROUP BY b, a ORDER BY n, a;
    SELECT a, b, count(*) FROM t GROUP BY ROLLUP(b, a) ORDER BY a, b;
    SELECT a, b, count(*) FROM t GROUP BY GROUPING SETS ((b), (a)) ORDER BY a, b;
  `);
  assert.equal(
    check.fixed('SELECT a AS x, b FROM t GROUP BY 2, 1 ORDER BY x, b'),
    'SELECT a AS x, b FROM t GROUP BY 1, 2 ORDER BY x, b',
  );
});

test('an exact COUNT(DISTINCT) over more than 100 million rows is a hint', () => {
  const check = ruleChecker(redshiftExactCountDistinct, [
    { name: 'big', rows: 2e8 },
    { name: 'small', rows: 1e8 },
  ]);
  check(`
    SELECT day, COUNT(DISTINCT card) FROM big GROUP BY day;
    --          ^^^^^^^^^^^^^^^^^^^^ hint: big has 200 million rows
    SELECT COUNT(DISTINCT card) FROM small;
    SELECT COUNT(DISTINCT card) FROM unknown_table;
    SELECT APPROXIMATE COUNT(DISTINCT card) FROM big;
    SELECT COUNT(DISTINCT card), COUNT(DISTINCT shop) FROM big;
    SELECT COUNT(DISTINCT card), SUM(DISTINCT n) FROM big;
    SELECT DISTINCT COUNT(DISTINCT card) FROM big;
    SELECT COUNT(card) FROM big;
    SELECT n FROM (SELECT COUNT(DISTINCT card) AS n FROM small), big;
  `);
  assert.equal(
    check.fixed('SELECT COUNT(DISTINCT card) FROM big'),
    'SELECT APPROXIMATE COUNT(DISTINCT card) FROM big',
  );
});

test('leader node functions are reported over tables, and nowhere else', () => {
  const check = ruleChecker(redshiftLeaderOnlyFunction);
  check(`
    SELECT id, NOW() FROM orders;
    --         ^^^^^ warning: orders is read on the compute nodes
    SELECT id FROM orders o WHERE AGE(made_at) > INTERVAL '1 day';
    --                            ^^^^^^^^^^^^ warning: AGE
    SELECT id FROM orders WHERE made_at > NOW() - INTERVAL '1 day';
    --                                    ^^^^^ information
    SELECT query, NOW() FROM stl_query;
    --            ^^^^^ warning
    INSERT INTO log SELECT id, CURRENT_TIMESTAMP FROM sales.orders;
    --                         ^^^^^^^^^^^^^^^^^ hint: CURRENT_TIMESTAMP
    SELECT NOW();
    SELECT tablename, HAS_TABLE_PRIVILEGE(tablename, 'select') FROM pg_tables;
    SELECT table_name, NOW() FROM information_schema.tables;
    SELECT "table", NOW() FROM svv_table_info;
    SELECT id, GETDATE(), SYSDATE, CURRENT_DATE FROM orders;
    CREATE TABLE a (made_at TIMESTAMP DEFAULT NOW());
    INSERT INTO a VALUES (NOW());
    SELECT util.now() FROM orders;
    SELECT id FROM orders WHERE id IN (SELECT pg_backend_pid() + EXTRACT(epoch FROM NOW()));
    WITH a AS (SELECT 1 AS id) SELECT id, NOW() FROM a;
  `);
  check(`
    CREATE FUNCTION age(DATE) RETURNS INT STABLE AS $$ SELECT DATEDIFF(year, $1, GETDATE()) $$ LANGUAGE sql;
    SELECT age(born_on) FROM clients;
  `);
  assert.equal(check.fixed('SELECT id, now() FROM t'), 'SELECT id, GETDATE() FROM t');
});

test('a late binding view needs schemas, and a view over an external table late binding', () => {
  const check = ruleChecker(
    redshiftLateBindingUnqualified,
    "CREATE EXTERNAL TABLE lake.logs (id INT) STORED AS PARQUET LOCATION 's3://b/l/'; CREATE TABLE plain (id INT)",
  );
  check(`
    CREATE VIEW v AS SELECT id FROM orders o JOIN sales.clients USING (id) WITH NO SCHEMA BINDING;
    --                              ^^^^^^ error: orders needs its schema
    CREATE OR REPLACE VIEW v AS WITH a AS (SELECT id FROM s.t) SELECT a.id FROM a WITH NO SCHEMA BINDING;
    CREATE VIEW v AS SELECT id FROM s.t WHERE id IN (SELECT id FROM u) WITH NO SCHEMA BINDING;
    --                                                              ^ error
    CREATE VIEW v AS SELECT x.a FROM s.t t, t.items x WITH NO SCHEMA BINDING;
    CREATE VIEW v AS SELECT id FROM {{ ref('orders') }} WITH NO SCHEMA BINDING;
    CREATE VIEW v AS SELECT relname FROM pg_class WITH NO SCHEMA BINDING;
    CREATE VIEW v AS SELECT id FROM orders;
    CREATE VIEW v AS SELECT id FROM lake.logs;
    --                              ^^^^^^^^^ error: is an external table
    CREATE VIEW v AS SELECT id FROM lake.logs WITH NO SCHEMA BINDING;
    CREATE VIEW v AS SELECT id FROM plain;
    CREATE MATERIALIZED VIEW v AS SELECT id FROM lake.logs;
  `);
  assert.equal(
    check.fixed('CREATE VIEW v AS SELECT id FROM t WITH NO SCHEMA BINDING'),
    'CREATE VIEW v AS SELECT id FROM public.t WITH NO SCHEMA BINDING',
  );
  assert.equal(
    check.fixed('CREATE VIEW v AS SELECT id FROM lake.logs'),
    'CREATE VIEW v AS SELECT id FROM lake.logs\nWITH NO SCHEMA BINDING',
  );
});

test('functions of Athena are errors with a rewrite where one fits, unless somebody made them', () => {
  const check = ruleChecker(redshiftForeignFunction);
  check(`
    SELECT date_parse(d, '%Y-%m-%d') FROM t;
    --     ^^^^^^^^^^ error: use TO_DATE
    SELECT approx_distinct(id), contains(tags, 'x') FROM t;
    --     ^^^^^^^^^^^^^^^ error: APPROXIMATE
    --                          ^^^^^^^^ warning
    SELECT util.date_parse(d), "element_at"(a, 1), date_add('day', 1, d), date_diff('day', a, b) FROM t;
    SELECT split_part(a, ',', 1), strpos(a, 'b'), regexp_substr(a, 'b'), try_cast(a AS INT) FROM t;
    SELECT contains FROM t;
  `);
  check(`
    CREATE OR REPLACE FUNCTION regexp_like(VARCHAR, VARCHAR) RETURNS BOOLEAN STABLE AS $$ SELECT $1 ~ $2 $$ LANGUAGE sql;
    SELECT id FROM t WHERE regexp_like(city, '^S');
  `);
  const rewrites = [
    ["date_parse(d, '%Y-%m-%d')", "TO_DATE(d, 'YYYY-MM-DD')"],
    ["date_parse(d, '%Y-%m-%d %H:%i:%s')", "TO_TIMESTAMP(d, 'YYYY-MM-DD HH24:MI:SS')"],
    ["date_parse(d, '%W %Y')", "date_parse(d, '%W %Y')"],
    ["date_format(d, '%Y%m')", "TO_CHAR(d, 'YYYYMM')"],
    ['approx_distinct(id)', 'APPROXIMATE COUNT(DISTINCT id)'],
    ['approx_distinct(id, 0.01)', 'approx_distinct(id, 0.01)'],
    ['from_unixtime(ts / 1000)', "(TIMESTAMP 'epoch' + (ts / 1000) * INTERVAL '1 second')"],
    ["json_extract_scalar(doc, '$.a.b')", "JSON_EXTRACT_PATH_TEXT(doc, 'a', 'b')"],
    ["json_extract_scalar(doc, '$.a[0]')", "json_extract_scalar(doc, '$.a[0]')"],
    ["regexp_extract(a, 'x+')", "REGEXP_SUBSTR(a, 'x+')"],
  ];
  for (const [before = '', after = ''] of rewrites) {
    assert.equal(check.fixed(`SELECT ${before} FROM t`), `SELECT ${after} FROM t`);
  }
});

test('query_group and the slot count are reported when nothing resets them', () => {
  const check = ruleChecker(redshiftQueryGroupNotReset);
  check(`
      SET query_group TO 'load';
    --^^^^^^^^^^^^^^^^^^^^^^^^^ information: query_group stays set
    SET wlm_query_slot_count TO 1;
    SET search_path TO sales;
    COPY t FROM 's3://b/t/' IAM_ROLE default CSV;
  `);
  check(`
      SET wlm_query_slot_count = 4;
    --^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information
    SET query_group TO default;
  `);
  check("SET query_group TO 'load'; SELECT 1; RESET query_group;");
  check('SET query_group TO default;');
});
