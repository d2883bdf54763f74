import type { Span } from '../base/text';
import type { Column } from '../catalog/catalog';
import { domainOf } from './columnDomain';
import { everything, intersection, isEverything, type Domain } from './domain';
import { isKnownOperator } from './evaluate';
import type { Condition, Obstacle } from './plan';
import { readType } from './sqlType';
import { allTerms, hasColumn, someTerm, withoutNot, type ColumnTerm, type Opacity, type Term } from './term';

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
  const told: Told[] = [];
  for (const condition of facts.conditions) {
    if (!mayTell(condition, facts)) continue;
    const term = withoutNot(condition.term);
    told.push({ condition, term, exact: isOnlyKeys(term, facts) });
  }
  const exact = told.every((each) => each.exact || !mentionsAnyKey(each.term, facts));
  return facts.keys.map((key) => verdictOf(keyColumn(key, facts.relation), { ...facts, told, exact }));
}

/** A condition that may say something of a key. */
interface Told {
  readonly condition: Condition;
  readonly term: Term;
  /** Nothing but keys decides it. */
  readonly exact: boolean;
}

/** False for a plain condition on other columns, which most are: no key's verdict depends on it. */
function mayTell({ term }: Condition, { relation, keys }: VerdictFacts): boolean {
  return someTerm(
    term,
    (part) =>
      part.kind === 'opaque' ||
      (part.kind === 'constant' && (part === term || part.value === null || part.value.kind === 'boolean')) ||
      (part.kind === 'column' && part.relation === relation && keys.some((key) => key.name === part.name)),
  );
}

const order = { prunes: 0, late: 1, unknown: 2, dynamic: 3, blocked: 4, none: 5 };

function verdictOf(
  key: ColumnTerm,
  facts: VerdictFacts & { readonly told: readonly Told[]; readonly exact: boolean },
): KeyVerdict {
  let best: KeyVerdict = { kind: 'none' };
  let domain = everything;
  let exact = true;
  const request = { column: key, ...(facts.now === undefined ? {} : { now: facts.now }) };
  const consider = (verdict: KeyVerdict): void => {
    if (order[verdict.kind] < order[best.kind]) best = verdict;
  };
  for (const { condition, term, exact: onlyKeys } of facts.told) {
    const values = mayLimit(term, key) ? domainOf(term, request) : everything;
    if (!isEverything(values)) {
      domain = intersection(domain, values);
      exact &&= onlyKeys;
      consider({ kind: 'prunes', domain, exact });
    } else consider(withoutDomain(term, condition, key, facts));
  }
  for (const { condition, obstacle } of facts.stopped) {
    if (mentionsKey(condition.term, key)) {
      consider({
        kind: 'blocked',
        reason: obstacle,
        ...(condition.at === undefined ? {} : { at: condition.at }),
      });
    }
  }
  if ((best as KeyVerdict).kind !== 'prunes') return best;
  return { kind: 'prunes', domain, exact: exact && facts.exact };
}

/** False when a condition lets every value of the key through, for want of it or of a bare TRUE or FALSE. */
function mayLimit(term: Term, key: ColumnTerm): boolean {
  return (
    term.kind === 'constant' ||
    (term.kind === 'apply' && (term.operator === 'and' || term.operator === 'or')) ||
    mentionsKey(term, key)
  );
}

function withoutDomain(term: Term, condition: Condition, key: ColumnTerm, facts: VerdictFacts): KeyVerdict {
  if (!mentionsKey(term, key)) {
    if (!someTerm(term, isOpaque)) return { kind: 'none' };
    const free = !hasColumn(term);
    for (const part of allTerms(term)) {
      if (part.kind !== 'opaque') continue;
      if (part.why === 'unresolved' ? part.name === key.name : free && isHidden(part.why))
        return { kind: 'unknown', why: part.why };
    }
    return { kind: 'none' };
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

function isOpaque(term: Term): boolean {
  return term.kind === 'opaque';
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
