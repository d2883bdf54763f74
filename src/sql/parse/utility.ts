import type { Option, QualifiedName, UtilityStatement } from '../ast';
import { readBody } from './procedures';
import { isName, qualifiedFrom, identifierOf } from './names';
import { valueOf } from './options';
import { checkShape } from './shapes/check';
import { verbOf } from './verbs';
import {
  closeIndex,
  complain,
  eat,
  endOf,
  is,
  next,
  peek,
  shown,
  spanFrom,
  startOf,
  textOf,
  type Reader,
} from './reader';

/** Any other statement: its verb, the first object it names, and the rest as options; then held against its shape. */
export function readUtility(r: Reader): UtilityStatement {
  const start = startOf(r);
  const from = r.at;
  const words = verbOf(r);
  r.at += words.length;
  const verbSpan = spanFrom(r, start);
  const verb = words.join(' ');
  guards(r);
  const name = named(verb, r);
  const options: Option[] = [];
  const statements: UtilityStatement['statements'][number][] = [];
  while (peek(r).kind !== 'end') {
    const token = peek(r);
    if (token.kind === 'string' && textOf(r, token).startsWith('$') && verb.startsWith('CREATE')) {
      next(r);
      statements.push(...readBody(r, token));
    } else options.push(looseOption(r));
  }
  checkShape(r, from);
  return {
    kind: 'UtilityStatement',
    start,
    verb,
    verbSpan,
    ...(name === undefined ? {} : { name }),
    options,
    statements,
    end: endOf(r),
  };
}

function guards(r: Reader): void {
  if (!eat(r, 'IF', 'NOT', 'EXISTS')) eat(r, 'IF', 'EXISTS');
}

const nameless =
  /^(?:BEGIN|START TRANSACTION|COMMIT|END|ROLLBACK|ABORT|GRANT|REVOKE|SET SESSION AUTHORIZATION)/;
function named(verb: string, r: Reader): QualifiedName | undefined {
  if (nameless.test(verb)) return undefined;
  if (is(r, 'FROM') || is(r, 'IN') || is(r, 'LIKE')) return undefined;
  const token = peek(r);
  if (!isName(r) && token.kind !== 'word') return undefined;
  return qualifiedFrom(r, identifierOf(r, next(r)));
}

/** A word with the value or bracket behind it; unbalanced brackets are said. */
function looseOption(r: Reader): Option {
  const token = next(r);
  const { start } = token;
  const keySpan = { start, end: token.end };
  if (token.upper === '(') {
    r.at--;
    return bracketOption(r);
  }
  const key = valueOf(r, token);
  if (token.kind !== 'word') return { kind: 'Option', key, keySpan, start, end: token.end };
  eat(r, '=');
  const value = peek(r);
  if (value.kind === 'string' || value.kind === 'number') {
    next(r);
    return {
      kind: 'Option',
      key,
      keySpan,
      value: valueOf(r, value),
      valueSpan: { start: value.start, end: value.end },
      start,
      end: endOf(r),
    };
  }
  return { kind: 'Option', key, keySpan, start, end: endOf(r) };
}

function bracketOption(r: Reader): Option {
  const open = peek(r);
  const index = closeIndex(r, r.at);
  const closing = r.tokens[index];
  if (closing === undefined || closing.kind === 'end') {
    complain(r, `The parenthesis ${shown(r, open)} is never closed`);
    while (peek(r).kind !== 'end') next(r);
  } else r.at = index + 1;
  return {
    kind: 'Option',
    key: '',
    keySpan: { start: open.start, end: open.end },
    value: r.text.slice(open.start, endOf(r)),
    valueSpan: { start: open.start, end: endOf(r) },
    start: open.start,
    end: endOf(r),
  };
}
