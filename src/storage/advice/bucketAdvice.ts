import { formatBytes, formatCount, formatUsd } from '../../base/format';
import { readJson } from '../../documents/data/json';
import { readLifecycle } from '../../documents/lifecycle/document';
import type { LifecycleRule } from '../../documents/lifecycle/model';
import { isStorageClass } from '../../documents/lifecycle/storageClasses';
import { amountWords, countWords } from '../figureWords';
import { lifecycleText } from '../lifecycleText';
import { codeSpan } from '../markdown';
import { monthlyUsd } from '../storagePrices';
import type { AdviceFinding, PlaceFacts } from './finding';
import { idOf } from './objectAdvice';

const dayMs = 86_400_000;
/** An upload that is younger may still go on. */
const youngDays = 1;

/** What a bucket's settings leave to be billed: uploads, versions, results. */
export function bucketAdvice(facts: PlaceFacts): readonly AdviceFinding[] {
  const rules = rulesOf(facts);
  return [...uploadAdvice(facts, rules), ...versionAdvice(facts, rules), ...resultAdvice(facts, rules)];
}

/** Enabled rules; `undefined` where they may not be read: then nothing is said to be missing. */
function rulesOf({ bucket, place }: PlaceFacts): readonly LifecycleRule[] | undefined {
  if (bucket.lifecycle === undefined) return undefined;
  const { rules } = bucket.lifecycle;
  if (rules === undefined) return [];
  return readLifecycle(readJson(lifecycleText(place.bucket, rules))).rules.filter(({ enabled }) => enabled);
}

/** Whether a rule is for everything below a prefix: without tags and sizes. */
function covers({ filter }: LifecycleRule, prefix: string): boolean {
  const { tags, greaterThan, lessThan, known } = filter;
  return (
    known &&
    tags.length === 0 &&
    greaterThan === undefined &&
    lessThan === undefined &&
    prefix.startsWith(filter.prefix)
  );
}

function uploadAdvice(
  { bucket, place, survey, prices }: PlaceFacts,
  rules: readonly LifecycleRule[] | undefined,
): readonly AdviceFinding[] {
  const { uploads } = bucket;
  const aborted = rules?.some((rule) => rule.abort !== undefined && covers(rule, place.prefix));
  const rule = {
    ID: 'abort-incomplete-uploads',
    Status: 'Enabled',
    Filter: { Prefix: '' },
    AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
  };
  const days =
    uploads?.oldest === undefined ? 0 : Math.floor((survey.at.getTime() - uploads.oldest.getTime()) / dayMs);
  if (uploads !== undefined && uploads.count > 0 && days >= youngDays) {
    const { count, cut, looked, bytes, classes } = uploads;
    const all = !cut && looked === count;
    const estimate = looked === 0 ? undefined : (bytes / looked) * count;
    // One class tells its price; a mixture would be a guess.
    const [name = '', ...others] = Object.keys(classes);
    const usd =
      estimate === undefined || others.length > 0 || !isStorageClass(name)
        ? undefined
        : monthlyUsd(prices, name, { objects: 0, bytes: estimate, small: false });
    return [
      {
        id: 'incomplete-uploads',
        title: `${cut ? 'More than ' : ''}${countWords(count, 'incomplete upload')}, the oldest begun ${countWords(days, 'day')} ago${estimate === undefined ? '' : `: ${all ? '' : 'about '}${formatBytes(estimate)}`}.`,
        details: [
          'No listing of objects shows them, and their parts are billed until they are completed or aborted.',
          ...(all || looked === 0
            ? []
            : [
                `Bytes were added up of ${formatCount(looked)} of them, spread over all, and reckoned from there.`,
              ]),
          ...(looked === 0 ? ['How large they are could not be read.'] : []),
          ...(aborted === true
            ? ['A rule aborts them: those that are older than its days go in its next daily run.']
            : []),
        ],
        action:
          aborted === true
            ? 'Nothing: the rule does it.'
            : 'Add a rule that aborts what is not completed after 7 days.',
        ...(aborted === false ? { rule } : {}),
        ...(usd === undefined ? {} : { usdPerMonth: usd }),
      },
    ];
  }
  if (aborted !== false) return [];
  return [
    {
      id: 'missing-abort',
      title: `No rule aborts incomplete uploads below ${codeSpan(`s3://${place.bucket}/${place.prefix}`)}.`,
      details: [
        uploads === undefined
          ? 'Whether there are any now could not be read.'
          : 'There are none now, but the parts of each job that breaks off are billed until somebody aborts them.',
      ],
      action: 'Add a rule that aborts what is not completed after 7 days.',
      rule,
    },
  ];
}

function versionAdvice(
  { bucket, place, prices }: PlaceFacts,
  rules: readonly LifecycleRule[] | undefined,
): readonly AdviceFinding[] {
  const { versioning, versions } = bucket;
  if (versioning === undefined || versioning === 'never' || rules === undefined) return [];
  if (rules.some((rule) => rule.noncurrentExpiration !== undefined && covers(rule, place.prefix))) return [];
  const classes = Object.entries(versions?.noncurrent ?? {});
  const objects = classes.reduce((sum, [, one]) => sum + one.objects, 0);
  const bytes = classes.reduce((sum, [, one]) => sum + one.bytes, 0);
  const usd = classes.reduce(
    (sum, [name, one]) =>
      sum + (isStorageClass(name) ? monthlyUsd(prices, name, { ...one, small: false }) : 0),
    0,
  );
  const looked =
    versions === undefined
      ? 'How many there are could not be read.'
      : versions.cut
        ? `Of the first ${countWords(versions.looked, 'version')} below ${codeSpan(place.prefix === '' ? place.bucket : place.prefix)}; the others were not looked at, so it is at least that.`
        : `Of all ${countWords(versions.looked, 'version')}, ${formatCount(versions.markers)} delete markers among them.`;
  return [
    {
      id: 'noncurrent-versions',
      title:
        objects === 0
          ? `The bucket keeps versions (versioning is ${versioning}), and no rule ever deletes old ones.`
          : `${amountWords({ objects, bytes })} of noncurrent versions, which no rule ever deletes: ${formatUsd(usd)} a month.`,
      details: [looked],
      action:
        'Decide how long an overwritten or deleted object must come back, and let older versions expire.',
      rule: {
        ID: idOf('old-versions', place.prefix),
        Status: 'Enabled',
        Filter: { Prefix: place.prefix },
        NoncurrentVersionExpiration: { NoncurrentDays: 30 },
        Expiration: { ExpiredObjectDeleteMarker: true },
      },
      ...(usd > 0 ? { usdPerMonth: usd } : {}),
    },
  ];
}

function resultAdvice(
  { place, results, survey, prices }: PlaceFacts,
  rules: readonly LifecycleRule[] | undefined,
): readonly AdviceFinding[] {
  if (rules === undefined) return [];
  const own = resultPrefixes(place, results);
  return own.flatMap(({ prefix, workGroups }): readonly AdviceFinding[] => {
    const expires = rules.some(
      (rule) =>
        (rule.expiration?.days !== undefined || rule.expiration?.date !== undefined) && covers(rule, prefix),
    );
    if (expires) return [];
    const amount = survey.below.get(prefix);
    const usd =
      amount === undefined ? undefined : monthlyUsd(prices, 'STANDARD', { ...amount, small: false });
    const groups = workGroups.length === 0 ? '' : ` of ${workGroups.join(', ')}`;
    return [
      {
        id: 'query-results',
        title: `Query results${groups} in ${codeSpan(`s3://${place.bucket}/${prefix}`)} never expire${amount === undefined ? '' : amount.objects === 0 ? '; none lie there now' : `: ${amountWords(amount)}`}.`,
        details: [
          'Athena writes a result for each query and deletes none. Tables that CREATE TABLE AS wrote without a location of their own lie there too: move those before anything expires.',
        ],
        action: 'Let results expire.',
        rule: {
          ID: idOf('query-results', prefix),
          Status: 'Enabled',
          Filter: { Prefix: prefix },
          Expiration: { Days: 30 },
        },
        ...(usd === undefined || usd === 0 ? {} : { usdPerMonth: usd }),
      },
    ];
  });
}

/** Where results go within a place: by the work groups, and by the name that Athena gives a bucket of its own making. */
export function resultPrefixes(
  place: PlaceFacts['place'],
  results: PlaceFacts['results'],
): readonly { readonly prefix: string; readonly workGroups: readonly string[] }[] {
  const found = new Map<string, string[]>();
  for (const { bucket, key, workGroup } of results) {
    if (bucket !== place.bucket || !key.startsWith(place.prefix)) continue;
    found.set(key, [...(found.get(key) ?? []), workGroup]);
  }
  const isAthenas =
    place.prefix === '' && /(?:^aws-athena-query-results-|athena-(?:query-)?results)/.test(place.bucket);
  if (found.size === 0 && isAthenas) found.set('', []);
  return [...found].map(([prefix, workGroups]) => ({ prefix, workGroups }));
}
