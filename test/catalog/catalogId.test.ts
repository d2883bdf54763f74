import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogPlace, catalogSqlName, catalogTitle, readCatalog } from '../../src/catalog/catalogId';
import { matchesName, namePattern } from '../../src/catalog/namePattern';

const bucket = 'arn:aws:s3tables:eu-west-1:111122223333:bucket/risk-tables';

test('what people type for a catalog is read as an account, an ARN or a name', () => {
  const read: readonly (readonly [string, string])[] = [
    ['444455556666', 'glue:444455556666'],
    [' 4444-5555-6666 ', 'glue:444455556666'],
    ['444455556666:sales/eu', 'glue:444455556666:sales/eu'],
    ['arn:aws:glue:eu-west-1:444455556666:catalog', 'glue:444455556666'],
    ['arn:aws-cn:glue:cn-north-1:444455556666:catalog/sales/eu', 'glue:444455556666:sales/eu'],
    [bucket, `s3tables:${bucket}`],
    ['market_data', 'athena:market_data'],
    ['connector:orders', 'connector:orders'],
  ];
  for (const [typed, id] of read) {
    assert.equal(readCatalog(typed), id);
    assert.equal(readCatalog(id), id, 'an id is itself');
    assert.doesNotThrow(() => catalogPlace(id));
  }
});

test('what can be no catalog is refused in a sentence', () => {
  for (const typed of ['', '1234', 'my catalog', 'arn:aws:s3:::bucket', 'glue:']) {
    assert.throws(() => readCatalog(typed), { kind: 'invalid', message: /names no catalog: write/ }, typed);
  }
  assert.throws(() => catalogPlace('market_data'), { kind: 'invalid' });
});

test('SQL calls a catalog by its ARN, its path or its name, and the own by nothing', () => {
  assert.equal(catalogSqlName(undefined, 'eu-west-1'), undefined);
  assert.equal(
    catalogSqlName('glue:444455556666', 'eu-west-1'),
    'glue:arn:aws:glue:eu-west-1:444455556666:catalog',
  );
  assert.equal(
    catalogSqlName('glue:444455556666', 'us-gov-west-1'),
    'glue:arn:aws-us-gov:glue:us-gov-west-1:444455556666:catalog',
  );
  assert.equal(catalogSqlName('glue:111122223333:s3tablescatalog/risk', 'eu-west-1'), 's3tablescatalog/risk');
  assert.equal(catalogSqlName(`s3tables:${bucket}`, 'eu-west-1'), 's3tablescatalog/risk-tables');
  assert.equal(catalogSqlName('athena:market_data', 'eu-west-1'), 'market_data');
  assert.equal(catalogTitle(`s3tables:${bucket}`), 'risk-tables');
});

test('a part of a name is found anywhere in it, and with a star the whole name is meant', () => {
  assert.equal(namePattern('a.b'), '.*a\\.b.*');
  assert.ok(matchesName('TRANS', 'customer_transactions'));
  assert.ok(matchesName('cust*', 'customers') && !matchesName('cust*', 'old_customers'));
  assert.ok(matchesName('*_v?', 'sales_v?') && !matchesName('*_v?', 'sales_v2'));
});
