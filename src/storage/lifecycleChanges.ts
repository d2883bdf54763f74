import type { DataValue } from '../documents/data/node';
import type { BucketLifecycle, RuleValue } from './bucketStorage';
import { ruleSentence } from './ruleSentence';

/** A rule that one lifecycle has and the other has not, or has otherwise. */
export interface RuleChange {
  readonly kind: 'added' | 'removed' | 'changed';
  /** Its ID, or `rule 2`. */
  readonly name: string;
  /** What it did, and what it will do. */
  readonly before?: string;
  readonly after?: string;
}

const none: BucketLifecycle = { rules: [], minimumSize: 'all_storage_classes_128K' };

/** What putting one lifecycle in place of another changes, rule by rule; rules without an ID are told by what they do. */
export function lifecycleChanges(
  before: BucketLifecycle | undefined,
  after: BucketLifecycle | undefined,
): readonly RuleChange[] {
  const left = [...(before?.rules ?? [])];
  const changes: RuleChange[] = [];
  const added: { readonly rule: RuleValue; readonly name: string }[] = [];
  for (const [at, rule] of (after?.rules ?? []).entries()) {
    const name = nameOf(rule, at);
    const same = left.findIndex((other) => isSameRule(other, rule));
    if (same >= 0) {
      left.splice(same, 1);
      continue;
    }
    added.push({ rule, name });
  }
  for (const { rule, name } of added) {
    const known = left.findIndex(({ ID }) => ID !== undefined && ID === rule['ID']);
    const other = known < 0 ? undefined : left[known];
    if (other === undefined) changes.push({ kind: 'added', name, after: ruleSentence(rule) });
    else {
      left.splice(known, 1);
      changes.push({ kind: 'changed', name, before: ruleSentence(other), after: ruleSentence(rule) });
    }
  }
  for (const rule of left) {
    const at = before?.rules.indexOf(rule) ?? 0;
    changes.push({ kind: 'removed', name: nameOf(rule, at), before: ruleSentence(rule) });
  }
  return changes;
}

/** Whether two lifecycles do the same; the order of rules, and an ID that one of them leaves to S3, do not count. */
export function isSameLifecycle(
  a: BucketLifecycle | undefined = none,
  b: BucketLifecycle | undefined = none,
): boolean {
  if (a.rules.length !== b.rules.length) return false;
  if (a.rules.length > 0 && a.minimumSize !== b.minimumSize) return false;
  const left = [...b.rules];
  return a.rules.every((rule) => {
    const at = left.findIndex((other) => isSameRule(rule, other));
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
}

function nameOf({ ID }: RuleValue, at: number): string {
  return typeof ID === 'string' && ID !== '' ? ID : `rule ${at + 1}`;
}

function isSameRule(a: RuleValue, b: RuleValue): boolean {
  const { ID: first, ...one } = a;
  const { ID: second, ...other } = b;
  return (first === undefined || second === undefined || first === second) && normal(one) === normal(other);
}

/** One text for all ways to write a rule: keys sorted, dates as instants, `{}` as the filter of an empty prefix. */
function normal({ Filter, Prefix, ...rest }: RuleValue): string {
  const filter = Filter ?? (Prefix === undefined ? undefined : { Prefix });
  const isEmpty = typeof filter === 'object' && filter !== null && Object.keys(filter).length === 0;
  return JSON.stringify(
    sorted({ ...rest, Filter: isEmpty || filter === undefined ? { Prefix: '' } : filter }),
  );
}

function sorted(value: DataValue, key = ''): DataValue {
  if (typeof value === 'string' && key === 'Date') {
    const at = Date.parse(value);
    return Number.isNaN(at) ? value : at;
  }
  if (typeof value !== 'object' || value === null) return value;
  if (isList(value)) {
    const items = value.map((item) => sorted(item));
    // Neither tags nor transitions have an order.
    return items.toSorted((x, y) => (JSON.stringify(x) < JSON.stringify(y) ? -1 : 1));
  }
  const entries = Object.entries(value).map(([name, inside]) => [name, sorted(inside, name)] as const);
  return Object.fromEntries(entries.toSorted(([x], [y]) => (x < y ? -1 : 1)));
}

function isList(value: DataValue): value is readonly DataValue[] {
  return Array.isArray(value);
}
