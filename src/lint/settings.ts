import type { Severity } from './finding';
import type { Rule } from './rule';

/** What a user may set for one rule. */
export type RuleSetting = Severity | 'off';

/** From the weakest to the strongest. */
export const severities: readonly Severity[] = ['hint', 'information', 'warning', 'error'];

/** Settings by rule id; a rule that is not named keeps its own severity. */
export type RuleSettings = Readonly<Record<string, RuleSetting>>;

/** True for a severity that reaches the threshold. */
export function isAtLeast(severity: Severity, threshold: Severity): boolean {
  return severities.indexOf(severity) >= severities.indexOf(threshold);
}

/** The severity of one finding: a user's own setting wins over what the rule says. */
export function severityOf(rule: Rule, reported: Severity | undefined, settings: RuleSettings): RuleSetting {
  return settings[rule.id] ?? (rule.offByDefault === true ? 'off' : (reported ?? rule.severity));
}

/** The rule that a user names by id or code, in any case; undefined when there is none. */
export function findRule(rules: readonly Rule[], name: string): Rule | undefined {
  const wanted = name.toLowerCase();
  return rules.find((rule) => rule.id === wanted || rule.code.toLowerCase() === wanted);
}

/** The id or code that a mistyped name most likely meant; undefined when nothing is near. */
export function nearestRuleName(rules: readonly Rule[], name: string): string | undefined {
  return nearest(
    name,
    rules.flatMap((rule) => (/^[a-z]{2,3}\d+$/i.test(name) ? [rule.code] : [rule.id, rule.code])),
  );
}

/** The candidate with the fewest typing slips, at most a third of the word long. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const wanted = word.toLowerCase();
  let best: string | undefined;
  let least = Math.max(2, Math.floor(wanted.length / 3)) + 1;
  for (const candidate of candidates) {
    const distance = slips(wanted, candidate.toLowerCase(), least);
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

// Edit distance with swapped neighbours counted once; gives up at the limit.
function slips(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min((above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (above[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      }
      row.push(cost);
    }
    [before, above] = [above, row];
  }
  return above[b.length] ?? limit;
}
