import { castValue } from './cast';
import { dayMillis } from './calendar';
import { pureFunctions } from './functions';
import type { ApplyTerm, ColumnTerm, Term } from './term';
import { compareValues, no, truth, yes, type Value } from './value';

/** What a term is evaluated with. */
export interface Bindings {
  /** The column's value; `undefined` when it is not known. */
  readonly column: (column: ColumnTerm) => Value | undefined;
  /** Milliseconds since 1970: what `current_date` and `now()` mean. Absent: they are not known. */
  readonly now?: number;
}

/**
 * The term's value, NULL as `null`; `undefined` when it cannot be told: an unknown column or function,
 * or a failure of the query. `and` and `or` still decide when the known side is enough.
 */
export function evaluate(term: Term, bindings: Bindings): Value | undefined {
  switch (term.kind) {
    case 'constant':
      return term.value;
    case 'column':
      return bindings.column(term);
    case 'opaque':
      return undefined;
    case 'apply':
    default:
      return evaluateApply(term, bindings);
  }
}

function evaluateApply(term: ApplyTerm, bindings: Bindings): Value | undefined {
  const { operator, args } = term;
  const at = (index: number): Value | undefined => {
    const arg = args[index];
    return arg === undefined ? undefined : evaluate(arg, bindings);
  };
  switch (operator) {
    case 'and':
    case 'or':
      return evaluateLogic(operator, args, bindings);
    case 'not':
      return negated(at(0));
    case '=':
    case '<>':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return compared(operator, at(0), at(1));
    case 'between': {
      const value = at(0);
      return combined('and', [compared('>=', value, at(1)), compared('<=', value, at(2))]);
    }
    case 'in':
      return evaluateIn(at(0), args, bindings);
    case 'is null': {
      const value = at(0);
      return value === undefined ? undefined : truth(value === null);
    }
    case 'is true':
    case 'is false': {
      const value = at(0);
      return value === undefined
        ? undefined
        : truth(value?.kind === 'boolean' && value.boolean === (operator === 'is true'));
    }
    case 'is distinct': {
      const [a, b] = [at(0), at(1)];
      if (a === undefined || b === undefined) return undefined;
      return a === null || b === null ? truth(a !== b) : compared('<>', a, b);
    }
    case 'like':
      return args.length > 2 ? like(at(0), at(1), at(2)) : like(at(0), at(1), null);
    case 'cast': {
      const value = at(0);
      return value === undefined || term.type === undefined ? undefined : castValue(value, term.type);
    }
    case 'case':
      return evaluateCase(args, bindings);
    case 'if':
      return evaluateCase(args, bindings);
    case 'coalesce':
      return firstNotNull(args, bindings);
    case 'nullif': {
      const value = at(0);
      const equal = compared('=', value, at(1));
      if (equal === undefined) return undefined;
      return equal?.kind === 'boolean' && equal.boolean ? null : value;
    }
    case 'greatest':
    case 'least':
      return extreme(operator, args, bindings);
    case 'current_date':
      return bindings.now === undefined
        ? undefined
        : { kind: 'date', days: Math.floor(bindings.now / dayMillis) };
    case 'now':
    case 'current_timestamp':
    case 'localtimestamp':
      return bindings.now === undefined ? undefined : { kind: 'timestamp', millis: bindings.now };
    default:
      return evaluateFunction(operator, args, bindings);
  }
}

function evaluateFunction(name: string, args: readonly Term[], bindings: Bindings): Value | undefined {
  const run = pureFunctions.get(name);
  if (run === undefined) return undefined;
  const values: Exclude<Value, null>[] = [];
  let unknown = false;
  for (const arg of args) {
    const value = evaluate(arg, bindings);
    if (value === null) return null;
    if (value === undefined) unknown = true;
    else values.push(value);
  }
  return unknown ? undefined : run(...values);
}

/** What `and` and `or` make of values of which some are not known. */
function combined(operator: 'and' | 'or', values: readonly (Value | undefined)[]): Value | undefined {
  const decisive = operator === 'or';
  let result: Value | undefined = truth(!decisive);
  for (const value of values) {
    if (value?.kind === 'boolean' && value.boolean === decisive) return value;
    if (value === undefined || (value !== null && value.kind !== 'boolean')) result = undefined;
    else if (value === null && result !== undefined) result = null;
  }
  return result;
}

function evaluateLogic(operator: 'and' | 'or', args: readonly Term[], bindings: Bindings): Value | undefined {
  const values: (Value | undefined)[] = [];
  for (const arg of args) {
    const value = evaluate(arg, bindings);
    if (value?.kind === 'boolean' && value.boolean === (operator === 'or')) return value;
    values.push(value);
  }
  return combined(operator, values);
}

function negated(value: Value | undefined): Value | undefined {
  if (value === null) return null;
  return value?.kind === 'boolean' ? truth(!value.boolean) : undefined;
}

/** True for operators that `evaluate` knows, whatever it is given. */
export function isKnownOperator(operator: string): boolean {
  return pureFunctions.has(operator) || special.has(operator);
}

const special = new Set(
  'and or not = <> < <= > >= between in like cast case if coalesce nullif greatest least current_date now current_timestamp localtimestamp'
    .split(' ')
    .concat('is null', 'is true', 'is false', 'is distinct'),
);

/** A comparison of two values; NULL when one is NULL, `undefined` when the query would fail. */
export function compared(operator: string, a: Value | undefined, b: Value | undefined): Value | undefined {
  // NULL compared with anything is NULL, the unknown included.
  if (a === null || b === null) return null;
  if (a === undefined || b === undefined) return undefined;
  const order = compareValues(a, b);
  if (order === undefined) return undefined;
  const results: Readonly<Record<string, boolean>> = {
    '=': order === 0,
    '<>': order !== 0,
    '<': order < 0,
    '<=': order <= 0,
    '>': order > 0,
    '>=': order >= 0,
  };
  const result = results[operator];
  return result === undefined ? undefined : truth(result);
}

function evaluateIn(value: Value | undefined, args: readonly Term[], bindings: Bindings): Value | undefined {
  if (value === undefined) return undefined;
  if (value === null) return null;
  let result: Value | undefined = no;
  for (const item of args.slice(1)) {
    const equal = compared('=', value, evaluate(item, bindings));
    if (equal?.kind === 'boolean' && equal.boolean) return yes;
    if (equal === undefined) result = undefined;
    else if (equal === null && result !== undefined) result = null;
  }
  return result;
}

function evaluateCase(args: readonly Term[], bindings: Bindings): Value | undefined {
  for (let at = 0; at < args.length; at += 2) {
    const [when, then] = [args[at], args[at + 1]];
    if (when === undefined) return undefined;
    if (then === undefined) return evaluate(when, bindings);
    const holds = evaluate(when, bindings);
    if (holds === undefined) return undefined;
    if (holds?.kind === 'boolean' && holds.boolean) return evaluate(then, bindings);
  }
  return null;
}

function firstNotNull(args: readonly Term[], bindings: Bindings): Value | undefined {
  for (const arg of args) {
    const value = evaluate(arg, bindings);
    if (value !== null) return value;
  }
  return null;
}

function extreme(operator: string, args: readonly Term[], bindings: Bindings): Value | undefined {
  let best: Value | undefined;
  for (const arg of args) {
    const value = evaluate(arg, bindings);
    if (value === undefined || value === null) return value;
    const order = best === undefined ? 0 : compareValues(value, best);
    if (order === undefined) return undefined;
    if (best === undefined || (operator === 'greatest' ? order > 0 : order < 0)) best = value;
  }
  return best;
}

/** LIKE; `%` any text, `_` one character; `null` as escape when there is none. */
function like(
  value: Value | undefined,
  pattern: Value | undefined,
  escape: Value | undefined,
): Value | undefined {
  if (value === null || pattern === null) return null;
  if (value === undefined || pattern === undefined || escape === undefined) return undefined;
  if (value.kind !== 'text' || pattern.kind !== 'text' || (escape !== null && escape.kind !== 'text'))
    return undefined;
  const source = likeSource(pattern.text, escape?.text);
  return source === undefined ? undefined : truth(new RegExp(`^${source}$`, 'su').test(value.text));
}

function likeSource(pattern: string, escape: string | undefined): string | undefined {
  let source = '';
  let escaped = false;
  for (const character of pattern) {
    if (!escaped && escape !== undefined && character === escape) {
      escaped = true;
      continue;
    }
    if (escaped && ![escape, '%', '_'].includes(character)) return undefined;
    // Several % in a row mean one, and would make the match slow.
    if (!escaped && character === '%') source += source.endsWith('.*') ? '' : '.*';
    else if (!escaped && character === '_') source += '.';
    else source += character.replace(/[.*+?^${}()|[\]\\/]/u, String.raw`\$&`);
    escaped = false;
  }
  return escaped ? undefined : source;
}
