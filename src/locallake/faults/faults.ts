import { isFields, list, number, text } from '../wire/input';
import type { Fields } from '../service';

/** What goes wrong. `latency` only waits; the others wait first too when `milliseconds` is given. */
export const faultKinds = [
  'throttle',
  'slowdown',
  'expired',
  'denied',
  'conflict',
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
  /** What the key begins with. Of a call on many keys, each key is one by the action `s3:DeleteObject`. */
  readonly key?: string;
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

  /** The first rule that hits one key of a call on many: only rules that name its very action are asked. */
  takeForKey(call: CallTarget): FaultRule | undefined {
    return this.take(call, ({ action }) => action === call.action);
  }

  /** The first rule that hits this call, and one of its times is used up. */
  take(call: CallTarget, asked: (rule: FaultRule) => boolean = () => true): FaultRule | undefined {
    for (const state of this.#rules) {
      if (!asked(state.rule)) continue;
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
    (rule.key === undefined || call.key?.startsWith(rule.key) === true) &&
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
    const optionalText = (name: 'bucket' | 'key' | 'database' | 'table') => {
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
      ...optionalText('key'),
      ...optionalText('database'),
      ...optionalText('table'),
      ...optionalNumber('times'),
      ...optionalNumber('after'),
      ...optionalNumber('milliseconds'),
    });
  }
  return rules;
}
