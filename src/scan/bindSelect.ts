import { bindFrom } from './bindFrom';
import { outputsOf, type Binder } from './binder';
import { resolve, type Names } from './names';
import type { BoundQuery, Condition, Obstacle, Output, Plan } from './plan';
import { readConditions, readTerm, type TermReader } from './readTerm';
import { apply, replaced, someTerm, termKey, type Term } from './term';
import type { Expression, Query, Select } from '../sql/ast';

/** Reads one SELECT: its plan, and what each of its columns is. */
export function bindSelect(select: Select, binder: Binder): BoundQuery {
  const from = bindFrom(select, binder);
  const names: Names =
    binder.outer === undefined ? { sources: from.sources } : { sources: from.sources, outer: binder.outer };
  const stage = new Stage(binder, names, { plan: from.plan, windows: select.windows });
  if (select.where !== undefined) stage.add(stage.conditions(select.where));

  const items = outputsOf({ select, sources: from.sources, reader: stage.reader }, binder);
  const having = select.having === undefined ? [] : stage.conditions(select.having);
  const groups = groupsOf(select, stage, items.outputs);
  const terms: Term[] = [];
  for (let at = 0; at < items.outputs.length; at++) {
    const output = items.outputs[at];
    if (output !== undefined) terms.push(output.term);
  }
  for (let at = 0; at < having.length; at++) {
    const condition = having[at];
    if (condition !== undefined) terms.push(condition.term);
  }
  if (groups !== undefined || terms.some((term) => contains(term, 'aggregate'))) {
    binder.demand.push(...(groups ?? []));
    const fixed = groups === undefined || isRollup(select, binder) ? [] : groups;
    stage.barrier('aggregate', dependingOnlyOn(fixed));
  }
  stage.add(having);

  const qualify = select.qualify === undefined ? [] : stage.conditions(select.qualify);
  const windows: (readonly Term[])[] = [];
  const noteWindow = (part: Term): boolean => {
    if (part.kind === 'opaque' && part.why === 'window') windows.push(part.by ?? []);
    return false;
  };
  for (let at = 0; at < terms.length; at++) {
    const term = terms[at];
    if (term !== undefined) someTerm(term, noteWindow);
  }
  for (const { term } of qualify) someTerm(term, noteWindow);
  if (windows.length > 0) {
    const tests = windows.map(dependingOnlyOn);
    stage.barrier('window', (term) => tests.every((passes) => passes(term)));
  }
  stage.add(qualify);
  if (select.top !== undefined) stage.barrier('limit', () => false);
  if (select.distinct) binder.demand.push(...items.outputs.map((output) => output.term));
  binder.last = { select, names, outputs: items.outputs };
  return { plan: stage.plan, outputs: items.outputs, open: items.open };
}

/** The plan of one SELECT as it grows from FROM upwards. */
class Stage {
  plan: Plan;
  readonly reader: TermReader;
  private readonly binder: Binder;
  private found: { query: Plan; equal: readonly Condition[] }[] = [];

  constructor(
    binder: Binder,
    names: Names,
    { plan, windows }: { readonly plan: Plan; readonly windows: Select['windows'] },
  ) {
    this.binder = binder;
    this.plan = plan;
    this.reader = {
      column: (name) => resolve(name, names),
      window: (name) => windows.find((each) => each.name.name === name.name)?.window,
      notes: binder.notes,
      subquery: (query, use) => {
        const bound = binder.bindQuery(query, { ...binder, outer: names });
        const outputs = use.kind === 'exists' ? [] : bound.outputs.map((output) => output.term);
        binder.demand.push(...outputs);
        const [output] = outputs;
        const equal =
          use.kind === 'in' && output !== undefined ? [{ term: apply('=', use.operand, output) }] : [];
        this.found.push({ query: bound.plan, equal });
        return outputs.map((term) => ({ kind: 'opaque', why: 'subquery', parts: [], name: termKey(term) }));
      },
    };
  }

  conditions(expression: Expression): readonly Condition[] {
    return readConditions(expression, {
      reader: this.reader,
      inView: this.binder.view !== undefined,
    });
  }

  term(expression: Expression): Term {
    return readTerm(expression, this.reader);
  }

  add(conditions: readonly Condition[]): void {
    this.subqueries();
    if (conditions.length === 0) return;
    for (let at = 0; at < conditions.length; at++) {
      const condition = conditions[at];
      if (condition !== undefined) this.binder.demand.push(condition.term);
    }
    this.plan = { kind: 'filter', input: this.plan, conditions };
  }

  barrier(obstacle: Obstacle, passes: (term: Term) => boolean): void {
    this.subqueries();
    this.plan = { kind: 'barrier', obstacle, input: this.plan, passes };
  }

  /** The queries inside the expressions read so far are run for the rows of this plan. */
  private subqueries(): void {
    if (this.found.length === 0) return;
    for (const { query, equal } of this.found) this.plan = { kind: 'semi', input: this.plan, query, equal };
    this.found = [];
  }
}

function groupsOf(select: Select, stage: Stage, outputs: readonly Output[]): readonly Term[] | undefined {
  const { groupBy } = select;
  if (groupBy === undefined) return undefined;
  if (groupBy.items.length === 0 && groupBy.all) {
    return outputs.map((output) => output.term).filter((term) => !contains(term, 'aggregate'));
  }
  return groupBy.items.map((item) => {
    const ordinal =
      item.kind === 'Literal' && item.type === 'number' ? outputs[Number(item.value) - 1] : undefined;
    return ordinal?.term ?? stage.term(item);
  });
}

function isRollup(select: Select, binder: Binder): boolean {
  const { groupBy } = select;
  return (
    groupBy !== undefined &&
    /\b(rollup|cube|grouping\s+sets)\b/i.test(binder.text.slice(groupBy.start, groupBy.end))
  );
}

function contains(term: Term, why: 'aggregate'): boolean {
  return someTerm(term, (part) => part.kind === 'opaque' && part.why === why);
}

/** A test whether a term is computed from these terms and nothing else that belongs to single rows. */
function dependingOnlyOn(given: readonly Term[]): (term: Term) => boolean {
  let keys: ReadonlySet<string> | undefined;
  return (term) => dependsOnlyOn(term, (keys ??= new Set(given.map(termKey))));
}

function dependsOnlyOn(term: Term, keys: ReadonlySet<string>): boolean {
  const rest =
    keys.size === 0
      ? term
      : replaced(term, (part) =>
          keys.has(termKey(part)) ? { kind: 'constant', value: null, type: undefined } : undefined,
        );
  return !someTerm(
    rest,
    (part) =>
      part.kind === 'column' ||
      (part.kind === 'opaque' &&
        (part.why === 'aggregate' || part.why === 'window' || part.why === 'volatile')),
  );
}

/** Reads what ORDER BY needs; it changes nothing about which rows are read. */
export function demandOrder(query: Query, binder: Binder): void {
  const bound = binder.last;
  if (query.orderBy.length === 0 || bound === undefined || bound.select !== query.body) return;
  const reader: TermReader = {
    column: (name) => {
      const alias = name.parts.length === 1 ? name.parts[0]?.name : undefined;
      const output = bound.outputs.find((each) => alias !== undefined && each.name === alias);
      return output?.term ?? resolve(name, bound.names);
    },
    notes: binder.notes,
    subquery: () => [],
  };
  for (const { expression } of query.orderBy) binder.demand.push(readTerm(expression, reader));
}
