import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Table } from '../../src/catalog/catalog';
import {
  judgeProjection,
  projectionDraft,
  projectionPage,
  type RealPartitions,
} from '../../src/language/projectionPage';
import { proposeProjection } from '../../src/language/projectionProposal';
import { templateFrom, templateReader } from '../../src/language/projectionTemplate';
import { tableOf } from '../support/fakes';

const now = new Date('2024-03-15T12:00:00Z');

function realOf(texts: readonly string[]): RealPartitions {
  const all = texts.map((text) => {
    const [values = '', location] = text.split(' -> ');
    return { values: values.split('|'), location };
  });
  const known = new Set(all.map(({ values }) => values.join('|')));
  return {
    count: all.length,
    each: () => all,
    has: (values) => known.has(values.join('|')),
    from: 'the catalog',
  };
}

test('a draft says what queries would miss and what Athena would make up, and changes nothing by itself', () => {
  const table = tableOf('lake.sales(id int) by dt string, region string', { location: 's3://lake/sales' });
  const real = realOf([
    ...Array.from({ length: 29 }, (_, day) => `2024-02-${String(day + 1).padStart(2, '0')}|eu`),
    '2024-03-01|eu',
    '2024-03-01|us',
    'backfill|eu',
    '2024-03-02|__HIVE_DEFAULT_PARTITION__',
  ]);
  const properties = proposeProjection(
    table.partitionKeys,
    [...real.each()].map(({ values }) => values),
  );
  assert.ok(properties);
  const draft = projectionDraft(table, properties, { real, now });
  assert.equal(
    draft.split('\n').slice(0, 19).join('\n'),
    `-- dialect: athena
-- Partition projection for lake.sales, proposed from 33 partitions of the catalog.
-- Nothing has been changed: Run Statement switches it on, and the last line takes it back.
--
-- Its properties follow Athena’s rules.
-- Queries would miss 2 partitions:
--   dt=backfill/region=eu: dt=backfill is not of the projected format yyyy-MM-dd.
--   dt=2024-03-02/region=__HIVE_DEFAULT_PARTITION__: region=__HIVE_DEFAULT_PARTITION__ is not among
--     the projected values.
-- Athena makes up 88 partitions, 57 of them without data, each of which costs a LIST request in a
--   query that does not filter it out:
--   dt=2024-02-01/region=us
--   dt=2024-02-02/region=us
--   dt=2024-02-03/region=us
--   dt=2024-02-04/region=us
--   dt=2024-02-05/region=us
--   and 52 more.

ALTER TABLE \`lake\`.\`sales\` SET TBLPROPERTIES (`,
  );
  assert.match(
    draft,
    /\nALTER TABLE `lake`\.`sales` SET TBLPROPERTIES \(\n {2}'projection\.enabled' = 'true',\n {2}'projection\.dt\.type' = 'date',/,
  );
  assert.match(
    draft,
    /\n-- ALTER TABLE `lake`\.`sales` SET TBLPROPERTIES \('projection\.enabled' = 'false'\);\n$/,
  );
});

test('one spelling of a month that is not the projected one is what queries would miss', () => {
  const table = tableOf('lake.sales(id int) by year string, month string');
  const real = realOf([
    ...Array.from({ length: 12 }, (_, at) => `2023|${String(at + 1).padStart(2, '0')}`),
    '2024|1',
  ]);
  const properties = proposeProjection(
    table.partitionKeys,
    [...real.each()].map(({ values }) => values),
  );
  assert.equal(properties?.['projection.month.digits'], '2');
  const verdict = judgeProjection({ ...table, parameters: properties ?? {} }, real, now);
  assert.deepEqual(verdict.examples, [
    'year=2024/month=1: month=1 is spelled otherwise than the projected 01.',
  ]);
  assert.match(
    projectionDraft(table, properties ?? {}, { real, now }),
    /-- Years go to 2029: later ones are not read/,
  );
});

test('the page of a table that has projection names broken properties and real partitions outside of its range', () => {
  const table: Table = tableOf('lake.logs(id int) by day string', {
    parameters: {
      'projection.enabled': 'true',
      'projection.day.type': 'date',
      'projection.day.format': 'yyyy-MM-dd',
      'projection.day.range': '2024-01-01,2024-01-03',
      'projection.hour.type': 'integer',
    },
  });
  const real = realOf(['2024-01-01', '2024-01-02', '2024-02-01']);
  const verdict = judgeProjection(table, real, now);
  assert.deepEqual([verdict.missed, verdict.projected], [1, 3]);
  const page = projectionPage(table, verdict, real);
  assert.match(page, /projection\.hour\.type: hour is projected, but it is no partition key of the table\./);
  assert.match(page, /- day=2024-02-01: day=2024-02-01 is outside of the projected range/);
});

test('made-up partitions are looked for only as far as examples need', () => {
  const table = tableOf('lake.big(id int) by n int, m int', {
    parameters: {
      'projection.enabled': 'true',
      'projection.n.type': 'integer',
      'projection.n.range': '1,1000000',
      'projection.m.type': 'integer',
      'projection.m.range': '1,1000000',
    },
  });
  const verdict = judgeProjection(table, realOf(['1|1', '1|3']), now);
  assert.equal(verdict.projected, 1_000_000_000_000);
  assert.deepEqual(verdict.invented, ['n=1/m=2', 'n=1/m=4', 'n=1/m=5', 'n=1/m=6', 'n=1/m=7']);
});

test('a template is found where partitions lie otherwise than Hive has them, and is read back', () => {
  const keys = [
    { name: 'year', type: 'string' },
    { name: 'month', type: 'string' },
  ];
  const at = (values: readonly string[], path: string) => ({ values, location: `s3://lake/t/${path}` });
  const plain = [at(['2023', '12'], '2023/12/'), at(['2024', '01'], '2024/01')];
  assert.equal(templateFrom(keys, plain, 's3://lake/t'), 's3://lake/t/${year}/${month}/');
  const mixed = [at(['2023', '12'], 'm12/of/y-2023/data'), at(['2024', '01'], 'm01/of/y-2024/data')];
  const template = templateFrom(keys, mixed, 's3://lake/t/');
  assert.equal(template, 's3://lake/t/m${month}/of/y-${year}/data/');
  const read = templateReader(template ?? '', { partitionKeys: keys });
  assert.deepEqual(read?.('s3://lake/t/m07/of/y-2025/data/deeper'), {
    values: ['2025', '07'],
    place: 's3://lake/t/m07/of/y-2025/data/',
  });
  assert.equal(read?.('s3://lake/t/m07/of/x-2025/data/'), undefined);
  const hive = [at(['2023', '12'], 'year=2023/month=12/'), at(['2024', '01'], 'year=2024/month=01/')];
  assert.equal(templateFrom(keys, hive, 's3://lake/t/'), undefined);
  assert.equal(
    templateFrom(keys, [at(['2023', '12'], 'a/'), at(['2024', '01'], 'b/')], 's3://lake/t/'),
    undefined,
  );
});

test('a date with slashes is one value of a template', () => {
  const table = {
    partitionKeys: [{ name: 'dt', type: 'string' }],
    parameters: { 'projection.dt.format': 'yyyy/MM/dd' },
  };
  const read = templateReader('s3://lake/logs/${dt}/', table);
  assert.deepEqual(read?.('s3://lake/logs/2024/01/15/x/')?.values, ['2024/01/15']);
});
