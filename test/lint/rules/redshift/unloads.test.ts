import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lintDocument } from '../../../../src/lint/lint';
import { redshiftUnloadNoEscape } from '../../../../src/lint/rules/redshift/redshift-unload-no-escape';
import { redshiftUnloadOptionConflict } from '../../../../src/lint/rules/redshift/redshift-unload-option-conflict';
import { redshiftUnloadOuterLimit } from '../../../../src/lint/rules/redshift/redshift-unload-outer-limit';
import { redshiftUnloadQuoting } from '../../../../src/lint/rules/redshift/redshift-unload-quoting';
import { redshiftUnloadSelectStar } from '../../../../src/lint/rules/redshift/redshift-unload-select-star';
import { redshiftUnloadText } from '../../../../src/lint/rules/redshift/redshift-unload-text';
import { readDocument } from '../../../../src/sql/document';
import { catalogFrom, ruleChecker } from '../../../support/ruleChecker';

const catalog =
  'CREATE TABLE shops (id INT, city VARCHAR(60)); CREATE TABLE counts (id INT, n BIGINT); CREATE TABLE docs (id INT, body SUPER)';

test('a LIMIT in the outer SELECT of an UNLOAD is an error, in a subquery it is fine', () => {
  const check = ruleChecker(redshiftUnloadOuterLimit);
  check(`
    UNLOAD ('SELECT id FROM t ORDER BY id LIMIT 10') TO 's3://b/t/' IAM_ROLE default;
    --                                          ^^ error: with LIMIT
    UNLOAD ('SELECT TOP 10 id FROM t') TO 's3://b/t/' IAM_ROLE default;
    --                  ^^ warning: with TOP
    UNLOAD ($$SELECT id FROM t WHERE c = 'x' UNION ALL SELECT id FROM u LIMIT 5$$) TO 's3://b/t/' IAM_ROLE default;
    --                                                                        ^ error
    UNLOAD ('SELECT id FROM (SELECT id FROM t LIMIT 10)') TO 's3://b/t/' IAM_ROLE default;
    UNLOAD ('WITH a AS (SELECT id FROM t LIMIT 10) SELECT id FROM a') TO 's3://b/t/' IAM_ROLE default;
    UNLOAD ('SELECT id FROM t WHERE c = ''no LIMIT 10''') TO 's3://b/t/' IAM_ROLE default;
    UNLOAD ('{{ query }}') TO 's3://b/t/' IAM_ROLE default;
  `);
  assert.equal(
    check.fixed("UNLOAD ('SELECT id FROM t WHERE c = ''x'' LIMIT 9') TO 's3://b/t/' IAM_ROLE default"),
    "UNLOAD ('SELECT * FROM (SELECT id FROM t WHERE c = ''x'' LIMIT 9)') TO 's3://b/t/' IAM_ROLE default",
  );
});

test('UNLOAD options that exclude each other are errors', () => {
  const check = ruleChecker(redshiftUnloadOptionConflict);
  check(`
    UNLOAD ('SELECT 1') TO 's3://b/t/' IAM_ROLE default FORMAT AS PARQUET DELIMITER ';' GZIP;
    --                                                                    ^^^^^^^^^^^^^ error: PARQUET does not take DELIMITER
    --                                                                                  ^^^^ error: GZIP
    UNLOAD ('SELECT 1') TO 's3://b/t/' IAM_ROLE default PARQUET NULL AS 'x';
    --                                                          ^^^^^^^^^^^ error: NULL
    UNLOAD ('SELECT 1') TO 's3://b/t/' IAM_ROLE default CSV ADDQUOTES;
    --                                                      ^^^^^^^^^ error: CSV does not take ADDQUOTES
    UNLOAD ('SELECT 1') TO 's3://b/t/' IAM_ROLE default HEADER FIXEDWIDTH '0:5';
    --                                                  ^^^^^^ error: FIXEDWIDTH
    UNLOAD ('SELECT 1') TO 's3://b/t/' IAM_ROLE default ALLOWOVERWRITE CLEANPATH;
    --                                                  ^^^^^^^^^^^^^^ error: exclude each other
    UNLOAD ('SELECT 1') TO 's3://b/t/' IAM_ROLE default MAXFILESIZE 1 MB;
    --                                                  ^^^^^^^^^^^^^^^^ error: 5 MB to 6.2 GB
    UNLOAD ('SELECT 1') TO 's3://b/t/' IAM_ROLE default MAXFILESIZE AS 7 GB;
    --                                                  ^^^^^^^^^^^^^^^^^^^ error
    UNLOAD ('SELECT 1') TO 's3://b/t/' IAM_ROLE default PARQUET ROWGROUPSIZE 256 MB;
    --                                                          ^^^^^^^^^^^^^^^^^^^ error: 32 MB to 128 MB
    UNLOAD ('SELECT 1') TO 's3://b/t/' IAM_ROLE default PARQUET MAXFILESIZE 6.2 GB ROWGROUPSIZE 128 MB CLEANPATH;
    UNLOAD ('SELECT 1') TO 's3://b/t/' IAM_ROLE default PARQUET PARTITION BY (d) INCLUDE MANIFEST VERBOSE REGION 'eu-west-1';
    UNLOAD ('SELECT 1') TO 's3://b/t/' IAM_ROLE default CSV HEADER DELIMITER AS ';' GZIP NULL AS '' MAXFILESIZE 5 MB;
    UNLOAD ('SELECT 1') TO 's3://b/t/' IAM_ROLE default DELIMITER '|' ADDQUOTES ESCAPE HEADER ZSTD ALLOWOVERWRITE;
    UNLOAD ('SELECT 1') TO 's3://b/t/' IAM_ROLE default FORMAT AS {{ format }} GZIP;
  `);
  assert.equal(
    check.fixed("UNLOAD ('SELECT 1') TO 's3://b/t/'\nIAM_ROLE default\nPARQUET\nESCAPE\nHEADER\nCLEANPATH"),
    "UNLOAD ('SELECT 1') TO 's3://b/t/'\nIAM_ROLE default\nPARQUET\nCLEANPATH",
  );
});

test('text in the folders of a lake is a hint, text for people is not', () => {
  const check = ruleChecker(redshiftUnloadText, catalog);
  check(`
    UNLOAD ('SELECT id FROM shops') TO 's3://b/lake/shops/' IAM_ROLE default FORMAT CSV;
    --                                                                       ^^^^^^^^^^ hint: CSV is larger
    UNLOAD ('SELECT id FROM shops') TO 's3://b/processed/shops/' IAM_ROLE default;
    --                                 ^^^^^^^^^^^^^^^^^^^^^^^^^ hint: delimited text is larger
    UNLOAD ('SELECT id FROM shops') TO 's3://b/lake/shops/' IAM_ROLE default FORMAT PARQUET;
    UNLOAD ('SELECT id FROM shops') TO 's3://b/lake/shops_csv/' IAM_ROLE default FORMAT CSV;
    UNLOAD ('SELECT id FROM shops') TO 's3://my-lake/partner/shops/' IAM_ROLE default FORMAT CSV;
    UNLOAD ('SELECT id FROM shops') TO 's3://b/exports/shops/' IAM_ROLE default FORMAT CSV;
    UNLOAD ('SELECT body FROM docs') TO 's3://b/lake/docs/' IAM_ROLE default FORMAT JSON;
    UNLOAD ('SELECT id FROM shops') TO 's3://b/lake/shops/' IAM_ROLE default FORMAT {{ format }};
  `);
  assert.equal(
    check.fixed(
      "UNLOAD ('SELECT 1') TO 's3://b/lake/t/' IAM_ROLE default CSV HEADER DELIMITER ';' CLEANPATH",
    ),
    "UNLOAD ('SELECT 1') TO 's3://b/lake/t/' IAM_ROLE default FORMAT AS PARQUET CLEANPATH",
  );
  assert.equal(
    check.fixed("UNLOAD ('SELECT 1') TO 's3://b/lake/t/' IAM_ROLE default GZIP"),
    "UNLOAD ('SELECT 1') TO 's3://b/lake/t/'\nFORMAT AS PARQUET IAM_ROLE default",
  );
});

test('delimited text without marks is reported where a value may hold the delimiter', () => {
  const check = ruleChecker(redshiftUnloadNoEscape, catalog);
  check(`
    UNLOAD ('SELECT id, city FROM shops') TO 's3://b/t/' IAM_ROLE default DELIMITER '|';
    --                                                                    ^^^^^^^^^^^^^ warning: city may hold
    UNLOAD ('SELECT s.city FROM shops s') TO 's3://b/t/' IAM_ROLE default;
    --                                       ^^^^^^^^^^^ warning: city
    UNLOAD ('SELECT * FROM shops') TO 's3://b/t/' IAM_ROLE default;
    --                                ^^^^^^^^^^^ warning: city
    UNLOAD ('SELECT * FROM unknown_table') TO 's3://b/t/' IAM_ROLE default;
    --                                        ^^^^^^^^^^^ warning: A value
    UNLOAD ('SELECT * FROM counts') TO 's3://b/t/' IAM_ROLE default;
    UNLOAD ('SELECT id FROM shops') TO 's3://b/t/' IAM_ROLE default;
    UNLOAD ('SELECT id, name FROM unknown_table') TO 's3://b/t/' IAM_ROLE default;
    UNLOAD ('SELECT city FROM shops') TO 's3://b/t/' IAM_ROLE default CSV;
    UNLOAD ('SELECT city FROM shops') TO 's3://b/t/' IAM_ROLE default FORMAT JSON;
    UNLOAD ('SELECT city FROM shops') TO 's3://b/t/' IAM_ROLE default PARQUET;
    UNLOAD ('SELECT city FROM shops') TO 's3://b/t/' IAM_ROLE default ESCAPE;
    UNLOAD ('SELECT city FROM shops') TO 's3://b/t/' IAM_ROLE default ADDQUOTES DELIMITER ',';
    UNLOAD ('SELECT city FROM shops') TO 's3://b/t/' IAM_ROLE default FIXEDWIDTH '0:60';
    UNLOAD ('{{ query }}') TO 's3://b/t/' IAM_ROLE default;
  `);
  assert.equal(
    check.fixed("UNLOAD ('SELECT city FROM shops') TO 's3://b/t/' IAM_ROLE default DELIMITER '|'"),
    "UNLOAD ('SELECT city FROM shops') TO 's3://b/t/'\nFORMAT AS CSV IAM_ROLE default DELIMITER '|'",
  );
});

test('a quote that ends the query of an UNLOAD too early is one error, and is mended', () => {
  const check = ruleChecker(redshiftUnloadQuoting);
  const sql =
    "UNLOAD ('SELECT id FROM t WHERE d >= '2026-01-01' AND c = 'x'') TO 's3://b/t/' IAM_ROLE default";
  const { findings } = lintDocument(readDocument(sql, 'redshift'), {
    catalog: catalogFrom('', 'redshift'),
    config: { rules: {} },
  });
  assert.deepEqual(
    findings.map(({ code, severity, start }) => [code, severity, sql.slice(0, start).length]),
    [['RS215', 'error', sql.indexOf("'2026")]],
  );
  assert.equal(
    check.fixed(sql),
    "UNLOAD ('SELECT id FROM t WHERE d >= ''2026-01-01'' AND c = ''x''') TO 's3://b/t/' IAM_ROLE default",
  );
  check(`
    UNLOAD ('SELECT id FROM t WHERE c = ''x''') TO 's3://b/t/' IAM_ROLE default;
    UNLOAD ($$SELECT id FROM t WHERE c = 'x'$$) TO 's3://b/t/' IAM_ROLE default;
    UNLOAD ( 'SELECT id FROM t'
           ) TO 's3://b/t/' IAM_ROLE default;
    UNLOAD ('{{ query }}') TO 's3://b/t/' IAM_ROLE default;
  `);
});

test('a star in the outer query of an UNLOAD is a hint, a backup of a whole table is not', () => {
  const check = ruleChecker(redshiftUnloadSelectStar, catalog);
  check(`
    UNLOAD ('SELECT * FROM shops WHERE city = ''Lyon''') TO 's3://b/t/' IAM_ROLE default PARQUET;
    --              ^ hint: the columns of shops in today's order
    UNLOAD ('SELECT s.* FROM shops s JOIN counts USING (id)') TO 's3://b/t/' IAM_ROLE default PARQUET;
    --              ^^^ hint
    UNLOAD ('SELECT * FROM shops') TO 's3://b/t/' IAM_ROLE default PARQUET;
    UNLOAD ('SELECT id FROM (SELECT * FROM shops) WHERE id > 1') TO 's3://b/t/' IAM_ROLE default PARQUET;
    UNLOAD ('SELECT count(*) FROM shops WHERE id > 1') TO 's3://b/t/' IAM_ROLE default PARQUET;
    UNLOAD ('WITH a AS (SELECT id FROM shops) SELECT * FROM a WHERE id > 1') TO 's3://b/t/' IAM_ROLE default PARQUET;
  `);
  assert.equal(
    check.fixed("UNLOAD ('SELECT * FROM shops WHERE id > 1') TO 's3://b/t/' IAM_ROLE default PARQUET"),
    "UNLOAD ('SELECT id, city FROM shops WHERE id > 1') TO 's3://b/t/' IAM_ROLE default PARQUET",
  );
});
