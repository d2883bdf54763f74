import { readDate, readTimestamp } from './calendar';
import type { Condition } from './plan';
import { readType, type SqlType } from './sqlType';
import { apply, conjunctsOf, withoutNot, type Opacity, type Term } from './term';
import type { TermNotes } from './termNotes';
import { no, readDecimal, text, whole, yes, type Value } from './value';
import type { Call, Case, Expression, Identifier, Literal, QualifiedName, Query, Window } from '../sql/ast';

/** Where an expression stands: what its names mean, and what to do with the queries inside it. */
export interface TermReader {
  readonly column: (name: QualifiedName) => Term;
  /** Reads a subquery, and gives what of it the term depends on. */
  readonly subquery: (query: Query, use: SubqueryUse) => readonly Term[];
  /** The window of a WINDOW clause by its name. */
  readonly window?: (name: Identifier) => Window | undefined;
  /** Takes down every expression and what it was read as. */
  readonly notes: TermNotes | undefined;
}

/** How a subquery is used; `operand` stands left of IN. */
export type SubqueryUse =
  { readonly kind: 'value' | 'exists' } | { readonly kind: 'in'; readonly operand: Term };

/** The expression as a term. */
export function readTerm(expression: Expression, reader: TermReader): Term {
  const term = read(expression, reader);
  reader.notes?.add(expression, term);
  return term;
}

/** A list of conditions that all hold, each with its place; those inside a view have none in the statement. */
export function readConditions(
  expression: Expression,
  { reader, inView }: { readonly reader: TermReader; readonly inView: boolean },
): readonly Condition[] {
  const conditions: Condition[] = [];
  const operands = andOperands(expression);
  for (let each = 0; each < operands.length; each++) {
    const operand = operands[each];
    if (operand === undefined) continue;
    const meant = readTerm(operand, reader);
    const at = inView ? undefined : { start: operand.start, end: operand.end };
    const add = (term: Term): unknown => conditions.push(at === undefined ? { term } : { term, at });
    if (isPlain(meant)) add(meant);
    else conjunctsOf(withoutNot(meant)).forEach(add);
  }
  return conditions;
}

/** True for one that holds no other condition, as most do: it is what it is without NOT and AND. */
function isPlain(term: Term): boolean {
  if (term.kind !== 'apply') return true;
  return term.operator !== 'and' && term.operator !== 'or' && term.operator !== 'not';
}

function andOperands(expression: Expression): readonly Expression[] {
  if (expression.kind !== 'Paren' && (expression.kind !== 'Binary' || expression.operator !== 'AND'))
    return [expression];
  const operands: Expression[] = [];
  const open: Expression[] = [expression];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.kind === 'Paren') open.push(next.inner);
    else if (next.kind === 'Binary' && next.operator === 'AND') open.push(next.right, next.left);
    else operands.push(next);
  }
  return operands;
}

function read(expression: Expression, reader: TermReader): Term {
  // The kinds that are most of all expressions, before anything is made that only the others need.
  if (expression.kind === 'Literal') return readLiteral(expression);
  if (expression.kind === 'ColumnRef') return reader.column(expression.name);
  if (expression.kind === 'Binary') return readChain(expression, reader);
  if (expression.kind === 'Call') return readCall(expression, reader);
  if (expression.kind === 'Paren') return readTerm(expression.inner, reader);
  return readOther(expression, reader);
}

function readOther(
  expression: Exclude<Expression, { kind: 'Literal' | 'Paren' | 'ColumnRef' | 'Binary' | 'Call' }>,
  reader: TermReader,
): Term {
  const all = (expressions: readonly Expression[]) => expressions.map((each) => readTerm(each, reader));
  const one = (each: Expression) => readTerm(each, reader);
  switch (expression.kind) {
    case 'Parameter':
      return opaque('parameter', []);
    case 'Template':
      return opaque('template', []);
    case 'Error':
      return opaque('error', []);
    case 'Unary':
      if (expression.operator === 'NOT') return apply('not', one(expression.operand));
      if (expression.operator === '+') return one(expression.operand);
      return expression.operator === '-'
        ? negative(one(expression.operand))
        : opaque('syntax', [one(expression.operand)]);
    case 'Between':
      return negatedIf(
        expression.negated,
        apply('between', ...all([expression.operand, expression.low, expression.high])),
      );
    case 'InList':
      return negatedIf(expression.negated, {
        kind: 'apply',
        operator: 'in',
        args: all([expression.operand, ...expression.items]),
      });
    case 'InQuery': {
      const operand = one(expression.operand);
      const use: SubqueryUse = expression.negated ? { kind: 'value' } : { kind: 'in', operand };
      return opaque('subquery', [operand, ...reader.subquery(expression.query, use)]);
    }
    case 'Exists':
      return opaque('subquery', reader.subquery(expression.query, { kind: 'exists' }));
    case 'Subquery':
      return opaque('subquery', reader.subquery(expression.query, { kind: 'value' }));
    case 'Quantified': {
      const { argument } = expression;
      const parts =
        argument.kind === 'Query' ? reader.subquery(argument, { kind: 'value' }) : [one(argument)];
      return opaque(argument.kind === 'Query' ? 'subquery' : 'syntax', [one(expression.operand), ...parts]);
    }
    case 'Like': {
      const args = all([
        expression.operand,
        expression.pattern,
        ...(expression.escape ? [expression.escape] : []),
      ]);
      return expression.operator === 'LIKE'
        ? negatedIf(expression.negated, apply('like', ...args))
        : opaque('syntax', args);
    }
    case 'IsTest': {
      const args = all([expression.operand, ...(expression.other ? [expression.other] : [])]);
      const operator = {
        NULL: 'is null',
        TRUE: 'is true',
        FALSE: 'is false',
        UNKNOWN: 'is null',
        'DISTINCT FROM': 'is distinct',
        JSON: undefined,
      }[expression.test];
      return operator === undefined
        ? opaque('syntax', args)
        : negatedIf(expression.negated, apply(operator, ...args));
    }
    case 'Cast': {
      const operand = one(expression.operand);
      const type = readType(expression.type.text);
      if (expression.style === 'TRY_CAST') return { kind: 'opaque', why: 'syntax', parts: [operand], type };
      return { kind: 'apply', operator: 'cast', args: [operand], type };
    }
    case 'Case':
      return readCase(expression, reader);
    case 'AtTimeZone':
      return opaque('syntax', all([expression.operand, expression.zone]));
    case 'NamedArgument':
      return one(expression.value);
    case 'Row':
    case 'ArrayLiteral':
      return opaque('syntax', all(expression.items));
    case 'Subscript':
      return opaque('syntax', all([expression.base, ...(expression.index ? [expression.index] : [])]));
    case 'Field':
      return opaque('syntax', [one(expression.base)]);
    case 'Lambda':
      return opaque('syntax', [readTerm(expression.body, withoutNames(expression.parameters, reader))]);
    case 'Star':
    default:
      return opaque('syntax', []);
  }
}

function opaque(why: Opacity, parts: readonly Term[]): Term {
  return { kind: 'opaque', why, parts };
}

/** Inside a lambda its parameters hide columns of the same name. */
function withoutNames(parameters: readonly Identifier[], reader: TermReader): TermReader {
  const own = new Set(parameters.map(({ name }) => name));
  return {
    ...reader,
    column: (name) => (own.has(name.parts[0]?.name ?? '') ? opaque('syntax', []) : reader.column(name)),
  };
}

function negatedIf(negated: boolean, term: Term): Term {
  return negated ? apply('not', term) : term;
}

function negative(term: Term): Term {
  if (term.kind !== 'constant' || term.value === null) return apply('negate', term);
  const { value } = term;
  if (value.kind === 'whole') return { ...term, value: whole(-value.whole) };
  return value.kind === 'decimal'
    ? { ...term, value: { ...value, unscaled: -value.unscaled } }
    : apply('negate', term);
}

const operators: Readonly<Record<string, string>> = { AND: 'and', OR: 'or', '||': 'concat', '!=': '<>' };

/** A long chain of one operator leans to the left: it is followed in a loop, so that no length is too long. */
function readChain(expression: Extract<Expression, { kind: 'Binary' }>, reader: TermReader): Term {
  // A single comparison, as most are.
  if (expression.left.kind !== 'Binary') {
    const operator = operators[expression.operator] ?? expression.operator.toLowerCase();
    const left = readTerm(expression.left, reader);
    return { kind: 'apply', operator, args: [left, readTerm(expression.right, reader)] };
  }
  const chain: Extract<Expression, { kind: 'Binary' }>[] = [];
  let first: Expression = expression;
  while (first.kind === 'Binary') {
    chain.push(first);
    first = first.left;
  }
  let left = readTerm(first, reader);
  let list: { readonly operator: string; readonly args: Term[] } | undefined;
  for (const link of chain.toReversed()) {
    const operator = operators[link.operator] ?? link.operator.toLowerCase();
    const right = readTerm(link.right, reader);
    // AND and OR of thousands become one flat list instead of a deep tree.
    if (list?.operator === operator) {
      list.args.push(right);
      continue;
    }
    const args = [left, right];
    left = { kind: 'apply', operator, args };
    list = operator === 'and' || operator === 'or' ? { operator, args } : undefined;
    if (list === undefined && link !== expression) reader.notes?.add(link, left);
  }
  return left;
}

function constant(value: Value | undefined, type: string): Term {
  return value === undefined ? opaque('syntax', []) : { kind: 'constant', value, type: readType(type) };
}

function readLiteral(literal: Literal): Term {
  switch (literal.type) {
    case 'null':
      return { kind: 'constant', value: null, type: undefined };
    case 'boolean':
      return constant(literal.value.toLowerCase() === 'true' ? yes : no, 'boolean');
    case 'string':
      // A placeholder inside quotes is filled in before the engine sees it.
      return literal.value.includes('{') && /\{\{|\$\{|\{%/.test(literal.value)
        ? { kind: 'opaque', why: 'template', parts: [], type: readType('varchar') }
        : constant(text(literal.value), 'varchar');
    case 'number':
      if (/^\d+$/.test(literal.value))
        return constant(whole(BigInt(literal.value)), literal.value.length > 9 ? 'bigint' : 'integer');
      if (/e/i.test(literal.value))
        return constant({ kind: 'double', double: Number(literal.value) }, 'double');
      return constant(readDecimal(literal.value), 'decimal');
    case 'typed':
      return typedLiteral(literal);
    case 'interval':
      return constant(interval(literal), 'interval');
    case 'binary':
    default:
      return opaque('syntax', []);
  }
}

function typedLiteral(literal: Literal): Term {
  const name = (literal.typeName ?? '').toLowerCase();
  const type: SqlType = readType(name);
  if (/\{\{|\$\{|\{%/.test(literal.value)) return { kind: 'opaque', why: 'template', parts: [], type };
  if (name === 'date') {
    const days = readDate(literal.value);
    return days === undefined
      ? { kind: 'opaque', why: 'syntax', parts: [], type }
      : { kind: 'constant', value: { kind: 'date', days }, type };
  }
  const millis = name === 'timestamp' ? readTimestamp(literal.value) : undefined;
  if (millis !== undefined) return { kind: 'constant', value: { kind: 'timestamp', millis }, type };
  return { kind: 'opaque', why: 'syntax', parts: [], type };
}

function interval(literal: Literal): Value | undefined {
  if (!/^\s*[+-]?\d+\s*$/.test(literal.value)) return undefined;
  const count = Number(literal.value);
  const unit = (literal.unit ?? '').trim().replace(/s$/, '');
  const months = { year: 12, quarter: 3, month: 1 }[unit];
  const millis = { week: 604_800_000, day: 86_400_000, hour: 3_600_000, minute: 60_000, second: 1000 }[unit];
  if (months === undefined && millis === undefined) return undefined;
  return { kind: 'interval', months: (months ?? 0) * count, millis: (millis ?? 0) * count };
}

function readCase(expression: Case, reader: TermReader): Term {
  const operand = expression.operand === undefined ? undefined : readTerm(expression.operand, reader);
  const args = expression.branches.flatMap(({ when, then }) => {
    const condition = readTerm(when, reader);
    return [operand === undefined ? condition : apply('=', operand, condition), readTerm(then, reader)];
  });
  const otherwise = expression.otherwise === undefined ? [] : [readTerm(expression.otherwise, reader)];
  return apply('case', ...args, ...otherwise);
}

/** A window and the named one that it is based on. */
function windowsOf(over: Window | Identifier, reader: TermReader): readonly Window[] {
  const named = over.kind === 'Identifier' ? over : over.base;
  const base = named === undefined ? undefined : reader.window?.(named);
  return [...(over.kind === 'Window' ? [over] : []), ...(base === undefined ? [] : [base])];
}

const aggregates = new Set(
  `any_value approx_distinct approx_percentile approx_set arbitrary array_agg avg bool_and bool_or checksum corr count count_if
  covar_pop covar_samp every geometric_mean histogram kurtosis listagg map_agg map_union max max_by merge min min_by
  multimap_agg numeric_histogram reduce_agg regr_intercept regr_slope set_agg skewness stddev stddev_pop stddev_samp sum
  var_pop var_samp variance median grouping`
    .split(/\s+/)
    .filter((name) => name !== ''),
);
/** True for a function of many rows, in lower case. */
export function isAggregate(name: string): boolean {
  return aggregates.has(name);
}
const volatile = new Set(['random', 'rand', 'uuid', 'shuffle']);
const clocks = new Set(['current_date', 'current_timestamp', 'localtimestamp', 'now']);

function readCall(call: Call, reader: TermReader): Term {
  const name = (call.name.parts.at(-1)?.name ?? '').toLowerCase();
  const args: Term[] = [];
  for (const arg of call.args) {
    if (arg.kind === 'Star') continue;
    const unit =
      args.length === 0 && name === 'extract' && arg.kind === 'ColumnRef'
        ? arg.name.parts[0]?.name
        : undefined;
    args.push(
      unit === undefined
        ? readTerm(arg, reader)
        : { kind: 'constant', value: text(unit), type: readType('varchar') },
    );
  }
  const extra = call.orderBy.map((item) => readTerm(item.expression, reader));
  if (call.filter !== undefined) extra.push(readTerm(call.filter, reader));
  if (call.over !== undefined) {
    const windows = windowsOf(call.over, reader);
    const by = windows.flatMap((window) => window.partitionBy.map((each) => readTerm(each, reader)));
    const order = windows.flatMap((window) =>
      window.orderBy.map((item) => readTerm(item.expression, reader)),
    );
    return { kind: 'opaque', why: 'window', parts: [...args, ...extra, ...order], by };
  }
  if (aggregates.has(name) || call.distinct || extra.length > 0)
    return opaque('aggregate', [...args, ...extra]);
  if (volatile.has(name)) return opaque('volatile', args);
  if (clocks.has(name)) return apply(name);
  return { kind: 'apply', operator: name, args };
}
