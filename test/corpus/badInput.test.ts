import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CatalogSnapshot } from '../../src/catalog/catalog';
import { fileDialect } from '../../src/lint/fileDialect';
import type { Finding } from '../../src/lint/finding';
import { lintDocument } from '../../src/lint/lint';
import type { Dialect } from '../../src/sql/ast';
import { readDocument } from '../../src/sql/document';
import { catalogFrom } from '../support/ruleChecker';

const nothing: CatalogSnapshot = { table: () => undefined };

function lint(text: string, dialect: Dialect = 'athena', catalog = nothing): readonly Finding[] {
  const { findings } = lintDocument(readDocument(text, dialect), { catalog, config: { rules: {} } });
  for (const { start, end } of findings) assert.ok(0 <= start && start <= end && end <= text.length);
  return findings;
}

const row = "select order_id, amount from shop.orders where day = date '2024-05-01' and note <> 'a;b';\n";

test('a file of 5 MB and a line of 1 MB are linted whole', () => {
  const broken = 'select order_id from where 1;';
  const large = row.repeat(Math.ceil(5_000_000 / row.length)) + broken;
  assert.deepEqual(
    lint(large).map(({ code, start }) => [code, large.slice(start, start + 5)]),
    [['SQL001', 'where']],
  );
  const line = row.replace('\n', ' ').repeat(Math.ceil(1_000_000 / row.length)) + broken;
  assert.ok(!line.includes('\n'));
  assert.deepEqual(
    lint(line).map(({ code }) => code),
    ['SQL001'],
  );
});

test('a statement of 1 MB is read whole, and found too long for Athena', () => {
  const list = Array.from({ length: 130_000 }, (_, number) => `'k${number}'`).join(',');
  assert.deepEqual(
    lint(`select a from t where k in (${list})`).map(({ code }) => code),
    ['ATH210'],
  );
});

test('offsets are right behind CRLF, a byte order mark, emoji and half of one', () => {
  for (const before of [
    '\r\n\r\n',
    '\ufeff',
    "select '😀🏳️‍🌈';\r\n",
    "select '\ud83d';\n",
    '-- 😀\r\n',
    '/* 🎉\r\n */ ',
  ]) {
    const text = `${before}select a\r\nfrom where x = 1;\r\nselect '😀' as b from u;`;
    const [only, ...more] = lint(text);
    assert.deepEqual(more, [], JSON.stringify(before));
    assert.equal(only?.start, text.indexOf('where'), JSON.stringify(before));
  }
});

test('NUL bytes and what is no text at all give findings in the text or none, and never throw', () => {
  const bytes = Buffer.from(Array.from({ length: 4096 }, (_, index) => (index * 167) % 256));
  for (const text of [
    'select a\u0000b from t',
    '\u0000'.repeat(1000),
    bytes.toString('utf8'),
    bytes.toString('latin1'),
  ])
    for (const dialect of ['athena', 'redshift'] as const) lint(text, dialect);
  assert.ok(Buffer.from([0x73, 0xff, 0xfe, 0x27]).toString('utf8').includes('\ufffd'));
  lint(`select '${Buffer.from([0xff, 0xfe, 0x80]).toString('utf8')}' from t`);
});

test('files of MySQL, SQL Server and BigQuery have no dialect, so that nothing is said of them', () => {
  const files = {
    mysql:
      'CREATE TABLE `users` (\n  `id` int unsigned NOT NULL AUTO_INCREMENT,\n  `name` varchar(64) CHARACTER SET utf8mb4,\n  PRIMARY KEY (`id`),\n  KEY `idx` (`name`)\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;\nINSERT INTO `users` VALUES (1, "x") ON DUPLICATE KEY UPDATE `name` = VALUES(`name`);\nSELECT IFNULL(`name`, "") FROM `users` LIMIT 5, 10;\n',
    sqlServer:
      "USE [Shop];\nGO\nCREATE TABLE [dbo].[Users] ([Id] INT IDENTITY(1,1) NOT NULL, [Name] NVARCHAR(MAX)) ON [PRIMARY];\nGO\nDECLARE @n INT = 3;\nSELECT TOP (@n) [Id], ISNULL([Name], N'') FROM [dbo].[Users] WITH (NOLOCK) CROSS APPLY STRING_SPLIT([Name], ',');\nGO\n",
    bigQuery:
      'CREATE OR REPLACE TABLE `my-project.shop.users` PARTITION BY DATE(created) CLUSTER BY id AS\nSELECT * EXCEPT (secret), SAFE_CAST(x AS INT64) AS n, STRUCT(1 AS a) AS s FROM `my-project.raw.users`, UNNEST(tags) AS tag WITH OFFSET AS at\nWHERE _TABLE_SUFFIX BETWEEN "20240101" AND "20240131";\n',
  };
  for (const [name, text] of Object.entries(files)) assert.equal(fileDialect(text), undefined, name);
});

test('views that name each other, or themselves, are linted like others', () => {
  const ddl =
    'create view lake.a as select x from lake.b; create view lake.b as select x from lake.a; create view lake.c as select * from lake.c;';
  const catalog = catalogFrom(ddl, 'athena');
  assert.deepEqual(lint('select x from lake.a where x = 1', 'athena', catalog), []);
  assert.deepEqual(lint('select x from lake.c join lake.a using (x)', 'athena', catalog), []);
  lint(`${ddl} select * from lake.b`, 'athena', catalog);
});
