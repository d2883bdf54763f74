import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contains, isEverything } from '../../src/scan/domain';
import { prune } from '../../src/scan/prune';
import { readType } from '../../src/scan/sqlType';
import { readKeyValue } from '../../src/scan/value';
import { scan, tableOf } from './tables';

const table = tableOf('t(x bigint) by n int, s string, d date');
type Logic = boolean | null;
interface Row {
  readonly n: number | null;
  readonly s: string | null;
  readonly d: string | null;
  readonly x: number | null;
}
/** A condition as text, and what it means, worked out without the code under test. */
interface Made {
  readonly sql: string;
  readonly holds: (row: Row) => Logic;
  readonly keysOnly: boolean;
}

/** mulberry32: small, seeded, the same on every machine. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function maker(random: () => number) {
  const below = (count: number): number => Math.floor(random() * count);
  const pick = <T>(...items: readonly [T, ...T[]]): T => items[below(items.length)] ?? items[0];
  const number = (): number => below(4);
  const word = (): string => pick('a', 'ab', 'b', '10', '9', '');
  const day = (): string => `2024-0${1 + below(2)}-0${1 + below(3)}`;
  const compare = (operator: string, a: number | string | null, b: number | string | null): Logic => {
    if (a === null || b === null) return null;
    switch (operator) {
      case '=':
        return a === b;
      case '<>':
        return a !== b;
      case '<':
        return a < b;
      case '<=':
        return a <= b;
      case '>':
        return a > b;
      default:
        return a >= b;
    }
  };
  const operand = (): {
    sql: string;
    of: (row: Row) => number | string | null;
    literal: () => [string, number | string];
    key: boolean;
  } =>
    pick(
      { sql: 'n', of: (row: Row) => row.n, literal: numeric, key: true },
      { sql: 's', of: (row: Row) => row.s, literal: textual, key: true },
      { sql: 'd', of: (row: Row) => row.d, literal: dated, key: true },
      { sql: 'x', of: (row: Row) => row.x, literal: numeric, key: false },
      { sql: 'n + 1', of: (row: Row) => (row.n === null ? null : row.n + 1), literal: numeric, key: true },
      { sql: 'substr(s, 1, 1)', of: (row: Row) => row.s?.slice(0, 1) ?? null, literal: textual, key: true },
      {
        sql: 'month(d)',
        of: (row: Row) => (row.d === null ? null : Number(row.d.slice(5, 7))),
        literal: numeric,
        key: true,
      },
      {
        sql: "date_format(d, '%Y-%m-%d')",
        of: (row: Row) => row.d,
        literal: () => quotedText(day()),
        key: true,
      },
      { sql: 'coalesce(s, d_text)', of: () => null, literal: textual, key: false },
    );
  const quotedText = (value: string): [string, string] => [`'${value}'`, value];
  const numeric = (): [string, number] => {
    const value = number();
    return [String(value), value];
  };
  const textual = (): [string, string] => quotedText(word());
  const dated = (): [string, string] => {
    const value = day();
    return [`date '${value}'`, value];
  };

  const leaf = (): Made => {
    let side = operand();
    while (side.sql.includes('d_text')) side = operand();
    const { sql, of, literal, key: keysOnly } = side;
    switch (below(6)) {
      case 0: {
        const items = Array.from({ length: 1 + below(3) }, literal);
        const negated = random() < 0.3;
        const withNull = random() < 0.15;
        return {
          sql: `${sql} ${negated ? 'not in' : 'in'} (${[...items.map(([text]) => text), ...(withNull ? ['null'] : [])].join(', ')})`,
          holds: (row) => {
            const value = of(row);
            const found: Logic =
              value === null
                ? null
                : items.some(([, item]) => item === value)
                  ? true
                  : withNull
                    ? null
                    : false;
            return negated ? not(found) : found;
          },
          keysOnly,
        };
      }
      case 1: {
        const [low, high] = [literal(), literal()];
        const negated = random() < 0.3;
        return {
          sql: `${sql} ${negated ? 'not ' : ''}between ${low[0]} and ${high[0]}`,
          holds: (row) => {
            const inside = and(compare('>=', of(row), low[1]), compare('<=', of(row), high[1]));
            return negated ? not(inside) : inside;
          },
          keysOnly,
        };
      }
      case 2: {
        const negated = random() < 0.5;
        return {
          sql: `${sql} is ${negated ? 'not ' : ''}null`,
          holds: (row) => (of(row) === null) !== negated,
          keysOnly,
        };
      }
      case 3: {
        const pattern = pick('a%', '%b', 'a_', '%', 'ab', '1%');
        const match = new RegExp(`^${pattern.replaceAll('%', '.*').replaceAll('_', '.')}$`, 's');
        return {
          sql: `s like '${pattern}'`,
          holds: (row) => (row.s === null ? null : match.test(row.s)),
          keysOnly: true,
        };
      }
      default: {
        const operator = pick('=', '=', '<>', '<', '<=', '>', '>=');
        const [text, value] = literal();
        return random() < 0.8
          ? { sql: `${sql} ${operator} ${text}`, holds: (row) => compare(operator, of(row), value), keysOnly }
          : {
              sql: `${text} ${operator} ${sql}`,
              holds: (row) => compare(operator, value, of(row)),
              keysOnly,
            };
      }
    }
  };
  const make = (depth: number): Made => {
    if (depth === 0 || random() < 0.25) return leaf();
    const [a, b] = [make(depth - 1), make(depth - 1)];
    switch (below(3)) {
      case 0:
        return {
          sql: `(${a.sql}) and (${b.sql})`,
          holds: (row) => and(a.holds(row), b.holds(row)),
          keysOnly: a.keysOnly && b.keysOnly,
        };
      case 1:
        return {
          sql: `(${a.sql}) or (${b.sql})`,
          holds: (row) => not(and(not(a.holds(row)), not(b.holds(row)))),
          keysOnly: a.keysOnly && b.keysOnly,
        };
      default:
        return { sql: `not (${a.sql})`, holds: (row) => not(a.holds(row)), keysOnly: a.keysOnly };
    }
  };
  return { make, number, word, day, random };
}

function not(value: Logic): Logic {
  return value === null ? null : !value;
}

function and(a: Logic, b: Logic): Logic {
  if (a === false || b === false) return false;
  return a === null || b === null ? null : true;
}

function partitionsFrom({
  number,
  word,
  day,
  random,
}: ReturnType<typeof maker>): readonly { values: string[]; row: Row }[] {
  const orNull = <T>(value: T): T | null => (random() < 0.12 ? null : value);
  return Array.from({ length: 25 }, () => {
    const row: Row = { n: orNull(number()), s: orNull(word()), d: orNull(day()), x: null };
    return {
      values: [row.n, row.s, row.d].map((value) =>
        value === null ? '__HIVE_DEFAULT_PARTITION__' : String(value),
      ),
      row,
    };
  });
}

const seed = 20_241_125;

test(`what is pruned never held a row that the query wants, and an exact answer is the true one (seed ${seed})`, () => {
  const made = maker(randomFrom(seed));
  let exact = 0;
  for (let round = 0; round < 1500; round++) {
    const condition = made.make(3);
    const partitions = partitionsFrom(made);
    const reading = scan(`select x from t where ${condition.sql}`, table);
    const result = prune(reading, partitions, 0);
    const wanted = partitions.filter(({ row }) =>
      [0, 1, 2, 3, null].some((x) => condition.holds({ ...row, x }) === true),
    );
    for (const partition of wanted) {
      assert.ok(result.partitions.includes(partition), `${condition.sql} lost ${partition.values.join('/')}`);
    }
    const domains = reading.keys.flatMap(({ key, verdict }, at) =>
      verdict.kind === 'prunes' ? [{ key, verdict, at }] : [],
    );
    for (const { key, verdict, at } of domains) {
      assert.ok(!isEverything(verdict.domain));
      for (const partition of wanted) {
        const value = readKeyValue(partition.values[at] ?? '', readType(key.type));
        assert.ok(
          value !== undefined && contains(verdict.domain, value) === true,
          `${condition.sql}: ${key.name} lost ${partition.values[at]}`,
        );
      }
    }
    if (condition.keysOnly) {
      exact++;
      assert.equal(result.exact, true, condition.sql);
      assert.deepEqual(result.partitions, wanted, condition.sql);
    }
    // A verdict that says exact: the values alone decide, unless another key is tested too.
    const [only] = domains;
    if (
      domains.length === 1 &&
      only?.verdict.exact === true &&
      reading.keys.every(({ verdict }) => verdict.kind !== 'late')
    ) {
      const byDomain = partitions.filter(({ values }) => {
        const value = readKeyValue(values[only.at] ?? '', readType(only.key.type));
        return value !== undefined && contains(only.verdict.domain, value) === true;
      });
      for (const partition of result.partitions) assert.ok(byDomain.includes(partition), condition.sql);
    }
  }
  assert.ok(exact > 500, 'too few conditions on keys alone to prove anything');
});

test('a hundred thousand partitions are pruned by ten conditions within a second or two', () => {
  const partitions = Array.from({ length: 100_000 }, (_, at) => ({
    values: [String(at % 100), `w${at}`, '2024-01-01'],
  }));
  const condition = Array.from({ length: 10 }, (_, at) => `n <> ${at}`).join(' and ');
  assert.equal(
    prune(scan(`select x from t where ${condition}`, table), partitions, 0).partitions.length,
    90_000,
  );
});
