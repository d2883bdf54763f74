import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SchemaElement } from 'hyparquet/src/types.js';
import { csvTable } from '../../src/inference/csvFields';
import { jsonRows } from '../../src/inference/jsonFields';
import { layoutOf } from '../../src/inference/layout';
import { mergeTyped } from '../../src/inference/mergeTyped';
import { columnsOf } from '../../src/inference/parquetTypes';
import { readAvro } from '../../src/inference/avroTypes';
import { shapeType, textShape, widen, type Shape } from '../../src/inference/shapes';
import { nameFrom, plainName, proposedName } from '../../src/inference/tableName';

/** The columns of a footer, as `name type`, with what is doubtful. */
function parquet(...elements: readonly SchemaElement[]): readonly string[] {
  const doubts: string[] = [];
  const columns = columnsOf([{ name: 'root', num_children: elements.length }, ...elements], doubts);
  return [...columns.map(({ name, type }) => `${name} ${type}`), ...doubts];
}

test('types of a Parquet footer are those that Athena reads, old spellings and unsigned numbers included', () => {
  const leaf = (name: string, rest: Partial<SchemaElement>): SchemaElement => ({
    name,
    type: 'INT32',
    ...rest,
  });
  assert.deepEqual(
    parquet(
      leaf('Id', { type: 'INT64' }),
      leaf('price', { type: 'FIXED_LEN_BYTE_ARRAY', converted_type: 'DECIMAL', precision: 18, scale: 2 }),
      leaf('cost', { type: 'INT64', logical_type: { type: 'DECIMAL', precision: 12, scale: 4 } }),
      leaf('at', {
        type: 'INT64',
        logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MICROS' },
      }),
      leaf('older', { type: 'INT96' }),
      leaf('flags', { converted_type: 'UINT_32' }),
      leaf('tiny', { converted_type: 'INT_8' }),
      leaf('small', { logical_type: { type: 'INTEGER', bitWidth: 8, isSigned: false } }),
      leaf('day', { converted_type: 'DATE' }),
      leaf('name', { type: 'BYTE_ARRAY', converted_type: 'UTF8' }),
      leaf('raw', { type: 'BYTE_ARRAY' }),
      leaf('real', { type: 'FLOAT' }),
    ),
    [
      'Id bigint',
      'price decimal(18,2)',
      'cost decimal(12,4)',
      'at timestamp',
      'older timestamp',
      'flags bigint',
      'tiny tinyint',
      'small smallint',
      'day date',
      'name string',
      'raw binary',
      'real float',
    ],
  );
});

test('what no type of Athena holds is told with the type that reads it', () => {
  assert.deepEqual(
    parquet(
      { name: 'id', type: 'FIXED_LEN_BYTE_ARRAY', logical_type: { type: 'UUID' } },
      { name: 'time', type: 'INT64', logical_type: { type: 'TIME', isAdjustedToUTC: false, unit: 'MICROS' } },
      { name: 'huge', type: 'INT64', converted_type: 'UINT_64' },
      {
        name: 'nanos',
        type: 'INT64',
        logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: false, unit: 'NANOS' },
      },
      { name: 'none', type: 'INT32', logical_type: { type: 'NULL' } },
    ),
    [
      'id binary',
      'time bigint',
      'huge bigint',
      'nanos timestamp',
      'none string',
      'id is UUID, which Athena reads as bytes.',
      'time is a time of day, which no type of Athena holds: it is read as a number of micros.',
      'huge is an unsigned 64-bit number: values of 2^63 and more are read as negative ones.',
      'nanos is a timestamp in nanoseconds, of which Athena shows milliseconds.',
      'none holds nothing but NULL, so its type is not known: it is taken for a string.',
    ],
  );
});

test('lists of old writers, repeated fields and maps are read as the rules for them say', () => {
  const int: SchemaElement = { name: 'element', type: 'INT32' };
  const list = (name: string, ...inner: readonly SchemaElement[]): readonly SchemaElement[] => [
    { name, num_children: 1, converted_type: 'LIST' },
    ...inner,
  ];
  const three = list('a', { name: 'list', repetition_type: 'REPEATED', num_children: 1 }, int);
  const two = list('b', { name: 'array', type: 'INT32', repetition_type: 'REPEATED' });
  const tuple = list(
    'c',
    { name: 'c_tuple', repetition_type: 'REPEATED', num_children: 1 },
    { ...int, name: 'X' },
  );
  const map: readonly SchemaElement[] = [
    { name: 'd', num_children: 1, logical_type: { type: 'MAP' } },
    { name: 'key_value', repetition_type: 'REPEATED', num_children: 2 },
    { name: 'key', type: 'BYTE_ARRAY', converted_type: 'UTF8' },
    { name: 'value', type: 'DOUBLE' },
  ];
  const bare: SchemaElement = { name: 'e', type: 'BOOLEAN', repetition_type: 'REPEATED' };
  assert.deepEqual(parquet(...three, ...two, ...tuple, ...map, bare), [
    'a array<int>',
    'b array<int>',
    'c array<struct<x:int>>',
    'd map<string,double>',
    'e array<boolean>',
  ]);
});

test('an Avro schema with unions, names used again and a type that refers to itself is read to its end', async () => {
  const schema = {
    type: 'record',
    name: 'R',
    fields: [
      { name: 'a', type: ['null', 'long'] },
      { name: 'b', type: ['string', 'int'] },
      { name: 'c', type: { type: 'fixed', name: 'Hash', size: 16 } },
      { name: 'd', type: 'Hash' },
      { name: 'e', type: { type: 'bytes', logicalType: 'decimal', precision: 10, scale: 2 } },
      {
        name: 'f',
        type: { type: 'record', name: 'Node', fields: [{ name: 'next', type: ['null', 'Node'] }] },
      },
      { name: 'g', type: { type: 'long', logicalType: 'timestamp-millis' } },
    ],
  };
  const text = Buffer.from(JSON.stringify(schema));
  const long = (value: number): number[] => {
    const found: number[] = [];
    let rest = value * 2;
    for (; rest > 127; rest = Math.floor(rest / 128)) found.push((rest % 128) + 128);
    return [...found, rest];
  };
  const key = Buffer.from('avro.schema');
  const file = Buffer.from([
    ...Buffer.from('Obj\u0001'),
    ...long(1),
    ...long(key.length),
    ...key,
    ...long(text.length),
    ...text,
    0,
  ]);
  const read = async (start: number, end: number): Promise<Uint8Array> => file.subarray(start, end);
  const reading = await readAvro({ key: 'x.avro', bytes: file.length, read });
  assert.ok(reading.kind === 'typed');
  const types = reading.columns.map(({ name, type }) => `${name} ${type}`);
  assert.deepEqual(types, [
    'a bigint',
    'b string',
    'c binary',
    'd binary',
    'e decimal(10,2)',
    'f struct<next:string>',
    'g timestamp',
  ]);
  assert.ok(reading.doubts.some((doubt) => doubt.startsWith('b holds values of several types')));
  assert.ok(reading.doubts.some((doubt) => doubt.includes('refers to itself')));
});

test('texts are told apart as the SerDes read them', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['1', 'bigint'],
    ['-5', 'bigint'],
    ['+5', 'string'],
    ['007', 'string'],
    ['0', 'bigint'],
    ['9223372036854775807', 'bigint'],
    ['9223372036854775808', 'decimal(38,0)'],
    ['1'.repeat(39), 'string'],
    ['1.5', 'double'],
    ['1e3', 'double'],
    ['.5', 'double'],
    ['00.5', 'string'],
    ['TRUE', 'boolean'],
    ['2024-02-29', 'date'],
    ['2024-02-30', 'string'],
    ['2024-01-01 10:00:00.123', 'timestamp'],
    ['2024-01-01T10:00:00Z', 'string'],
    ['1,5', 'string'],
    ['NaN', 'string'],
  ];
  for (const [text, type] of cases) assert.equal(shapeType(textShape(text)), type, text);
});

test('widening knows no order: the type of two is that of the two turned round', () => {
  const shapes: readonly Shape[] = [
    ...[
      '1',
      '9223372036854775808',
      '1.5',
      'true',
      '2024-01-01',
      '2024-01-01 00:00:00',
      '01',
      'x',
      '2024-01-01T00:00Z',
    ].map(textShape),
    { kind: 'null' },
    { kind: 'array', of: { kind: 'bigint' } },
    { kind: 'array', of: { kind: 'string' } },
    { kind: 'struct', fields: new Map([['a', { kind: 'bigint' } as const]]) },
    {
      kind: 'struct',
      fields: new Map([
        ['a', { kind: 'double' } as const],
        ['b', { kind: 'null' } as const],
      ]),
    },
  ];
  for (const a of shapes) {
    for (const b of shapes) {
      assert.equal(shapeType(widen(a, b)), shapeType(widen(b, a)), `${shapeType(a)} and ${shapeType(b)}`);
      for (const c of shapes) {
        assert.equal(shapeType(widen(widen(a, b), c)), shapeType(widen(a, widen(b, c))));
      }
    }
  }
});

test('CSV: delimiters, headers, quotes and breaks inside them are told apart', () => {
  assert.deepEqual(csvTable('a\tb\n1\t2\n')?.dialect, {
    delimiter: '\t',
    quoted: false,
    backslash: false,
    header: true,
    brokenLines: false,
  });
  assert.equal(csvTable('1,2\n3,4\n')?.dialect.header, false);
  assert.deepEqual(
    csvTable('1,2\n3,4\n')?.fields.map(([name]) => name),
    ['column_1', 'column_2'],
  );
  assert.equal(csvTable('name,city\nAnn,Rome\n')?.dialect.header, true);
  assert.ok(csvTable('name,city\nAnn,Rome\n')?.doubts.some((doubt) => doubt.includes('taken for a header')));
  assert.equal(csvTable('Ann Lee (x),Rome!\nBob,Oslo\n')?.dialect.header, false, 'values, not names');
  assert.equal(csvTable('id,note\n1,"a\nb"\n')?.dialect.brokenLines, true);
  assert.equal(csvTable('id,note\n1,"a \\" b"\n2,x\n')?.dialect.backslash, true);
  assert.equal(csvTable('id\u0001name\n1\u0001x\n')?.dialect.delimiter, '\u0001');
  assert.ok(csvTable('\uFEFFid,n\n1,2\n')?.faults.some((fault) => fault.includes('byte order mark')));
  assert.ok(
    csvTable('id,n\n1,2\n3\n4,5\n')?.faults.some((fault) => fault.startsWith('1 of the first 3 rows')),
  );
  assert.equal(csvTable('one line of words\nand another\n'), undefined);
  assert.equal(csvTable(''), undefined);
  assert.deepEqual(
    csvTable('id\n1\n2\n', 'CSV')?.fields.map(([name]) => name),
    ['id'],
    'one column where the name says so',
  );
  assert.equal(csvTable('', 'CSV'), undefined);
});

test('JSON: lines, one document, objects over several lines, and what is cut off', () => {
  assert.equal(jsonRows('{"a":1}\n{"a":2}\n{"a":', { whole: false })?.rows, 2);
  assert.equal(jsonRows('{"a":1}\nbroken\n{"a":2}\n', { whole: true })?.bad, 1);
  assert.equal(jsonRows('[{"a":1},{"a":2}]', { whole: true })?.layout, 'array');
  assert.deepEqual(jsonRows('[{"a":1},\n{"a":"}"},\n{"a"', { whole: false })?.rows, 2);
  assert.deepEqual(
    jsonRows('{\n "a": 1\n}\n{\n "a": 2.5\n}\n', { whole: true })?.fields.map(([, shape]) =>
      shapeType(shape),
    ),
    ['double'],
  );
  assert.equal(jsonRows('[1,2]', { whole: true }), undefined);
  assert.equal(jsonRows('{broken', { whole: true }), undefined);
});

test('a layout is told from folders: dates in one or several levels, below others, or none at all', () => {
  const paths = (...list: readonly string[]) =>
    list.map((path) => path.split('/').filter((part) => part !== ''));
  const layout = (list: readonly (readonly string[])[]) => layoutOf(list, { complete: true });
  const projected = (list: readonly (readonly string[])[]): readonly (string | undefined)[] => {
    const found = layout(list);
    return found.kind === 'projected'
      ? [found.template, found.properties[`projection.${found.keys.at(-1)?.name ?? ''}.format`]]
      : [found.kind];
  };
  assert.deepEqual(projected(paths('2024/01/15/07', '2024/01/15/08')), ['${hour}/', 'yyyy/MM/dd/HH']);
  assert.deepEqual(projected(paths('2024-01-15', '2024-01-16')), ['${day}/', 'yyyy-MM-dd']);
  assert.deepEqual(projected(paths('20240115', '20240116')), ['${day}/', 'yyyyMMdd']);
  assert.deepEqual(projected(paths('eu/2024/01', 'us/2024/02')), ['${folder_1}/${month}/', 'yyyy/MM']);
  assert.deepEqual(projected(paths('2024', '2025')), ['none'], 'a number alone may be anything');
  assert.deepEqual(projected(paths('2024/13/01', '2024/14/01')), ['none']);
  assert.deepEqual(projected(paths('a', 'b')), ['none']);
  const mixed = layout(paths('day=1', 'day=2', 'region=eu', ''));
  assert.ok(mixed.kind === 'hive');
  assert.deepEqual(
    mixed.keys.map(({ name }) => name),
    ['day'],
  );
  assert.ok(mixed.doubts.some((doubt) => doubt.startsWith('1 file lies in other folders than day/')));
  assert.deepEqual(layout(paths('', '')), { kind: 'none', doubts: [] });
});

test('names are made of what Athena takes', () => {
  assert.equal(proposedName('lake', 'raw/Customer Transactions/year=2024/'), 'customer_transactions');
  assert.equal(proposedName('my-lake', ''), 'my_lake');
  assert.equal(plainName('Größe (m²)'), 'gro_e_m2');
  assert.equal(plainName('2024'), 't_2024');
  assert.equal(plainName('§§'), 'table_1');
  assert.deepEqual(nameFrom('Bank.Cards', 'x'), { database: 'bank', name: 'cards' });
  assert.deepEqual(nameFrom('cards', 'x'), { database: 'x', name: 'cards' });
  assert.equal(nameFrom('a.b.c', 'x'), undefined);
});

test('columns that differ in case alone, odd names and fields that no type can name are told', () => {
  const { columns, doubts } = mergeTyped([
    {
      key: 'a',
      columns: [
        { name: 'ID', type: 'int' },
        { name: 'id', type: 'string' },
        { name: 'full name', type: 'string' },
        { name: 'odd', type: 'struct<a b:int,c-d:int>' },
        { name: 'fine', type: 'struct<a:int,b:array<decimal(10,2)>>' },
      ],
    },
    {
      key: 'b',
      columns: [
        { name: 'Id', type: 'bigint' },
        { name: 'fine', type: 'struct<a:int,b:array<decimal(10,2)>>' },
      ],
    },
  ]);
  assert.deepEqual(
    columns.map(({ name, type }) => `${name} ${type}`),
    ['id bigint', 'fine struct<a:int,b:array<decimal(10,2)>>', 'full name string'],
  );
  for (const doubt of [
    /^ID and id differ in case alone/,
    /^id is bigint in b and int in a: bigint reads/,
    /^“full name” has signs/,
    /^odd has a field/,
  ]) {
    assert.ok(
      doubts.some((each) => doubt.test(each)),
      `${String(doubt)}\n${doubts.join('\n')}`,
    );
  }
});
