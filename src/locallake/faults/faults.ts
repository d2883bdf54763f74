import { isFields, list, number, text } from '../wire/input';
import type { Fields } from '../service';

/** What goes wrong. `latency` only waits; the others wait first too when `milliseconds` is given. */
export const faultKinds = [
  'throttle',
  'slowdown',
  'expired',
  'denied',
  '500',
  'latency',
  'reset',
  'half',
  'malformed',
  'hang',
] as const;
export type FaultKind = (typeof faultKinds)[number];

/** One wish for trouble; it fits a call when everything it names does. */
export interface FaultRule {
  /** `glue:GetTables`, `s3:*` or `*`. */
  readonly action: string;
  readonly bucket?: string;
  readonly database?: string;
  readonly table?: string;
  readonly kind: FaultKind;
  /** How many calls it hits; all when absent. */
  readonly times?: number;
  /** How many fitting calls it lets pass first: expiry in the middle of a listing. */
  readonly after?: number;
  readonly milliseconds?: number;
}

/** What a call is about, as far as rules and the log ask. */
export interface CallTarget {
  readonly action: string;
  readonly bucket?: string;
  readonly key?: string;
  readonly database?: string;
  readonly table?: string;
}

/** The rules in force, which count down as calls come. */
export class Faults {
  #rules: { rule: FaultRule; passed: number; left: number }[] = [];

  /** Replaces all rules. */
  set(rules: readonly FaultRule[]): void {
    this.#rules = rules.map((rule) => ({ rule, passed: 0, left: rule.times ?? Infinity }));
  }

  /** The first rule that hits this call, and one of its times is used up. */
  take(call: CallTarget): FaultRule | undefined {
    for (const state of this.#rules) {
      if (state.left <= 0 || !fits(state.rule, call)) continue;
      if (state.passed++ < (state.rule.after ?? 0)) continue;
      state.left--;
      return state.rule;
    }
    return undefined;
  }
}

function fits(rule: FaultRule, call: CallTarget): boolean {
  const [service] = call.action.split(':');
  return (
    (rule.action === '*' || rule.action === call.action || rule.action === `${service}:*`) &&
    (rule.bucket === undefined || rule.bucket === call.bucket) &&
    (rule.database === undefined || rule.database === call.database) &&
    (rule.table === undefined || rule.table === call.table)
  );
}

/** The rules of a request body `{"rules":[…]}`; a sentence that says what is wrong when one cannot be used. */
export function rulesFrom(body: Fields): readonly FaultRule[] | string {
  const rules: FaultRule[] = [];
  for (const each of list(body, 'rules')) {
    if (!isFields(each)) return 'Each rule must be an object.';
    const kind = faultKinds.find((known) => known === String(each['kind']));
    if (kind === undefined)
      return `kind must be one of ${faultKinds.join(', ')}, and is ${String(each['kind'])}.`;
    const optionalText = (name: 'bucket' | 'database' | 'table') => {
      const value = text(each, name);
      return value === undefined ? {} : { [name]: value };
    };
    const optionalNumber = (name: 'times' | 'after' | 'milliseconds') => {
      const value = number(each, name);
      return value === undefined ? {} : { [name]: value };
    };
    rules.push({
      action: text(each, 'action') ?? '*',
      kind,
      ...optionalText('bucket'),
      ...optionalText('database'),
      ...optionalText('table'),
      ...optionalNumber('times'),
      ...optionalNumber('after'),
      ...optionalNumber('milliseconds'),
    });
  }
  return rules;
}
