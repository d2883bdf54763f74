import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lintDocument } from '../../../../src/lint/lint';
import { redshiftEncodeRawWide } from '../../../../src/lint/rules/redshift/redshift-encode-raw-wide';
import { redshiftInterleavedMonotonic } from '../../../../src/lint/rules/redshift/redshift-interleaved-monotonic';
import { redshiftInterleavedSortkey } from '../../../../src/lint/rules/redshift/redshift-interleaved-sortkey';
import { redshiftPartialEncodeDisablesAuto } from '../../../../src/lint/rules/redshift/redshift-partial-encode-disables-auto';
import { redshiftSortkeyCompressed } from '../../../../src/lint/rules/redshift/redshift-sortkey-compressed';
import { readDocument } from '../../../../src/sql/document';
import { catalogFrom, ruleChecker } from '../../../support/ruleChecker';

/** What all rules report with nothing set. */
function codes(sql: string): readonly string[] {
  const catalog = catalogFrom('', 'redshift');
  const { findings } = lintDocument(readDocument(sql, 'redshift'), { catalog, config: { rules: {} } });
  return findings.map(({ code }) => code);
}

test('an interleaved sort key on a date, a timestamp or an identity is a warning', () => {
  const check = ruleChecker(redshiftInterleavedMonotonic);
  check(`
    CREATE TABLE a (id INT, made_on DATE) INTERLEAVED SORTKEY(id, made_on);
    --                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: made_on of a grows
    CREATE TABLE b (id BIGINT IDENTITY(1,1), n INT) INTERLEAVED SORTKEY(n, id);
    --                                              ^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: id of b
    CREATE TABLE c (shop INT, article INT, made_on DATE) INTERLEAVED SORTKEY(shop, article);
    CREATE TABLE d (id INT, made_on DATE) COMPOUND SORTKEY(made_on, id);
    CREATE TABLE e (id INT, made_on DATE) SORTKEY(made_on);
  `);
  assert.equal(
    check.fixed('CREATE TABLE a (d DATE, n INT) INTERLEAVED SORTKEY(d, n)'),
    'CREATE TABLE a (d DATE, n INT) COMPOUND SORTKEY(d, n)',
  );
});

test('another interleaved sort key is information, unless the statements read by several columns', () => {
  const check = ruleChecker(redshiftInterleavedSortkey);
  check(`
    CREATE TABLE a (shop INT, article INT) INTERLEAVED SORTKEY(shop, article);
    --                                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information: a has an interleaved
    CREATE TABLE b INTERLEAVED SORTKEY(shop, article) AS SELECT shop, article FROM a;
    --             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information: b has
  `);
  check(`
    CREATE TABLE a (shop INT, article INT) INTERLEAVED SORTKEY(shop, article);
    SELECT count(*) FROM a WHERE shop > 10;
    SELECT count(*) FROM a WHERE article BETWEEN 1 AND 9;
  `);
  check(`
    CREATE TABLE a (shop INT, article INT) INTERLEAVED SORTKEY(shop, article);
    --                                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information
    SELECT count(*) FROM a WHERE shop > 10;
    SELECT count(*) FROM a WHERE article BETWEEN 1 AND 9;
    INSERT INTO a VALUES (1, 2);
  `);
});

test('one interleaved sort key is reported by one rule', () => {
  const sql = 'CREATE TABLE a (n INT DISTKEY, d DATE) INTERLEAVED SORTKEY(n, d)';
  assert.deepEqual(codes(sql), ['RS107']);
});

test('a compressed leading sort key is reported only where the rule is switched on', () => {
  const check = ruleChecker(redshiftSortkeyCompressed);
  check(`
    CREATE TABLE a (made_at TIMESTAMP ENCODE zstd SORTKEY, n INT);
    --                                ^^^^^^^^^^^ hint: made_at leads the sort key of a
    CREATE TABLE b (n INT ENCODE lzo, d DATE ENCODE az64) SORTKEY(d, n);
    CREATE TABLE c (d DATE ENCODE raw SORTKEY, n INT ENCODE zstd);
    CREATE TABLE d (d DATE ENCODE delta, n INT) COMPOUND SORTKEY(d);
    --                     ^^^^^^^^^^^^ hint
  `);
  assert.equal(
    check.fixed('CREATE TABLE a (d DATE ENCODE zstd SORTKEY)'),
    'CREATE TABLE a (d DATE ENCODE RAW SORTKEY)',
  );
  assert.deepEqual(codes('CREATE TABLE a (n INT ENCODE az64 DISTKEY, d DATE ENCODE zstd SORTKEY)'), []);
});

test('ENCODE on some columns is reported, on all or none or a temporary table it is not', () => {
  const check = ruleChecker(redshiftPartialEncodeDisablesAuto);
  check(`
    CREATE TABLE a (x INT ENCODE az64, y INT, z INT);
    --                    ^^^^^^^^^^^ information: one column of a turns ENCODE AUTO off for the other 2
    CREATE TABLE b (x INT ENCODE az64, y INT ENCODE raw);
    CREATE TABLE c (x INT, y INT) ENCODE AUTO;
    CREATE TEMP TABLE d (x INT ENCODE az64, y INT);
    CREATE TABLE #e (x INT ENCODE az64, y INT);
  `);
  assert.equal(
    check.fixed('CREATE TABLE a (x INT ENCODE az64 NOT NULL, y INT ENCODE raw, z INT)'),
    'CREATE TABLE a (x INT NOT NULL, y INT, z INT)',
  );
});

test('RAW is reported on wide text, numbers and dates that are no sort key of a lasting table', () => {
  const check = ruleChecker(redshiftEncodeRawWide);
  check(`
    CREATE TABLE a (id BIGINT ENCODE raw, note VARCHAR(65) ENCODE raw, made_on DATE ENCODE raw SORTKEY);
    --                        ^^^^^^^^^^ information: AZ64 would take fewer
    --                                                     ^^^^^^^^^^ information: LZO
    CREATE TABLE b (ok BOOLEAN ENCODE raw, rate REAL ENCODE raw, id CHAR(36) ENCODE raw, code VARCHAR(64) ENCODE raw);
    CREATE TABLE c (d DATE ENCODE raw, n INT ENCODE raw) SORTKEY(d, n);
    CREATE TEMP TABLE e (n INT ENCODE raw);
    CREATE TABLE stg_f (n INT ENCODE raw);
    CREATE TABLE g (n INT ENCODE az64);
  `);
  assert.equal(
    check.fixed('CREATE TABLE a (n INT ENCODE raw, t VARCHAR(900) ENCODE raw)'),
    'CREATE TABLE a (n INT ENCODE AZ64, t VARCHAR(900) ENCODE LZO)',
  );
});
