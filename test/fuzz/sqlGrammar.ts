import type { Dialect } from '../../src/sql/ast';
import type { Random } from './random';

interface Maker {
  readonly dialect: Dialect;
  readonly random: Random;
  /** How much deeper the statement may still go. */
  readonly depth: number;
}

/** DDL of the tables that the statements mostly speak of. */
export const fuzzTables = `
CREATE EXTERNAL TABLE sales (id bigint, shop string, amount decimal(18,2), sold_at timestamp, sold_on date, tags array<string>, place struct<city:string,zip:int>)
PARTITIONED BY (year int, month string, dt string) STORED AS PARQUET LOCATION 's3://lake/sales/';
CREATE EXTERNAL TABLE shops (shop string, region string, opened date) STORED AS ORC LOCATION 's3://lake/shops/';
CREATE VIEW recent_sales AS SELECT * FROM sales WHERE year = 2025;`;

const tables = ['sales', 'shops', 'recent_sales', 'lake.sales', 'unknown_table', '"Sales"'] as const;
const columns = [
  'id',
  'shop',
  'amount',
  'sold_at',
  'year',
  'month',
  'dt',
  'region',
  '"$path"',
  '"odd ""name"',
] as const;

/** A statement that its engine would accept, as far as grammar goes. */
export function validStatement(dialect: Dialect, random: Random): string {
  const maker: Maker = { dialect, random, depth: random.oneIn(8) ? 3 : random.below(3) };
  return random.oneIn(3) ? other(maker) : query(maker);
}

function deeper(maker: Maker): Maker {
  return { ...maker, depth: maker.depth - 1 };
}

function list(maker: Maker, most: number, item: (maker: Maker) => string): string {
  return Array.from({ length: 1 + maker.random.below(most) }, () => item(maker)).join(', ');
}

function maybe(maker: Maker, of: number, text: () => string): string {
  return maker.random.oneIn(of) ? ` ${text()}` : '';
}

function query(maker: Maker): string {
  const { random } = maker;
  const inner = deeper(maker);
  const ctes =
    maker.depth > 1 && random.oneIn(4)
      ? `WITH ${list(inner, 2, (each) => `c${random.below(3)} AS (${query(each)})`)} `
      : '';
  const set =
    maker.depth > 1 && random.oneIn(6)
      ? ` ${random.pick(['UNION', 'UNION ALL', 'INTERSECT', 'EXCEPT'])} ${select(inner)}`
      : '';
  const order = maybe(maker, 3, () => `ORDER BY ${list(inner, 2, orderItem)}`);
  const limit = maybe(maker, 3, () => `LIMIT ${random.below(100)}`);
  return `${ctes}${select(maker)}${set}${order}${limit}`;
}

function orderItem(maker: Maker): string {
  return `${expression(maker)}${maker.random.pick(['', ' ASC', ' DESC', ' DESC NULLS LAST'])}`;
}

function select(maker: Maker): string {
  const { random } = maker;
  const inner = deeper(maker);
  return [
    `SELECT ${random.oneIn(8) ? 'DISTINCT ' : ''}${random.oneIn(5) ? '*' : list(inner, 4, selectItem)}`,
    random.oneIn(12) ? '' : ` FROM ${from(inner)}`,
    maybe(maker, 2, () => `WHERE ${condition(inner)}`),
    maybe(maker, 5, () => `GROUP BY ${list(inner, 3, expression)}`),
    maybe(maker, 8, () => `HAVING ${condition(inner)}`),
  ].join('');
}

function selectItem(maker: Maker): string {
  const { random } = maker;
  return random.oneIn(10) ? 't.*' : `${expression(maker)}${random.pick(['', '', ' AS a', ' b'])}`;
}

function from(maker: Maker): string {
  const { random } = maker;
  const first = source(maker);
  if (!random.oneIn(3)) return first;
  if (random.oneIn(4)) return `${first}, ${source(maker)}`;
  if (random.oneIn(5)) return `${first} CROSS JOIN ${source(maker)}`;
  const type = random.pick(['JOIN', 'INNER JOIN', 'LEFT JOIN', 'RIGHT OUTER JOIN', 'FULL JOIN']);
  const on = random.oneIn(4) ? 'USING (shop, id)' : `ON ${condition(maker)}`;
  return `${first} ${type} ${source(maker)} ${on}`;
}

function source(maker: Maker): string {
  const { random, dialect } = maker;
  const alias = random.pick(['', ' t', ' AS u', ' "Q"']);
  if (maker.depth > 0 && random.oneIn(5)) return `(${query(deeper(maker))})${alias === '' ? ' q' : alias}`;
  if (dialect === 'athena' && random.oneIn(10)) return 'UNNEST(tags) AS x (tag)';
  return `${random.pick(tables)}${alias}`;
}

function condition(maker: Maker): string {
  const { random } = maker;
  const inner = deeper(maker);
  if (maker.depth > 0 && random.oneIn(3))
    return `${condition(inner)} ${random.pick(['AND', 'OR'])} ${condition(inner)}`;
  switch (random.below(maker.depth > 0 ? 10 : 7)) {
    case 0:
      return `${value(inner)} BETWEEN ${value(inner)} AND ${value(inner)}`;
    case 1:
      return `${value(inner)} ${random.pick(['IN', 'NOT IN'])} (${list(inner, 4, value)})`;
    case 2:
      return `${value(inner)} LIKE ${random.pick(["'a%'", "'_b'", "'x!%' ESCAPE '!'"])}`;
    case 3:
      return `${value(inner)} IS ${random.oneIn(2) ? 'NOT ' : ''}NULL`;
    case 7:
      return `EXISTS (${query(inner)})`;
    case 8:
      return `${value(inner)} IN (${query(inner)})`;
    case 9:
      return `NOT (${condition(inner)})`;
    default:
      return `${value(inner)} ${random.pick(['=', '<>', '<', '<=', '>', '>=', '!='])} ${value(inner)}`;
  }
}

function expression(maker: Maker): string {
  const { random } = maker;
  const inner = deeper(maker);
  if (maker.depth <= 0) return value(maker);
  switch (random.below(9)) {
    case 0:
      return `CASE WHEN ${condition(inner)} THEN ${value(inner)} ELSE ${value(inner)} END`;
    case 1:
      return `CAST(${value(inner)} AS ${random.pick(['varchar', 'date', 'decimal(10,2)', 'bigint', 'double precision'])})`;
    case 2:
      return `${random.pick(['sum', 'max', 'count', 'lower', 'coalesce'])}(${value(inner)})`;
    case 3:
      return `row_number() OVER (PARTITION BY ${value(inner)} ORDER BY ${value(inner)} DESC)`;
    case 4:
      return `(${query(inner)})`;
    case 5:
      return `${value(inner)} ${random.pick(['+', '-', '*', '/', '%', '||'])} ${value(inner)}`;
    case 6:
      return `sum(${value(inner)}) OVER (ORDER BY ${value(inner)} ROWS BETWEEN 2 PRECEDING AND CURRENT ROW)`;
    default:
      return value(inner);
  }
}

function value(maker: Maker): string {
  const { random, dialect } = maker;
  switch (random.below(12)) {
    case 0:
      return String(random.below(3000));
    case 1:
      return random.pick(["'2025-03-09'", "''", "'it''s'", "'%'", "'ünï'"]);
    case 2:
      return random.pick([
        "DATE '2025-03-09'",
        "TIMESTAMP '2025-03-09 10:00:00'",
        'current_date',
        'NULL',
        'TRUE',
      ]);
    case 3:
      return random.pick(['1.5', '.5', '1e10', '-3', '0']);
    case 4:
      return dialect === 'redshift' ? `${random.pick(columns)}::varchar(20)` : 'tags[1]';
    case 5:
      return `t.${random.pick(columns)}`;
    default:
      return random.pick(columns);
  }
}

function other(maker: Maker): string {
  const { random, dialect } = maker;
  const table = random.pick(tables);
  const shared = [
    () => `INSERT INTO ${table} ${query(maker)}`,
    () => `INSERT INTO shops (shop, region) VALUES (${value(maker)}, ${value(maker)}), ('a', NULL)`,
    () => `UPDATE ${table} SET shop = ${value(maker)} WHERE ${condition(maker)}`,
    () => `DELETE FROM ${table} WHERE ${condition(maker)}`,
    () => `CREATE VIEW v AS ${query(maker)}`,
    () => `EXPLAIN ${query(maker)}`,
    () =>
      `MERGE INTO shops USING ${table} s ON shops.shop = s.shop WHEN MATCHED THEN UPDATE SET region = ${value(maker)} WHEN NOT MATCHED THEN INSERT (shop) VALUES (s.shop)`,
    () => `DROP TABLE IF EXISTS ${table}`,
  ] as const;
  const own = dialect === 'athena' ? athenaStatements(maker) : redshiftStatements(maker);
  return random.oneIn(2) ? random.pick(shared)() : random.pick(own)();
}

type Makers = readonly [() => string, ...(() => string)[]];

function athenaStatements(maker: Maker): Makers {
  const { random } = maker;
  return [
    () =>
      `CREATE EXTERNAL TABLE IF NOT EXISTS e${random.below(3)} (a string COMMENT 'it', b array<struct<x:int,y:map<string,double>>>) PARTITIONED BY (dt ${random.pick(['string', 'date', 'int'])}) STORED AS ${random.pick(['PARQUET', 'ORC', 'TEXTFILE'])} LOCATION 's3://lake/e/' TBLPROPERTIES ('a'='b')`,
    () =>
      `CREATE TABLE ct WITH (format = 'PARQUET', partitioned_by = ARRAY['shop', 'year']) AS ${query(maker)}`,
    () => `UNLOAD (${query(maker)}) TO 's3://lake/out/' WITH (format = 'PARQUET')`,
    () =>
      `ALTER TABLE sales ADD IF NOT EXISTS PARTITION (year = ${random.below(3000)}, month = '03') LOCATION 's3://lake/sales/year=2025/month=3/'`,
    () => 'MSCK REPAIR TABLE sales',
    () => 'SHOW PARTITIONS sales',
  ];
}

function redshiftStatements(maker: Maker): Makers {
  const { random } = maker;
  return [
    () =>
      `CREATE TABLE r${random.below(3)} (a int ${random.pick(['', 'DISTKEY', 'SORTKEY', 'ENCODE zstd', 'NOT NULL'])}, b varchar(20)) ${random.pick(['', 'DISTSTYLE ALL', 'DISTSTYLE KEY DISTKEY(a)', 'COMPOUND SORTKEY(a, b)', 'INTERLEAVED SORTKEY(b)'])}`,
    () =>
      `COPY shops FROM 's3://lake/shops/' IAM_ROLE 'arn:aws:iam::1:role/x' ${random.pick(['FORMAT AS PARQUET', 'CSV IGNOREHEADER 1', "GZIP DELIMITER ','"])}`,
    () =>
      `UNLOAD ('${query(maker).replaceAll("'", "''")}') TO 's3://lake/out/' IAM_ROLE default ${random.pick(['PARALLEL OFF', 'ALLOWOVERWRITE', 'FORMAT PARQUET'])}`,
    () => `VACUUM ${random.pick(['FULL', 'DELETE ONLY', 'SORT ONLY', ''])} sales`,
    () => `CREATE TEMP TABLE tt AS ${query(maker)}`,
    () => 'ALTER TABLE shops APPEND FROM sales',
    () => random.pick(['BEGIN', 'COMMIT', 'ANALYZE shops', 'TRUNCATE shops']),
  ];
}
