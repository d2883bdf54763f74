import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileDialect } from '../../src/lint/fileDialect';

const redshiftWords = "COPY t FROM 's3://b/t/' IAM_ROLE default FORMAT AS PARQUET;";

test('the dialect is the forced one, else the first comment, the configuration, the folder, the words', () => {
  const said = `-- a load\n-- dialect: athena\n${redshiftWords}`;
  const hints = { configured: 'athena', folder: 'redshift' } as const;
  assert.equal(fileDialect(said, { forced: 'redshift', ...hints }), 'redshift');
  assert.equal(fileDialect(said, { configured: 'redshift' }), 'athena');
  assert.equal(fileDialect(redshiftWords, hints), 'athena');
  assert.equal(fileDialect('SELECT 1', { folder: 'redshift' }), 'redshift');
  assert.equal(fileDialect(redshiftWords), 'redshift');
  assert.equal(fileDialect('SELECT 1'), undefined);
});

test('a file of another database stays unknown', () => {
  assert.equal(fileDialect('CREATE TABLE t (id INT AUTO_INCREMENT) ENGINE=InnoDB;'), undefined);
});
