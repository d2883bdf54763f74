import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileDialect } from '../../src/lint/fileDialect';
import { lintDocument } from '../../src/lint/lint';
import { isAtLeast } from '../../src/lint/settings';
import { readDocument } from '../../src/sql/document';
import { catalogFrom } from '../support/ruleChecker';

/** Code, severity and the marked text of each finding above hint, by line. */
function report(name: string): readonly string[] {
  const sql = readFileSync(`test/fixtures/lint/${name}`, 'utf8');
  const dialect = fileDialect(sql);
  assert.ok(dialect !== undefined);
  const { findings } = lintDocument(readDocument(sql, dialect), {
    catalog: catalogFrom('', dialect),
    config: { rules: {} },
  });
  return findings
    .filter(({ severity }) => isAtLeast(severity, 'information'))
    .map(({ start, end, code, severity }) => {
      const line = sql.slice(0, start).split('\n').length;
      return `${line} ${code} ${severity} ${sql.slice(start, end).replace(/\s+/g, ' ')}`;
    });
}

test('the usual mistakes in Athena SQL are each reported once where they stand', () => {
  assert.deepEqual(report('athena-mistakes.sql'), [
    "32 ATH113 warning paid_on = '2026-03-09'",
    "32 ATH109 error '2026-03-09'",
    '36 ATH101 warning retail.card_payments',
    "42 ATH103 warning year = '2026' OR shop = 'Lyon'",
    '45 ATH121 warning *',
    '50 ATH303 information retail.payments_by_month',
    '52 ATH301 error year',
    "58 ATH313 warning '3'",
    "58 ATH313 warning '9'",
    '62 ATH311 information MSCK REPAIR TABLE retail.card_payments',
  ]);
});

test('the usual mistakes in Redshift SQL are each reported once where they stand', () => {
  assert.deepEqual(report('redshift-mistakes.sql'), [
    '3 RS101 information mart.card_payments',
    '3 RS102 information mart.card_payments',
    '18 RS104 warning DISTKEY',
    '25 RS105 error DISTSTYLE EVEN',
    '31 RS201 warning COMPUPDATE ON',
    "36 RS203 error CREDENTIALS 'aws_access_key_id=AKIAIOSFODNN7EXAMPLE;aws_secret_access_key=wJalrXUtnFEMIexamplekey'",
    '43 RS213 warning ALLOWOVERWRITE',
    '49 RS211 information PARALLEL OFF',
    '52 RS302 information VACUUM DELETE ONLY',
    '54 RS306 warning DELETE FROM mart.refunds',
    '56 RS401 information *',
    '62 RS115 error BIGSERIAL',
    '63 RS115 error JSONB',
    '64 RS116 warning TEXT',
    '67 RS117 error ON CONFLICT',
    "70 RS215 error '",
    '75 RS209 error 10',
    '83 RS308 warning mart.refunds',
    '86 RS307 warning TRUNCATE mart.baskets',
    '87 RS303 error VACUUM SORT ONLY',
    '91 RS403 warning mart.shops',
    '94 RS412 error date_parse',
    '94 RS409 warning NOW()',
    "97 RS204 warning 's3://retail-lake/landing/shop'",
    '98 AWS01 error 11112222333',
  ]);
});
