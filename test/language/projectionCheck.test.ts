import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkProjection } from '../../src/language/projectionCheck';
import { compareProjection, projectedLocation } from '../../src/language/projectionFit';
import { proposeProjection } from '../../src/language/projectionProposal';
import type { Table } from '../../src/catalog/catalog';
import { tableOf } from '../support/fakes';

const now = new Date('2024-03-15T12:00:00Z');

/** A table by its keys, and properties of which `projection.` is left out. */
function projected(
  keys: string,
  properties: Readonly<Record<string, string>>,
  rest: Partial<Table> = {},
): Table {
  const entries = Object.entries(properties).map(([key, value]) => [
    key.startsWith('storage') ? key : `projection.${key}`,
    value,
  ]);
  return tableOf(`d.t(a int) by ${keys}`, {
    parameters: { 'projection.enabled': 'true', ...Object.fromEntries(entries) },
    ...rest,
  });
}
const faults = (keys: string, properties: Readonly<Record<string, string>>): readonly string[] =>
  checkProjection(projected(keys, properties)).map(({ message }) => message);

test('a projection that says all it needs has no faults, nor has a table without one', () => {
  assert.deepEqual(
    faults('dt string, hh int, region string, id string', {
      'dt.type': 'date',
      'dt.format': 'yyyy/MM/dd',
      'dt.range': '2023/01/01,NOW',
      'hh.type': 'integer',
      'hh.range': '0,23',
      'hh.digits': '2',
      'region.type': 'enum',
      'region.values': 'eu,us',
      'id.type': 'injected',
      'storage.location.template': 's3://b/${dt}/${hh}/${region}/${id}/',
    }),
    [],
  );
  assert.deepEqual(checkProjection(tableOf('d.t(a int) by dt string')), []);
});

test('each kind of key is told what it lacks or has wrong', () => {
  const one = (properties: Readonly<Record<string, string>>, key = 'k string'): string =>
    faults(key, properties).join(' ');
  assert.match(one({}), /has no projection type: give it/);
  assert.match(one({ 'k.type': 'number' }), /no projection type number/);
  assert.match(one({ 'k.type': 'injected' }, 'k int'), /must be a string/);
  assert.match(one({ 'k.type': 'enum' }), /needs its values/);
  assert.match(one({ 'k.type': 'enum', 'k.values': 'a, b,a' }), /value a twice/);
  assert.match(one({ 'k.type': 'integer' }), /needs a range/);
  assert.match(one({ 'k.type': 'integer', 'k.range': '1..9' }), /not two whole numbers/);
  assert.match(
    one({ 'k.type': 'integer', 'k.range': '9,1', 'k.interval': '0' }),
    /ends before it begins.*no count/,
  );
  assert.match(one({ 'k.type': 'date', 'k.range': 'NOW,NOW' }), /needs the format/);
  assert.match(one({ 'k.type': 'date', 'k.format': 'yyyy' }), /needs a range/);
  assert.match(
    one({ 'k.type': 'date', 'k.format': 'yyyy-MM-dd', 'k.range': '2024/01/01,NOW' }),
    /not of the format/,
  );
  assert.match(
    one({ 'k.type': 'date', 'k.format': 'yyyy-MM-dd', 'k.range': 'NOW,NOW-1DAYS' }),
    /ends before/,
  );
  assert.match(
    one({ 'k.type': 'date', 'k.format': 'yyyy-MM-dd-HH', 'k.range': 'NOW-1DAYS,NOW' }),
    /needs an interval unit/,
  );
  assert.match(
    one({ 'k.type': 'date', 'k.format': 'yyyy', 'k.range': '2020,NOW', 'k.interval.unit': 'AGES' }),
    /no interval unit AGES/,
  );
});

test('a projected name that is no key, and a template that does not fit the keys, are told', () => {
  assert.deepEqual(
    faults('k string', {
      'k.type': 'injected',
      'old.type': 'injected',
      'storage.location.template': 's3://b/${old}/',
    }),
    [
      'old is projected, but it is no partition key of the table.',
      'The template lacks ${k}, so every value of k reads the same folder.',
      'The template names ${old}, which is no partition key.',
    ],
  );
});

test('real partitions outside of ranges, formats, lists and locations are found', () => {
  const table = projected(
    'dt string, hh string, r string',
    {
      'dt.type': 'date',
      'dt.format': 'yyyy-MM-dd',
      'dt.range': '2024-01-01,NOW',
      'hh.type': 'integer',
      'hh.range': '0,23',
      'hh.digits': '2',
      'r.type': 'enum',
      'r.values': 'eu,us',
    },
    { location: 's3://b/t/' },
  );
  const at = (values: string, location?: string): { values: string[]; location?: string } => ({
    values: values.split(' '),
    ...(location === undefined ? {} : { location }),
  });
  const fit = compareProjection(
    table,
    {
      partitions: [
        at('2024-01-01 00 eu', 's3://b/t/dt=2024-01-01/hh=00/r=eu'),
        at('2024-03-15 23 us'),
        at('2023-12-31 00 eu'),
        at('2024-03-16 00 eu'),
        at('20240101 00 eu'),
        at('2024-01-01 7 eu'),
        at('2024-01-01 24 eu'),
        at('2024-01-01 00 cn'),
        at('2024-01-02 00 eu', 's3://b/other/'),
      ],
    },
    now,
  );
  assert.deepEqual(
    fit.unprojected.map(({ message }) => message),
    [
      'dt=2023-12-31 is outside of the projected range 2024-01-01,NOW.',
      'dt=2024-03-16 is outside of the projected range 2024-01-01,NOW.',
      'dt=20240101 is not of the projected format yyyy-MM-dd.',
      'hh=7 is spelled otherwise than the projected 07.',
      'hh=24 is outside of the projected range 0,23.',
      'r=cn is not among the projected values.',
      'It lies in s3://b/other/, but is looked for in s3://b/t/dt=2024-01-02/hh=00/r=eu/.',
    ],
  );
  assert.equal(fit.projected, 75 * 24 * 2);
  assert.equal(fit.filled, 2);
});

test('an interval skips values, and injected keys cannot be counted', () => {
  const table = projected('k int, i string', {
    'k.type': 'integer',
    'k.range': '10,50',
    'k.interval': '10',
    'i.type': 'injected',
  });
  const fit = compareProjection(
    table,
    { partitions: [{ values: ['20', 'x'] }, { values: ['25', 'x'] }] },
    now,
  );
  assert.deepEqual(fit, {
    unprojected: [{ values: ['25', 'x'], message: 'k=25 is skipped by the interval 10.' }],
  });
});

test('a template says where a partition is looked for', () => {
  const table = projected('y string, m string', { 'storage.location.template': 's3://b/${m}/of/${y}/' });
  assert.equal(projectedLocation(table, ['2024', '03']), 's3://b/03/of/2024/');
  assert.equal(projectedLocation(tableOf('t(a int) by y int'), ['2024']), undefined);
});

test('a proposal projects what it was made from, parts of a date by the calendar and years some ahead', () => {
  const keys = tableOf('t(a int) by dt string, hh string, region string, year int').partitionKeys;
  const partitions = [
    ['2024-01-01', '00', 'eu', '2023'],
    ['2024-03-14', '17', 'us', '2024'],
  ];
  const parameters = proposeProjection(keys, partitions);
  assert.deepEqual(parameters, {
    'projection.enabled': 'true',
    'projection.dt.type': 'date',
    'projection.dt.format': 'yyyy-MM-dd',
    'projection.dt.range': '2024-01-01,NOW',
    'projection.hh.type': 'integer',
    'projection.hh.range': '0,23',
    'projection.hh.digits': '2',
    'projection.region.type': 'enum',
    'projection.region.values': 'eu,us',
    'projection.year.type': 'integer',
    'projection.year.range': '2023,2029',
  });
  const table = { ...tableOf('t(a int)'), partitionKeys: keys, parameters: parameters ?? {} };
  assert.deepEqual(checkProjection(table), []);
  assert.deepEqual(
    compareProjection(table, { partitions: partitions.map((values) => ({ values })) }, now).unprojected,
    [],
  );
  assert.equal(proposeProjection(keys, []), undefined);
});

test('many values are injected, and hours get the unit that Athena asks for', () => {
  const key = [{ name: 'k', type: 'string' }];
  const many = Array.from({ length: 101 }, (_, index) => [`id-${index}`]);
  assert.deepEqual(proposeProjection(key, many)?.['projection.k.type'], 'injected');
  const hours = proposeProjection(key, [['2024-01-01-00'], ['2024-01-01-01']]);
  assert.equal(hours?.['projection.k.interval.unit'], 'HOURS');
  assert.deepEqual(checkProjection(tableOf('t(a int) by k string', { parameters: hours ?? {} })), []);
});
