import { pureFunctions } from './functions';
import { readType, type SqlType } from './sqlType';
import type { Term } from './term';

const results: Readonly<Record<string, string>> = {
  concat: 'varchar',
  lower: 'varchar',
  upper: 'varchar',
  trim: 'varchar',
  ltrim: 'varchar',
  rtrim: 'varchar',
  replace: 'varchar',
  date_format: 'varchar',
  to_iso8601: 'varchar',
  format_datetime: 'varchar',
  regexp_extract: 'varchar',
  regexp_replace: 'varchar',
  split_part: 'varchar',
  json_extract_scalar: 'varchar',
  substr: 'varchar',
  substring: 'varchar',
  length: 'bigint',
  strpos: 'bigint',
  year: 'bigint',
  month: 'bigint',
  day: 'bigint',
  hour: 'bigint',
  day_of_month: 'bigint',
  extract: 'bigint',
  date_diff: 'bigint',
  current_date: 'date',
  from_iso8601_date: 'date',
  last_day_of_month: 'date',
  date: 'date',
  date_parse: 'timestamp',
  localtimestamp: 'timestamp',
  now: 'timestamp with time zone',
  current_timestamp: 'timestamp with time zone',
  from_unixtime: 'timestamp',
  from_iso8601_timestamp: 'timestamp with time zone',
  starts_with: 'boolean',
  regexp_like: 'boolean',
  and: 'boolean',
  or: 'boolean',
  not: 'boolean',
};
const firstArgument = new Set(['negate', 'abs', 'nullif', 'coalesce', 'greatest', 'least']);

/** The type of a term; `undefined` when it is not certain. */
export function typeOf(term: Term): SqlType | undefined {
  switch (term.kind) {
    case 'constant':
    case 'column':
    case 'opaque':
      return term.type;
    case 'apply':
      break;
  }
  if (term.operator === 'cast') return term.type;
  const [first, second, third] = term.args;
  // Arrays are joined by the same function.
  if (term.operator === 'concat' && !term.args.some((arg) => typeOf(arg)?.base === 'varchar'))
    return undefined;
  const result = results[term.operator];
  if (result !== undefined) {
    // Binary strings have functions of the same names.
    const type = first === undefined ? undefined : typeOf(first);
    return pureFunctions.has(term.operator) && type?.base === 'varbinary' ? undefined : readType(result);
  }
  if (firstArgument.has(term.operator)) {
    const types = term.args
      .map((arg) => (isNull(arg) ? 'null' : typeOf(arg)?.base))
      .filter((base) => base !== 'null');
    const [base] = types;
    return base !== undefined && types.every((each) => each === base) && first !== undefined
      ? typeOf(isNull(first) && second !== undefined ? second : first)
      : undefined;
  }
  if (term.operator === 'date_add' && third !== undefined) return typeOf(third);
  if (term.operator === 'date_trunc' && second !== undefined) return typeOf(second);
  if ((term.operator === '+' || term.operator === '-') && first !== undefined && second !== undefined) {
    const [a, b] = [typeOf(first), typeOf(second)];
    if (b?.base === 'interval') return a;
    if (a !== undefined && a.base === b?.base && term.operator === '+') return a;
  }
  return undefined;
}

function isNull(term: Term): boolean {
  return term.kind === 'constant' && term.value === null;
}
