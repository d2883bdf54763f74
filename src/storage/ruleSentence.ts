import { formatBytes } from '../base/format';
import { numberOf, valueOf } from '../documents/data/access';
import { readJson } from '../documents/data/json';
import { readLifecycle } from '../documents/lifecycle/document';
import type { LifecycleFilter, LifecycleRule, LifecycleTransition } from '../documents/lifecycle/model';
import { isStorageClass, storageClasses } from '../documents/lifecycle/storageClasses';
import type { RuleValue } from './bucketStorage';

/** What a rule does, in words: `below raw/: to Standard-IA after 30 days, deleted after 365 days`. */
export function ruleSentence(rule: RuleValue | LifecycleRule): string {
  const read = isRead(rule) ? rule : readLifecycle(readJson(JSON.stringify({ Rules: [rule] }))).rules[0];
  if (read === undefined) return 'nothing that can be read';
  const actions = actionsOf(read);
  const does = actions.length === 0 ? 'nothing' : actions.join(', ');
  return `${read.enabled ? '' : 'disabled; '}${filterWords(read.filter)}: ${does}`;
}

/** Which objects a filter is for: `below raw/, over 128 KB, tagged team=risk`. */
export function filterWords({ prefix, tags, greaterThan, lessThan }: LifecycleFilter): string {
  return [
    prefix === '' ? 'the whole bucket' : `below ${prefix}`,
    ...(greaterThan === undefined ? [] : [`over ${formatBytes(greaterThan)}`]),
    ...(lessThan === undefined ? [] : [`under ${formatBytes(lessThan)}`]),
    ...tags.map(({ key, value }) => `tagged ${key}=${value}`),
  ].join(', ');
}

function isRead(rule: RuleValue | LifecycleRule): rule is LifecycleRule {
  return 'noncurrentTransitions' in rule;
}

function actionsOf(rule: LifecycleRule): readonly string[] {
  const { transitions, expiration, noncurrentTransitions, noncurrentExpiration, abort } = rule;
  return [
    ...transitions.map((one) => `to ${titleOf(one)} ${when(one)}`),
    ...(expiration === undefined
      ? []
      : [expiration.deleteMarkers ? 'lone delete markers removed' : `deleted ${when(expiration)}`]),
    ...noncurrentTransitions.map((one) => `noncurrent versions to ${titleOf(one)} ${when(one)}${kept(one)}`),
    ...(noncurrentExpiration === undefined
      ? []
      : [`noncurrent versions deleted ${when(noncurrentExpiration)}${kept(noncurrentExpiration)}`]),
    ...(abort === undefined ? [] : [`incomplete uploads aborted ${when(abort)}`]),
  ];
}

function titleOf({ storageClass }: LifecycleTransition): string {
  return isStorageClass(storageClass) ? storageClasses[storageClass].title : (storageClass ?? 'no class');
}

function when({
  days,
  date,
}: {
  readonly days: number | undefined;
  readonly date?: string | undefined;
}): string {
  if (days !== undefined) return days === 0 ? 'at once' : `after ${days} ${days === 1 ? 'day' : 'days'}`;
  return date === undefined ? 'at an unknown time' : `on ${date.slice(0, 10)}`;
}

function kept({ node }: Pick<LifecycleTransition, 'node'>): string {
  const newer = numberOf(valueOf(node, 'NewerNoncurrentVersions'));
  return newer === undefined ? '' : `, all but the newest ${newer}`;
}
