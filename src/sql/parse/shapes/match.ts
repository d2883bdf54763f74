import { isName } from '../names';
import { closeIndex, type Reader } from '../reader';
import { readType } from '../types';
import type { Shape, Shapes } from './notation';

/** A statement's tokens held against its shapes. */
interface Match {
  /** Reads types and expressions on tokens and problems of its own. */
  readonly scratch: Reader;
  readonly shapes: Shapes;
  /** Index of the furthest token that fitted nothing, and what would have. */
  furthest: number;
  wanted: Set<string>;
  /** The same one token earlier, where a misspelt keyword may have passed for a name. */
  before: Set<string>;
}

/** Where a statement stops to fit any of its shapes, and what was expected there. */
export interface Misfit {
  /** Index of the token. */
  readonly at: number;
  /** Words in upper case, and descriptions such as "a name". */
  readonly wanted: readonly string[];
  /** What else could have stood at the token before it. */
  readonly before: readonly string[];
}

/**
 * Holds the tokens from `r.at` to the end against the shapes of its first word; undefined when one fits, or none is
 * known. Takes time in proportion to the tokens: there are few shapes, and none goes back into its own lists.
 */
export function misfit(r: Reader, shapes: Shapes): Misfit | undefined {
  const candidates = shapes.statements.get(r.tokens[r.at]?.upper ?? '');
  if (candidates === undefined) return undefined;
  const scratch: Reader = { ...r, tokens: [...r.tokens], problems: [], problemAt: -1, aliases: [] };
  const match: Match = { scratch, shapes, furthest: r.at, wanted: new Set(), before: new Set() };
  const end = r.tokens.length - 1;
  for (const shape of candidates) {
    const stop = fit(match, shape, r.at);
    if (stop === end) return undefined;
    if (stop >= 0) miss(match, stop, 'the end of the statement');
  }
  return { at: match.furthest, wanted: [...match.wanted], before: [...match.before] };
}

function miss(match: Match, at: number, wanted: string): -1 {
  if (at > match.furthest) {
    match.before = at === match.furthest + 1 ? match.wanted : new Set();
    match.furthest = at;
    match.wanted = new Set();
  }
  if (at === match.furthest) match.wanted.add(wanted);
  return -1;
}

/** Index behind what fits at `at`, or -1. */
function fit(match: Match, shape: Shape, at: number): number {
  switch (shape.kind) {
    case 'word':
      return match.scratch.tokens[at]?.upper === shape.upper ? at + 1 : miss(match, at, shape.upper);
    case 'place':
      return fill(match, shape.name, at);
    case 'sequence': {
      let stop = at;
      for (const item of shape.items) {
        stop = fit(match, item, stop);
        if (stop < 0) return -1;
      }
      return stop;
    }
    case 'choice':
      for (const item of shape.items) {
        const stop = fit(match, item, at);
        if (stop >= 0) return stop;
      }
      return -1;
    case 'optional': {
      const stop = fit(match, shape.item, at);
      return stop < 0 ? at : stop;
    }
    case 'many': {
      let stop = at;
      for (let more = fit(match, shape.item, stop); more > stop; more = fit(match, shape.item, stop))
        stop = more;
      return stop;
    }
    case 'list': {
      let stop = fit(match, shape.item, at);
      while (stop >= 0 && match.scratch.tokens[stop]?.upper === ',') stop = fit(match, shape.item, stop + 1);
      if (stop >= 0) miss(match, stop, ',');
      return stop;
    }
  }
}

const descriptions: Readonly<Record<string, string>> = {
  name: 'a name',
  label: 'a name',
  path: 'a name',
  string: 'a string in quotes',
  number: 'a number',
  word: 'a word',
  value: 'a value',
  type: 'a data type',
  expr: 'an expression',
  ends: ', or )',
  group: '(',
  arrow: '=>',
  rest: 'more',
};

/** Fills a place: a part of the table, or one of the kinds above. */
function fill(match: Match, name: string, at: number): number {
  const part = match.shapes.parts.get(name);
  if (part !== undefined) return fit(match, part, at);
  const stop = filled(match.scratch, name, at);
  return stop < 0 ? miss(match, at, descriptions[name] ?? name) : stop;
}

function filled(r: Reader, name: string, at: number): number {
  const token = r.tokens[at];
  if (token === undefined || token.kind === 'end') return -1;
  const { kind, upper } = token;
  switch (name) {
    case 'name':
      return named(r, at) ? at + 1 : -1;
    case 'label':
      return kind === 'word' || named(r, at) ? at + 1 : -1;
    case 'path':
      return pathEnd(r, at);
    case 'string':
      return kind === 'string' || kind === 'parameter' || (kind === 'quoted' && r.dialect === 'athena')
        ? at + 1
        : -1;
    case 'number':
      return numberEnd(r, at);
    case 'word':
      return kind === 'word' ? at + 1 : -1;
    case 'value':
      return kind === 'word' || kind === 'string' || kind === 'quoted' || kind === 'parameter'
        ? at + 1
        : numberEnd(r, at);
    case 'group': {
      const close = upper === '(' ? closeIndex(r, at) : -1;
      return close < 0 || r.tokens[close]?.kind === 'end' ? -1 : close + 1;
    }
    case 'arrow':
      return upper === '=>' || upper === ':=' ? at + 1 : -1;
    case 'ends':
      return upper === ',' || upper === ')' ? at : -1;
    case 'rest':
      return r.tokens.length - 1;
    case 'type':
      return readBy(r, at, readType);
    case 'expr':
      return readBy(r, at, (reader) => r.grammar.expression(reader, 0));
    default:
      throw new Error(`No part of the syntax tables is called ${name}`);
  }
}

function named(r: Reader, at: number): boolean {
  r.at = at;
  return isName(r) && !unnamed.has(r.tokens[at]?.upper ?? '');
}
/** No reserved words of either engine, but where a name is due they are what is left of a clause. */
const unnamed: ReadonlySet<string> = new Set(['IF', 'AUTHORIZATION']);

/** `a.b.c`: behind a point any word will do. */
function pathEnd(r: Reader, at: number): number {
  if (!named(r, at)) return -1;
  let stop = at + 1;
  while (r.tokens[stop]?.upper === '.') {
    const { kind } = r.tokens[stop + 1] ?? { kind: 'end' };
    if (kind !== 'word' && kind !== 'quoted') return -1;
    stop += 2;
  }
  return stop;
}

function numberEnd(r: Reader, at: number): number {
  const sign = r.tokens[at]?.upper === '-' || r.tokens[at]?.upper === '+' ? 1 : 0;
  return r.tokens[at + sign]?.kind === 'number' ? at + sign + 1 : -1;
}

function readBy(r: Reader, at: number, rule: (reader: Reader) => unknown): number {
  r.at = at;
  r.problemAt = -1;
  r.problems.length = 0;
  rule(r);
  return r.problems.length === 0 && r.at > at ? r.at : -1;
}
