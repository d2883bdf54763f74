import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Table } from '../../src/catalog/catalog';
import { templatePlace } from '../../src/partitions/template';
import { proposeTemplate } from '../../src/partitions/templateProposal';

function tableOf(keys: string, parameters: Readonly<Record<string, string>> = {}): Table {
  return {
    database: 'bank',
    name: 'payments',
    columns: [],
    location: 's3://lake/payments',
    parameters,
    partitionKeys: keys.split(', ').map((key) => {
      const [name = '', type = ''] = key.split(' ');
      return { name, type };
    }),
  };
}

/** What a template makes of a path below its place: its values, or why none. */
function reading(template: string, table: Table, path: string): readonly string[] | string {
  const { layout } = templatePlace(template, table);
  const found = layout.read(path.split('/'));
  return found.kind === 'values' ? found.values : found.kind === 'odd' ? found.why : 'hidden';
}

for (const [template, keys, path, wanted] of [
  ['${year}/${month}/', 'year int, month int', '2024/01', ['2024', '01']],
  ['{year}/{month}', 'year int, month int', '2024/01', ['2024', '01']],
  ['${month}/${year}/', 'year int, month int', '01/2024', ['2024', '01']],
  ['${region}/data/${day}/', 'region string, day date', 'eu/data/2024-01-05', ['eu', '2024-01-05']],
  ['region-${region}/', 'region string', 'region-eu-west-1', ['eu-west-1']],
  ['${dt:yyyy/MM/dd}/', 'dt date', '2024/01/05', ['2024-01-05']],
  ['${dt:yyyy/M/d}/', 'dt date', '2024/1/5', ['2024-01-05']],
  ['${dt:yyyyMMdd}/', 'dt string', '20240105', ['2024-01-05']],
  ['${dt:yyyy/MM/dd/HH}/', 'dt string', '2024/01/05/08', ['2024-01-05-08']],
  ['${dt:yyyy/MM/dd/HH}/', 'dt timestamp', '2024/01/05/08', ['2024-01-05 08:00:00']],
  ['${dt:yyyyMMdd}/', 'dt int', '20240105', ['20240105']],
  ["day_${dt:yyyy'T'MM}/", 'dt string', 'day_2024T01', ['2024-01']],
  ['${year}/${year}-${month}/', 'year int, month int', '2024/2024-01', ['2024', '01']],
  ['${region}${dt:yyyyMMdd}/', 'region string, dt date', 'eu20240105', ['eu', '2024-01-05']],
  ['${city}/', 'city string', 'New York + 50% é=:', ['New York + 50% é=:']],
  [
    '${year}/${year}-${month}/',
    'year int, month int',
    '2024/2023-01',
    'says 2023 for year where 2024 stands above',
  ],
  ['${dt:yyyy/MM/dd}/', 'dt date', '2024/02/30', 'is no date of dt'],
  ['${dt:yyyy/MM/dd}/', 'dt date', '2024/13x', 'does not fit ${dt:MM}'],
  [
    '${region}-${city}/',
    'region string, city string',
    'eu-west-Bonn',
    'can be read as ${region}-${city} in more than one way',
  ],
  ['${region}-${city}/', 'region string, city string', 'eu-Bonn', ['eu', 'Bonn']],
  ['${city}/', 'city string', '_temporary', 'hidden'],
  ['${city}/', 'city string', 'x_$folder$', 'hidden'],
] as const) {
  test(`${template} of ${keys}: ${path} is read as ${typeof wanted === 'string' ? `odd: ${wanted}` : wanted.join(' | ')}`, () => {
    assert.deepEqual(reading(template, tableOf(keys), path), wanted);
  });
}

for (const [template, keys, why] of [
  ['${year}/', 'year int, month int', 'it does not say where month stands'],
  ['${year}/${day}/', 'year int', '${day} is none of its keys, which are year'],
  ['${a}${b}/', 'a string, b string', 'a and b stand side by side, so that none can tell where one ends'],
  [
    '${dt:yyyyMd}/',
    'dt date',
    'dt has numbers of one or two digits side by side, so that none can tell where one ends',
  ],
  ['${dt:MM/dd}/', 'dt date', 'the date of dt lacks its year'],
  ['${dt:yyyy/dd}/', 'dt date', 'the date of dt lacks its month'],
  ['${dt:yy/MM}/', 'dt date', 'yy in yy/MM is not one of yyyy, MM, dd, HH, mm and ss'],
  ['${dt:yyyy/MM}/${dt}/', 'dt string', 'dt stands in it with and without a format'],
  ['${year}//${month}/', 'year int, month int', 'it has a directory without a name'],
] as const) {
  test(`the template ${template} is refused in one sentence: ${why}`, () => {
    assert.throws(() => templatePlace(template, tableOf(keys)), {
      kind: 'invalid',
      message: `The template ${template} cannot be used for bank.payments: ${why}.`,
    });
  });
}

test('fixed directories in front of the values are the place where listing begins, in any bucket', () => {
  const table = tableOf('year int');
  const at = (template: string) => {
    const { bucket, prefix } = templatePlace(template, table);
    return `${bucket}/${prefix}`;
  };
  assert.equal(at('${year}/'), 'lake/payments/');
  assert.equal(at('raw/v1/${year}/'), 'lake/payments/raw/v1/');
  assert.equal(at('s3://other/x/${year}/'), 'other/x/');
  assert.equal(at('s3a://other/${year}'), 'other/');
});

test('a key that the table projects in a format is read and spelled in it', () => {
  const table = tableOf('dt string', { 'projection.dt.format': 'yyyy/MM/dd' });
  assert.deepEqual(reading('${dt}/', table, '2024/01/05'), ['2024/01/05']);
});

test('a template is proposed from the names that were found', () => {
  const day = [{ name: 'dt', type: 'string' }];
  const two = [
    { name: 'region', type: 'string' },
    { name: 'day', type: 'date' },
  ];
  assert.equal(proposeTemplate(day, ['2023', '2024']), '${dt:yyyy/MM/dd}/');
  assert.equal(proposeTemplate(day, ['20240105']), '${dt:yyyyMMdd}/');
  assert.equal(proposeTemplate(day, ['2024-01-05']), '${dt}/');
  assert.equal(proposeTemplate(two, ['region-eu', 'region-us']), 'region-${region}/${day}/');
  assert.equal(proposeTemplate(two, ['eu', 'us']), '${region}/${day}/');
  assert.equal(proposeTemplate(two, []), '${region}/${day}/');
});
