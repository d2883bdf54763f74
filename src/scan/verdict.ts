import type { Span } from '../base/text';
import type { Column } from '../catalog/catalog';
import { domainOf } from './columnDomain';
import { everything, intersection, isEverything, type Domain } from './domain';
import { isKnownOperator } from './evaluate';
import type { Condition, Obstacle } from './plan';
import { readType } from './sqlType';
import {
  allTerms,
  hasColumn,
  partsOf,
  someTerm,
  withoutNot,
  type ColumnTerm,
  type Opacity,
  type Term,
} from './term';

/**
 * What a query's conditions do to one partition key.
 * `prunes`: only these values are read; `exact` when nothing but keys decides. `late`: a function of keys, tested
 * for each partition; `understood` when we can do the same. `dynamic`: known only while the query runs.
 * `blocked`: the key is tested, but only after everything was read. `unknown`: it cannot be told, so say nothing.
 */
export type KeyVerdict =
  | { readonly kind: 'prunes'; readonly domain: Domain; readonly exact: boolean }
  | { readonly kind: 'late'; readonly understood: boolean }
  | { readonly kind: 'dynamic'; readonly by: 'join' | 'subquery' }
  | { readonly kind: 'blocked'; readonly reason: Obstacle | 'or' | 'data' | 'volatile'; readonly at?: Span }
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown'; readonly why: Opacity };

/** What is known of one table of a query. */
export interface VerdictFacts {
  readonly relation: number;
  readonly keys: readonly Column[];
  readonly conditions: readonly Condition[];
  readonly stopped: readonly { readonly condition: Condition; readonly obstacle: Obstacle }[];
  /** Milliseconds since 1970, for `current_date`; absent: it selects partitions, which ones is not known. */
  readonly now?: number;
}

/** The column term of a partition key. */
export function keyColumn(key: Column, relation: number): ColumnTerm {
  return { kind: 'column', relation, name: key.name, type: readType(key.type) };
}

/** The verdict for each key, in order. */
export function verdictsOf(facts: VerdictFacts): readonly KeyVerdict[] {
  if (facts.keys.length === 0) return [];
  const told: Told[] = [];
  let exact = true;
  for (const condition of facts.conditions) {
    const sight = sightOf(condition.term, facts);
    // A plain condition on other columns, as most are: no key's verdict depends on it.
    if (!sight.tells) continue;
    told.push({ condition, term: withoutNot(condition.term), sight });
    if (!sight.exact && sight.keys.length > 0) exact = false;
  }
  const shared = { ...facts, told, exact };
  return facts.keys.map((key) => verdictOf(keyColumn(key, facts.relation), shared));
}

/** A condition that may say something of a key. */
interface Told {
  readonly condition: Condition;
  readonly term: Term;
  readonly sight: Sight;
}

/** What a condition is made of. */
interface Sight {
  /** False when no key's verdict can depend on it. */
  readonly tells: boolean;
  /** Nothing but keys and constants decides it. */
  readonly exact: boolean;
  /** A part of it cannot be followed. */
  readonly opaque: boolean;
  /** The keys it mentions. */
  readonly keys: readonly string[];
}

// One look at each condition for all keys: asked anew for each of them, this was a tenth of all linting.
function sightOf(term: Term, { relation, keys }: VerdictFacts): Sight {
  const mentioned: string[] = [];
  let opaque = false;
  let others = false;
  let decides = false;
  const open: Term[] = [term];
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    if (part.kind === 'column') {
      const { name } = part;
      if (part.relation !== relation || !isKey(name, keys)) others = true;
      else if (!mentioned.includes(name)) mentioned.push(name);
    } else if (part.kind === 'constant') {
      decides ||= part === term || part.value === null || part.value.kind === 'boolean';
    } else {
      if (part.kind === 'opaque') opaque = true;
      const parts = partsOf(part);
      for (let at = 0; at < parts.length; at++) {
        const inner = parts[at];
        if (inner !== undefined) open.push(inner);
      }
    }
  }
  return {
    tells: opaque || decides || mentioned.length > 0,
    exact: !opaque && !others,
    opaque,
    keys: mentioned,
  };
}

function isKey(name: string, keys: readonly Column[]): boolean {
  for (let at = 0; at < keys.length; at++) if (keys[at]?.name === name) return true;
  return false;
}

const order = { prunes: 0, late: 1, unknown: 2, dynamic: 3, blocked: 4, none: 5 };

function verdictOf(
  key: ColumnTerm,
  facts: VerdictFacts & { readonly told: readonly Told[]; readonly exact: boolean },
): KeyVerdict {
  let best: KeyVerdict = none;
  let domain = everything;
  let exact = true;
  const request = facts.now === undefined ? { column: key } : { column: key, now: facts.now };
  let prunes = false;
  for (const each of facts.told) {
    const values = mayLimit(each, key) ? domainOf(each.term, request) : everything;
    if (!isEverything(values)) {
      domain = intersection(domain, values);
      exact &&= each.sight.exact;
      prunes = true;
    } else best = stronger(best, withoutDomain(each, key, facts));
  }
  if (prunes) return { kind: 'prunes', domain, exact: exact && facts.exact };
  for (const { condition, obstacle } of facts.stopped) {
    if (mentionsKey(condition.term, key)) {
      best = stronger(best, {
        kind: 'blocked',
        reason: obstacle,
        ...(condition.at === undefined ? {} : { at: condition.at }),
      });
    }
  }
  return best;
}

/** The first of two verdicts unless the other says more. */
function stronger(verdict: KeyVerdict, other: KeyVerdict): KeyVerdict {
  return order[other.kind] < order[verdict.kind] ? other : verdict;
}

/** False when a condition lets every value of the key through, for want of it or of a bare TRUE or FALSE. */
function mayLimit({ term, sight }: Told, key: ColumnTerm): boolean {
  return (
    term.kind === 'constant' ||
    (term.kind === 'apply' && (term.operator === 'and' || term.operator === 'or')) ||
    sight.keys.includes(key.name)
  );
}

const none: KeyVerdict = { kind: 'none' };

function withoutDomain({ term, condition, sight }: Told, key: ColumnTerm, facts: VerdictFacts): KeyVerdict {
  if (!sight.keys.includes(key.name)) {
    if (!sight.opaque) return none;
    const free = !hasColumn(term);
    for (const part of allTerms(term)) {
      if (part.kind !== 'opaque') continue;
      if (part.why === 'unresolved' ? part.name === key.name : free && isHidden(part.why))
        return { kind: 'unknown', why: part.why };
    }
    return none;
  }
  if (constrains(term, facts)) return { kind: 'late', understood: isUnderstood(term) };
  return loose(term, condition, key, facts);
}

function loose(term: Term, condition: Condition, key: ColumnTerm, facts: VerdictFacts): KeyVerdict {
  const at = condition.at === undefined ? {} : { at: condition.at };
  if (term.kind === 'apply' && term.operator === 'or') {
    const open = term.args.filter((arg) => !constrains(arg, facts));
    const verdicts = open.map((arg) =>
      mentionsKey(arg, key) ? loose(arg, condition, key, facts) : otherSide(arg),
    );
    const known = verdicts.find((verdict) => verdict.kind === 'blocked');
    return (
      known ?? verdicts.find((verdict) => verdict.kind !== 'none') ?? { kind: 'blocked', reason: 'or', ...at }
    );
  }
  if (term.kind === 'apply' && term.operator === 'and') {
    const verdicts = term.args
      .filter((arg) => mentionsKey(arg, key))
      .map((arg) => loose(arg, condition, key, facts));
    return verdicts[0] ?? { kind: 'none' };
  }
  const parts = allTerms(term).filter((part) => part.kind === 'opaque');
  const volatile = parts.find((part) => part.why === 'volatile');
  if (volatile !== undefined) return { kind: 'blocked', reason: 'volatile', ...at };
  const unknown = parts.find((part) => part.why !== 'subquery');
  if (unknown !== undefined) return { kind: 'unknown', why: unknown.why };
  if (parts.length > 0) return { kind: 'dynamic', by: 'subquery' };
  if (someTerm(term, (part) => part.kind === 'column' && part.relation !== facts.relation))
    return { kind: 'dynamic', by: 'join' };
  return { kind: 'blocked', reason: 'data', ...at };

  function otherSide(arg: Term): KeyVerdict {
    const hidden = allTerms(arg).find(
      (part) => part.kind === 'opaque' && part.why !== 'subquery' && part.why !== 'volatile',
    );
    return hidden?.kind === 'opaque'
      ? { kind: 'unknown', why: hidden.why }
      : { kind: 'blocked', reason: 'or', ...at };
  }
}

function isHidden(why: Opacity): boolean {
  return why === 'template' || why === 'parameter' || why === 'error' || why === 'syntax';
}

/** True when the engine can test it with a partition's values alone, and so may skip the partition. */
function constrains(term: Term, facts: VerdictFacts): boolean {
  if (term.kind === 'apply' && term.operator === 'and')
    return term.args.some((arg) => constrains(arg, facts));
  if (term.kind === 'apply' && term.operator === 'or')
    return term.args.every((arg) => constrains(arg, facts));
  return mentionsAnyKey(term, facts) && isOnlyKeys(term, facts);
}

function mentionsKey(term: Term, key: ColumnTerm): boolean {
  return someTerm(
    term,
    (part) => part.kind === 'column' && part.relation === key.relation && part.name === key.name,
  );
}

function mentionsAnyKey(term: Term, { relation, keys }: VerdictFacts): boolean {
  return someTerm(
    term,
    (part) =>
      part.kind === 'column' && part.relation === relation && keys.some((key) => key.name === part.name),
  );
}

/** True when a term is made of this table's keys and constants only. */
function isOnlyKeys(term: Term, { relation, keys }: VerdictFacts): boolean {
  return !someTerm(
    term,
    (part) =>
      part.kind === 'opaque' ||
      (part.kind === 'column' && (part.relation !== relation || keys.every((key) => key.name !== part.name))),
  );
}

function isUnderstood(term: Term): boolean {
  return !someTerm(term, (part) => part.kind === 'apply' && !isKnownOperator(part.operator));
}
