import assert from 'node:assert/strict';
import { test } from 'node:test';
import { redshiftCrossJoin } from '../../../../src/lint/rules/redshift/redshift-cross-join';
import { redshiftFunctionOnSortkey } from '../../../../src/lint/rules/redshift/redshift-function-on-sortkey';
import { redshiftJoinRedistributes } from '../../../../src/lint/rules/redshift/redshift-join-redistributes';
import { redshiftMissingRedundantPredicate } from '../../../../src/lint/rules/redshift/redshift-missing-redundant-predicate';
import { redshiftSpectrumNoPartitionFilter } from '../../../../src/lint/rules/redshift/redshift-spectrum-no-partition-filter';
import { ruleChecker } from '../../../support/ruleChecker';

test('a function around the sort key is a warning, a cast a hint, a bare filter beside it silences both', () => {
  const check = ruleChecker(
    redshiftFunctionOnSortkey,
    `CREATE TABLE pay (id BIGINT, paid_on DATE SORTKEY, n INT);
     CREATE TABLE logs (shop INT, made_at TIMESTAMP, n INT) SORTKEY(shop, made_at);
     CREATE TABLE tiny (d DATE SORTKEY)`,
    { figures: { tiny: { rows: 500 } } },
  );
  check(`
    SELECT sum(n) FROM pay WHERE TO_CHAR(paid_on, 'YYYY-MM') = '2026-03';
    --                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: pay is sorted by paid_on
    SELECT sum(n) FROM pay p WHERE p.n > 1 AND EXTRACT(year FROM p.paid_on) IN (2025, 2026);
    --                                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning
    SELECT sum(n) FROM pay WHERE paid_on + 1 > '2026-03-01';
    --                           ^^^^^^^^^^^ warning
    SELECT sum(n) FROM pay WHERE COALESCE(paid_on, '2000-01-01') > '2026-03-01';
    --                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning
    SELECT sum(n) FROM pay WHERE paid_on::date = '2026-03-01';
    --                           ^^^^^^^^^^^^^ hint
    SELECT sum(n) FROM pay WHERE CAST(paid_on AS VARCHAR) LIKE '2026%';
    --                           ^^^^^^^^^^^^^^^^^^^^^^^^ warning
    SELECT sum(n) FROM logs WHERE shop = 3 AND TRUNC(made_at) = '2026-03-01';
    --                                         ^^^^^^^^^^^^^^ warning: sorted by made_at
    SELECT sum(n) FROM logs WHERE TRUNC(made_at) = '2026-03-01';
    SELECT sum(n) FROM pay WHERE paid_on >= '2026-03-01' AND DATE_PART('dow', paid_on) = 1;
    SELECT sum(n) FROM pay WHERE paid_on = DATE_TRUNC('month', GETDATE());
    SELECT sum(n) FROM pay WHERE paid_on > DATEADD(day, -7, CURRENT_DATE);
    SELECT sum(n) FROM pay WHERE ABS(n) = 1;
    SELECT TO_CHAR(paid_on, 'YYYY-MM') FROM pay;
    SELECT sum(n) FROM tiny WHERE TRUNC(d) = '2026-03-01';
    SELECT sum(n) FROM unknown_table WHERE TRUNC(paid_on) = '2026-03-01';
    SELECT sum(p.n) FROM pay p JOIN logs l ON l.n = p.n AND p.paid_on = l.made_at WHERE TRUNC(p.paid_on) = '2026-03-01';
  `);
  const rewrites = [
    ["TO_CHAR(paid_on, 'YYYY-MM') = '2026-12'", "paid_on >= '2026-12-01' AND paid_on < '2027-01-01'"],
    ["TO_CHAR(paid_on, 'YYYYMMDD') = '20240228'", "paid_on >= '2024-02-28' AND paid_on < '2024-02-29'"],
    ['EXTRACT(year FROM paid_on) = 2025', "paid_on >= '2025-01-01' AND paid_on < '2026-01-01'"],
    ["DATE_PART('year', paid_on) = 2025", "paid_on >= '2025-01-01' AND paid_on < '2026-01-01'"],
    ["DATE_TRUNC('month', paid_on) = '2026-03-01'", "paid_on >= '2026-03-01' AND paid_on < '2026-04-01'"],
    ["DATE_TRUNC('month', paid_on) = '2026-03-02'", "DATE_TRUNC('month', paid_on) = '2026-03-02'"],
    ["paid_on::date = '2026-02-28'", "paid_on >= '2026-02-28' AND paid_on < '2026-03-01'"],
    ["TO_CHAR(paid_on, 'YYYY-MM') = '2026-13'", "TO_CHAR(paid_on, 'YYYY-MM') = '2026-13'"],
    ["TO_CHAR(paid_on, 'YYYY-MM') > '2026-03'", "TO_CHAR(paid_on, 'YYYY-MM') > '2026-03'"],
  ];
  for (const [before = '', after = ''] of rewrites) {
    assert.equal(check.fixed(`SELECT n FROM pay WHERE ${before}`), `SELECT n FROM pay WHERE ${after}`);
  }
});

test('tables without a tie are a warning, ranges and CROSS JOIN information, one row and unnesting nothing', () => {
  ruleChecker(redshiftCrossJoin, 'CREATE TABLE pay (id INT, shop INT); CREATE TABLE params (today DATE)', {
    figures: { params: { rows: 1 } },
  })(`
    SELECT p.id FROM pay p, shops s WHERE p.id > 5 AND s.city = 'x' OR p.id = 1;
    --                      ^^^^^ information: without an equality
    SELECT p.id FROM pay p, shops s WHERE p.id > 5 AND s.open;
    --                      ^^^^^ warning: without a condition
    SELECT p.id FROM pay p, shops s, cities c WHERE p.shop = s.id AND c.size > 9;
    --                               ^^^^^^ warning: cities
    SELECT p.id FROM pay p JOIN rates r ON p.day BETWEEN r.since AND r.until;
    --                          ^^^^^ information: without an equality
    SELECT p.id FROM pay p JOIN rates r ON p.a = r.a OR p.b = r.b;
    --                          ^^^^^ information
    SELECT p.id FROM pay p CROSS JOIN shops s;
    --                                ^^^^^ information: without a condition
    SELECT p.id FROM pay p LEFT JOIN shops s ON 1 = 1;
    --                               ^^^^^ information
    SELECT p.id FROM pay p, shops s WHERE p.shop = s.id;
    SELECT p.id FROM pay p JOIN shops s USING (shop) NATURAL JOIN cities;
    SELECT p.id FROM pay p JOIN rates r ON (p.a = r.a AND r.k = 1) OR (r.a = p.a AND r.k = 2);
    SELECT p.id FROM pay p, (SELECT max(day) AS day FROM runs) m WHERE p.day <= m.day;
    WITH m AS (SELECT 1 AS n) SELECT p.id FROM pay p CROSS JOIN m;
    SELECT p.id FROM pay p, params;
    SELECT p.id FROM pay p, (VALUES (1), (2)) v(n);
    SELECT p.id FROM pay p CROSS JOIN (SELECT 'a' AS k UNION ALL SELECT 'b') k;
    SELECT p.id FROM pay p, (SELECT id FROM runs ORDER BY id DESC LIMIT 1) r;
    SELECT p.id, i.price FROM pay p, p.items i;
    SELECT p.id FROM pay p, shops s WHERE shop = shop_id;
    SELECT p.id FROM pay p, shops s WHERE s.id = 7 AND p.day > '2026-01-01';
    SELECT p.id FROM pay p, shops s WHERE EXISTS (SELECT 1 FROM links l WHERE l.p = p.id AND l.s = s.id);
    SELECT p.id FROM pay p, shops s WHERE {{ condition }};
    EXPLAIN SELECT p.id FROM pay p, shops s;
    SELECT p.id FROM pay p WHERE p.shop IN (SELECT s.id FROM shops s WHERE s.owner = p.owner);
  `);
});

const two = `CREATE TABLE pay (id BIGINT DISTKEY, card BIGINT, d DATE SORTKEY);
  CREATE TABLE back (id BIGINT DISTKEY, card BIGINT, d DATE SORTKEY);
  CREATE TABLE evens (card BIGINT) DISTSTYLE EVEN;
  CREATE TABLE copies (card BIGINT) DISTSTYLE ALL;
  CREATE TABLE few (card BIGINT, d DATE SORTKEY) DISTSTYLE EVEN`;
const figures = {
  pay: { rows: 2e8 },
  back: { rows: 5e7 },
  evens: { rows: 5e7 },
  copies: { rows: 5e7 },
  few: { rows: 1_000 },
};

test('large tables joined on other columns than their distribution keys are information', () => {
  ruleChecker(redshiftJoinRedistributes, two, { figures })(`
    SELECT 1 FROM pay p JOIN back b ON p.card = b.card;
    --                                 ^^^^^^^^^^^^^^^ information: pay (200 million rows) and back (50 million rows)
    SELECT 1 FROM pay p, evens e WHERE e.card = p.card;
    --                                 ^^^^^^^^^^^^^^^ information
    SELECT 1 FROM pay p JOIN back b ON p.id = b.id;
    SELECT 1 FROM pay p JOIN back b ON p.card = b.card AND p.id = b.id;
    SELECT 1 FROM pay p JOIN copies c ON p.card = c.card;
    SELECT 1 FROM pay p JOIN few f ON p.card = f.card;
    SELECT 1 FROM pay p JOIN unknown_table u ON p.card = u.card;
  `);
  ruleChecker(redshiftJoinRedistributes, two)('SELECT 1 FROM pay p JOIN back b ON p.card = b.card');
});

test('a large table sorted by date is pointed at when only the other one is limited', () => {
  ruleChecker(redshiftMissingRedundantPredicate, two, { figures })(`
    SELECT 1 FROM pay p JOIN back b ON p.id = b.id WHERE b.d > '2026-03-01';
    --            ^^^ information: pay is sorted by d and read whole
    SELECT 1 FROM pay p, back b WHERE p.id = b.id AND p.d BETWEEN '2026-03-01' AND '2026-03-31';
    --                   ^^^^ information: back
    SELECT 1 FROM pay p JOIN back b ON p.id = b.id WHERE b.d > '2026-03-01' AND p.d > '2026-03-01';
    SELECT 1 FROM pay p JOIN back b ON p.id = b.id;
    SELECT 1 FROM pay p JOIN back b ON p.id = b.id AND p.d = b.d WHERE b.d > '2026-03-01';
    SELECT 1 FROM pay p JOIN few f ON p.card = f.card WHERE p.d > '2026-03-01';
    SELECT 1 FROM pay p JOIN evens e ON p.card = e.card WHERE p.d > '2026-03-01';
  `);
  ruleChecker(
    redshiftMissingRedundantPredicate,
    two,
  )("SELECT 1 FROM pay p JOIN back b ON p.id = b.id WHERE b.d > '2026-03-01'");
});

test('an external table without a filter on its keys is a warning, with whatever is known of its size', () => {
  const ddl =
    "CREATE EXTERNAL TABLE lake.pay (id INT) PARTITIONED BY (day DATE) STORED AS PARQUET LOCATION 's3://b/p/'; CREATE TABLE plain (id INT)";
  const check = ruleChecker(redshiftSpectrumNoPartitionFilter, ddl, {
    figures: { pay: { partitionCount: 400, newestPartition: ['2026-03-09'] } },
  });
  check(`
    SELECT id FROM lake.pay;
    --             ^^^^^^^^ warning: Spectrum reads all 400 partitions
    SELECT id FROM lake.pay WHERE id > 5;
    --             ^^^^^^^^ warning
    SELECT id FROM lake.pay WHERE day = '2026-03-09';
    SELECT id FROM lake.pay WHERE day >= '2026-03-01' AND id > 5;
    SELECT id FROM lake.pay WHERE day = {{ day }};
    SELECT id FROM plain;
    SELECT id FROM lake.unknown_table;
    EXPLAIN SELECT id FROM lake.pay;
  `);
  assert.match(check.fixed('SELECT id FROM lake.pay'), /^SELECT id FROM lake\.pay WHERE day = .*2026-03-09/);
});
