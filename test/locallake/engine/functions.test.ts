import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { formatterOf } from '../../../src/locallake/engine/formatValue';
import { refuseUnknownFunctions } from '../../../src/locallake/engine/functions';
import { openSession, type Session } from '../../../src/locallake/engine/session';
import { loadTranslator, toDuckDb } from '../../../src/locallake/engine/translate';

// Expected values are those of Trino's documentation, or follow from it by hand; none was copied from a run.
const cases: readonly (readonly [expression: string, expected: string | null])[] = [
  [`date_format(timestamp '2026-01-05 10:11:12', '%Y-%m-%d %H:%i:%s')`, '2026-01-05 10:11:12'],
  [`date_format(timestamp '2026-01-05 10:11:12', '%W %M %e')`, 'Monday January 5'],
  [`date_parse('2026-01-05 10:11:12', '%Y-%m-%d %H:%i:%s')`, '2026-01-05 10:11:12.000'],
  [`date_diff('day', date '2026-01-01', date '2026-03-01')`, '59'],
  [`date_diff('hour', timestamp '2026-01-01 10:59:00', timestamp '2026-01-01 11:01:00')`, '0'],
  [`date_add('month', 1, date '2026-01-31')`, '2026-02-28'],
  [`date_trunc('month', date '2026-02-11')`, '2026-02-01'],
  [`date '2026-01-01' + interval '1' month`, '2026-02-01'],
  [`from_iso8601_date('2026-01-05')`, '2026-01-05'],
  [`to_unixtime(timestamp '2026-01-05 10:11:12')`, '1.767607872E9'],
  [`day_of_week(date '2026-01-04')`, '7'],
  [`last_day_of_month(date '2026-02-10')`, '2026-02-28'],
  [`year(date '2026-02-10')`, '2026'],
  [`format_datetime(timestamp '2026-01-05 10:11:12', 'yyyy-MM-dd HH:mm')`, '2026-01-05 10:11'],
  [`contains(array[1, 2, 3], 2)`, 'true'],
  [`cardinality(array[1, 2])`, '2'],
  [`element_at(array['a'], 9)`, null],
  [`array_join(array['a', 'b'], '|')`, 'a|b'],
  [`transform(array[1, 2, 3], x -> x * 2)`, '[2, 4, 6]'],
  [`filter(array[1, 2, 3, 4], x -> x > 2)`, '[3, 4]'],
  [`reduce(array[1, 2, 3], 0, (s, x) -> s + x, s -> s)`, '6'],
  [`any_match(array[1, 2, 3], x -> x > 2)`, 'true'],
  [`all_match(array[1, 2, 3], x -> x > 2)`, 'false'],
  [`none_match(array[1, 2, 3], x -> x > 5)`, 'true'],
  [`array_sort(array_distinct(array[3, 1, 3, 2]))`, '[1, 2, 3]'],
  [`flatten(array[array[1], array[2, 3]])`, '[1, 2, 3]'],
  [`slice(array[1, 2, 3, 4], 2, 2)`, '[2, 3]'],
  [`map(array['a', 'b'], array[1, 2])['b']`, '2'],
  [`map_keys(map(array['a', 'b'], array[1, 2]))`, '[a, b]'],
  [`json_extract_scalar('{"sku":"A1","tags":["x"]}', '$.sku')`, 'A1'],
  [`json_extract_scalar('{"sku":"A1","tags":["x"]}', '$.tags[0]')`, 'x'],
  [`json_extract_scalar('{"tags":["x"]}', '$.tags')`, null],
  [`json_array_length('[1, 2, 3]')`, '3'],
  [`try_cast('abc' as integer)`, null],
  [`try(cast('abc' as integer))`, null],
  [`regexp_like('alice', '^a')`, 'true'],
  [`regexp_extract('ab-123', '([a-z]+)-(\\d+)', 2)`, '123'],
  [`regexp_extract('ab', '\\d+')`, null],
  [`regexp_replace('a1b2', '\\d', '')`, 'ab'],
  [`regexp_replace('ab12', '([a-z]+)(\\d+)', '$2$1')`, '12ab'],
  [`split_part('a/b/c', '/', 2)`, 'b'],
  [`split_part('a/b/c', '/', 9)`, null],
  [`split('a,b', ',')`, '[a, b]'],
  [`strpos('hello', 'l')`, '3'],
  [`substr('hello', 2, 3)`, 'ell'],
  [`lpad('5', 3, '0') || '-' || concat('a', 'b')`, '005-ab'],
  [`format('%s-%03d', 'x', 5)`, 'x-005'],
  [`to_hex(md5(to_utf8('a')))`, '0CC175B9C0F1B6A831C399E269772661'],
  [`from_utf8(from_base64('YWJj'))`, 'abc'],
  [`url_extract_host('https://a.example.com/x?y=1')`, 'a.example.com'],
  [`url_extract_parameter('https://a.example.com/x?y=1', 'y')`, '1'],
  [`if(1 > 2, 'a', 'b')`, 'b'],
  [`coalesce(null, nullif(1, 1), 7)`, '7'],
  [`greatest(1, 2, 3)`, '3'],
  [`7 / 2`, '3'],
  [`7.0 / 2`, '3.5'],
  [`7e0 / 2`, '3.5'],
  [`mod(7, 3)`, '1'],
  [`typeof(1)`, 'integer'],
  [`bitwise_and(6, 3)`, '2'],
  [`levenshtein_distance('kitten', 'sitting')`, '3'],
  [`cast(row(1, 'x') as row(a integer, b varchar)).a`, '1'],
  [`cast(json_parse('[1,2,3]') as array(integer))`, '[1, 2, 3]'],
  [`cast(1.5 as double)`, '1.5'],
  [`1e8`, '1.0E8'],
];

describe("Athena's functions on DuckDB", () => {
  let session: Session;
  before(async () => {
    await loadTranslator();
    session = await openSession();
  });
  after(() => session.close());

  for (const [expression, expected] of cases) {
    test(`${expression} is ${expected ?? 'NULL'}`, async () => {
      const sql = `select ${expression} as v`;
      refuseUnknownFunctions(sql);
      const reader = await session.connection.runAndReadAll(toDuckDb(sql));
      const value = reader.getRows()[0]?.[0];
      assert.equal(value === undefined ? undefined : formatterOf(reader.columnType(0))(value), expected);
    });
  }
});
