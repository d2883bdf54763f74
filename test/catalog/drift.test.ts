import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alterStatements, findDrift, type Drift, type FileSchema } from '../../src/catalog/drift';
import { readDocument } from '../../src/sql/document';
import { tableOf } from '../support/fakes';

const lazy = 'org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe';

function file(uri: string, columns: string): FileSchema {
  return { uri, columns: tableOf(`f(${columns})`).columns };
}

/** Each statement is one that the parser knows as Athena's, without errors. */
function valid(drifts: readonly Drift[]): readonly string[] {
  const statements = drifts.flatMap(({ mend }) => (mend.kind === 'none' ? [] : mend.statements));
  for (const sql of statements) {
    const { statements: parsed } = readDocument(sql, 'athena');
    assert.equal(parsed.length, 1, sql);
    assert.deepEqual(parsed[0]?.parsed.problems, [], sql);
  }
  return statements;
}

test('a table that agrees with its files and partitions has no drift', () => {
  const table = tableOf('d.t(a int, b string) by day date', { kind: 'hive', format: 'parquet' });
  const { columns } = table;
  assert.deepEqual(
    findDrift(table, {
      files: [file('1', 'A int, b string')],
      partitions: [{ values: ['2024-01-01'], columns, location: 's3://b/' }],
    }),
    [],
  );
  assert.deepEqual(findDrift(table, {}), [], 'nothing was looked at');
});

test('a column only in the files is added', () => {
  const table = tableOf('d.t(a int)', { kind: 'hive', format: 'parquet' });
  const drifts = findDrift(table, { files: [file('1', 'a int'), file('2', 'a int, b decimal')] });
  assert.equal(drifts[0]?.message, 'b decimal(10,0) is in 1 of 2 files, but not in the table.');
  assert.deepEqual(valid(drifts), ['ALTER TABLE `d`.`t` ADD COLUMNS (\n  `b` decimal\n);']);
});

test('no ADD COLUMNS is offered where the files disagree, or where it would shift what is read by position', () => {
  const table = tableOf('d.t(a int, z int)', { kind: 'hive', format: 'parquet' });
  const [torn] = findDrift(table, {
    files: [file('1', 'a int, z int, b int'), file('2', 'a int, z int, b date')],
  });
  assert.deepEqual([torn?.mend.kind, torn?.column], ['none', 'b']);
  const [middle] = findDrift({ ...table, format: 'orc' }, { files: [file('1', 'a int, b int, z int')] });
  assert.equal(middle?.mend.kind, 'none');
});

test('another type in all files is changed in Iceberg if it widens, replaced for LazySimpleSerDe, and defined again for Parquet', () => {
  const files = [file('1', 'a bigint'), file('2', 'a bigint')];
  const mend = (rest: Parameters<typeof tableOf>[1]): Drift | undefined =>
    findDrift(tableOf('d.t(a int)', rest), { files })[0];
  const iceberg = mend({ kind: 'iceberg' });
  assert.deepEqual(valid(iceberg === undefined ? [] : [iceberg]), [
    'ALTER TABLE `d`.`t` CHANGE COLUMN `a` `a` bigint;',
  ]);
  const text = mend({ kind: 'hive', format: 'text', serde: lazy });
  assert.deepEqual(valid(text === undefined ? [] : [text]), [
    'ALTER TABLE `d`.`t` REPLACE COLUMNS (\n  `a` bigint\n);',
  ]);
  const parquet = mend({ kind: 'hive', format: 'parquet', location: 's3://b/t/' });
  assert.equal(parquet?.mend.kind, 'recreate');
  assert.match(
    valid(parquet === undefined ? [] : [parquet]).join('\n'),
    /^DROP TABLE `d`\.`t`;\nCREATE EXTERNAL TABLE[^]*`a` bigint/,
  );
  const narrower = findDrift(tableOf('d.t(a bigint)', { kind: 'iceberg' }), {
    files: [file('1', 'a int')],
  })[0];
  assert.equal(narrower?.mend.kind, 'none');
});

test('types that differ from file to file are mended by no statement', () => {
  const table = tableOf('d.t(a int)', { kind: 'hive', format: 'parquet' });
  const [drift] = findDrift(table, { files: [file('1', 'a int'), file('2', 'a string')] });
  assert.deepEqual([drift?.kind, drift?.mend.kind, drift?.where], ['type', 'none', ['2']]);
});

test('a column in no file is dropped, or where it came later left alone', () => {
  const table = tableOf('d.t(a int, b int)', { kind: 'iceberg' });
  const gone = findDrift(table, { files: [file('1', 'a int')] });
  assert.deepEqual(valid(gone), ['ALTER TABLE `d`.`t` DROP COLUMN `b`;']);
  const later = findDrift(table, { files: [file('1', 'a int'), file('2', 'a int, b int')] });
  assert.deepEqual([later[0]?.mend.kind, later[0]?.where], ['none', ['1']]);
});

test('a partition with other columns is dropped and added again, which gives it the table’s', () => {
  const table = tableOf('d.t(a bigint, b string) by y int, n string', { kind: 'hive', format: 'parquet' });
  const drifts = findDrift(table, {
    partitions: [
      { values: ['2024', "o'b"], columns: [{ name: 'a', type: 'string' }], location: 's3://b/t/x/' },
      {
        values: ['2025', 'c'],
        columns: [
          { name: 'a', type: 'int' },
          { name: 'b', type: 'string' },
        ],
      },
    ],
  });
  assert.deepEqual(
    drifts.map(({ message }) => message),
    [
      "a is bigint in the table, but string in y=2024/n=o'b, and a query over it fails.",
      "b is in the table, but not in the columns of y=2024/n=o'b.",
      'a is bigint in the table, but int in y=2025/n=c.',
    ],
  );
  assert.deepEqual(alterStatements(drifts), [
    "ALTER TABLE `d`.`t` DROP IF EXISTS PARTITION (`y` = '2024', `n` = 'o\\'b');",
    "ALTER TABLE `d`.`t` ADD IF NOT EXISTS PARTITION (`y` = '2024', `n` = 'o\\'b') LOCATION 's3://b/t/x/';",
  ]);
  valid(drifts);
});

test('a partition key that is also in the files is told', () => {
  const table = tableOf('d.t(a int) by day date', { kind: 'hive', format: 'parquet' });
  const [drift] = findDrift(table, { files: [file('1', 'a int, DAY date')] });
  assert.deepEqual([drift?.kind, drift?.column], ['key-in-files', 'day']);
});

test('a column whose type is not known is present, but neither compared nor added', () => {
  const table = tableOf('d.t(a array<int>)', { kind: 'hive', format: 'parquet' });
  const columns = [
    { name: 'a', type: '' },
    { name: 'b', type: '' },
  ];
  const drifts = findDrift(table, { files: [{ uri: '1', columns }] });
  assert.deepEqual(
    drifts.map(({ message, mend }) => [message, mend.kind]),
    [['b is in the file, but not in the table.', 'none']],
  );
});

test('several types that change are one definition, not one after the other', () => {
  const files = [file('1', 'a bigint, b double')];
  const text = findDrift(tableOf('d.t(a int, b int)', { kind: 'hive', format: 'text', serde: lazy }), {
    files,
  });
  assert.deepEqual(alterStatements(text), [
    'ALTER TABLE `d`.`t` REPLACE COLUMNS (\n  `a` bigint,\n  `b` double\n);',
  ]);
  const parquet = findDrift(tableOf('d.t(a int, b int)', { kind: 'hive', format: 'parquet' }), { files });
  const [first, second] = parquet.map(({ mend }) => (mend.kind === 'recreate' ? mend.statements : []));
  assert.deepEqual(first, second);
  assert.match(first?.join('\n') ?? '', /`a` bigint,\n {2}`b` double/);
});

test('a type that holds the files’ values is told as harmless, and nothing is mended', () => {
  const [drift] = findDrift(tableOf('d.t(a bigint)', { kind: 'hive', format: 'parquet' }), {
    files: [file('1', 'a int')],
  });
  assert.deepEqual(
    [drift?.effect, drift?.mend.kind],
    ['Queries work: bigint holds all of its values.', 'none'],
  );
});

test('a partition whose files hold what it says is not given the table’s type', () => {
  const table = tableOf('d.t(a string, b int) by n string', { kind: 'hive', format: 'parquet' });
  const columns = (a: string) => [{ name: 'a', type: a }];
  const drifts = findDrift(table, {
    files: [file('1', 'a int, b int'), file('2', 'a string, b int')],
    partitions: [
      { values: ['1'], columns: columns('int'), location: 's3://b/1/' },
      { values: ['2'], columns: columns('string'), location: 's3://b/2/' },
    ],
  });
  const [wrong] = drifts.filter(({ kind, column }) => kind === 'partition-schema' && column === 'a');
  assert.equal(wrong?.message, 'a is string in the table, but int in n=1 and in files.');
  assert.equal(wrong?.mend.kind, 'none');
  assert.deepEqual(alterStatements(drifts), [
    "ALTER TABLE `d`.`t` DROP IF EXISTS PARTITION (`n` = '2');",
    "ALTER TABLE `d`.`t` ADD IF NOT EXISTS PARTITION (`n` = '2') LOCATION 's3://b/2/';",
  ]);
});
