import { formatBytes, formatCount, formatUsd } from '../../base/format';
import { isStorageClass, storageClasses, type StorageClass } from '../../documents/lifecycle/storageClasses';
import type { Amount } from '../../zones/tally';
import { amountWords, countWords } from '../figureWords';
import { monthlyUsd, transitionUsd, type ObjectGroup } from '../storagePrices';
import type { AdviceFinding, PlaceFacts } from './finding';
import { smallFileBytes } from './survey';

/** USD for a thousand GET requests to Standard: us-east-1, https://aws.amazon.com/s3/pricing/, November 2025. */
const usdPerThousandGets = 0.0004;
/** Athena's price of a terabyte read: us-east-1, https://aws.amazon.com/athena/pricing/. */
const usdPerTerabyteRead = 5;
const terabyte = 2 ** 40;
/** Less than this a month is not worth anybody's time. */
const leastUsd = 0.01;
/** Fewer files than this are never too many. */
const fewFiles = 100;
/** Zones whose data is read as tables. */
const curated: ReadonlySet<string> = new Set(['processed', 'analytics']);

/** What the objects of a place tell: classes, sizes, formats. */
export function objectAdvice(facts: PlaceFacts): readonly AdviceFinding[] {
  return [
    ...storageClassAdvice(facts),
    ...minimumSizeAdvice(facts),
    ...archivedAdvice(facts),
    ...smallFileAdvice(facts),
    ...plainTextAdvice(facts),
  ];
}

/** What lies in Standard and is old: who reads it is not known, so Intelligent-Tiering, and the fixed classes for who knows. */
function storageClassAdvice({ place, survey, prices }: PlaceFacts): readonly AdviceFinding[] {
  const standard = survey.cells.filter(({ storageClass, small }) => storageClass === 'STANDARD' && !small);
  const after = (days: number): ObjectGroup => groupOf(standard.filter(({ ageDays }) => ageDays >= days));
  const [month, quarter] = [after(30), after(90)];
  if (month.objects === 0) return [];
  const now = monthlyUsd(prices, 'STANDARD', month);
  const watching = (month.objects / 1000) * (storageClasses.INTELLIGENT_TIERING.usdPerThousandMonitored ?? 0);
  // The tiers of infrequent and of archive instant access cost what Standard-IA and Glacier Instant Retrieval do.
  const unread = storageUsd(month.bytes, prices.usdPerGbMonth.GLACIER_IR);
  const saved = now - unread - watching;
  if (saved < leastUsd) return [];
  const fixed = (name: StorageClass, group: ObjectGroup): string => {
    const { title, usdPerGbRetrieved, minimumDays } = storageClasses[name];
    const before = monthlyUsd(prices, 'STANDARD', group);
    const then = monthlyUsd(prices, name, group);
    const reading = (group.bytes / 2 ** 30) * usdPerGbRetrieved;
    return `${title} for the ${amountWords(group)} of them: ${formatUsd(before)} → ${formatUsd(then)} a month, ${formatUsd(transitionUsd(name, group.objects))} once, and ${formatUsd(reading)} each time all of it is read; ${minimumDays} days are billed in any case.`;
  };
  return [
    {
      id: 'storage-class',
      title: `${amountWords(month)} in Standard were written more than 30 days ago: ${formatUsd(now)} a month.`,
      details: [
        'Whether they are read is not in a listing: server access logs, S3 Storage Lens or storage class analysis tell.',
        `Intelligent-Tiering finds out by itself: it saves up to ${formatUsd(saved)} a month once nothing has been read for 90 days, costs ${formatUsd(watching)} a month for watching ${countWords(month.objects, 'object')}, and ${formatUsd(transitionUsd('INTELLIGENT_TIERING', month.objects))} once for the moves; reading costs nothing.`,
        ...(quarter.objects > 0
          ? [`If it is known that nobody reads what is older than 90 days: ${fixed('GLACIER_IR', quarter)}`]
          : []),
        `If it is known that it is read less than once a month: ${fixed('STANDARD_IA', month)}`,
        'Objects below 128 KB are not counted: no rule moves them by default, and Intelligent-Tiering does not watch them.',
      ],
      action: 'Add a rule for Intelligent-Tiering where access is not known.',
      rule: {
        ID: idOf('tiering', place.prefix),
        Status: 'Enabled',
        Filter: { Prefix: place.prefix },
        Transitions: [{ Days: 30, StorageClass: 'INTELLIGENT_TIERING' }],
      },
      usdPerMonth: saved,
    },
  ];
}

/** Small objects in a class that bills a least size, or an index for each. */
function minimumSizeAdvice({ survey, prices }: PlaceFacts): readonly AdviceFinding[] {
  const dear = survey.cells.flatMap((cell) => {
    const { storageClass, small } = cell;
    if (!small || !isStorageClass(storageClass) || storageClass === 'STANDARD') return [];
    const usd = monthlyUsd(prices, storageClass, cell) - monthlyUsd(prices, 'STANDARD', cell);
    return usd > 0 ? [{ cell, storageClass, usd }] : [];
  });
  const usd = dear.reduce((sum, one) => sum + one.usd, 0);
  if (usd < leastUsd) return [];
  const classes = [...new Set(dear.map(({ storageClass }) => storageClasses[storageClass].title))].join(', ');
  const group = groupOf(dear.map(({ cell }) => cell));
  return [
    {
      id: 'minimum-size',
      title: `${amountWords(group)} below 128 KB each lie in ${classes} and cost ${formatUsd(usd)} a month more than in Standard.`,
      details: [
        'Standard-IA, One Zone-IA and Glacier Instant Retrieval bill 128 KB at least; each archived object bills 40 KB beside its own bytes.',
      ],
      action: 'Compact them, or give the rule that moves them an ObjectSizeGreaterThan of 131072.',
      usdPerMonth: usd,
    },
  ];
}

/** What Athena passes over in a zone that is read as tables. */
function archivedAdvice({ survey, zone, place }: PlaceFacts): readonly AdviceFinding[] {
  if (zone === undefined || !curated.has(zone)) return [];
  const archived = survey.cells.filter(
    ({ storageClass }) => isStorageClass(storageClass) && !storageClasses[storageClass].readable,
  );
  if (archived.length === 0) return [];
  return [
    {
      id: 'archived-data',
      title: `${amountWords(groupOf(archived))} of the zone ${zone} are archived: Athena passes over them without a word.`,
      details: ['Queries of a table over them give fewer rows, with no error.'],
      action: `Restore what is still queried, and let the rules of ${place.bucket} move to Glacier Instant Retrieval instead, which is read like any class.`,
    },
  ];
}

function smallFileAdvice({ survey }: PlaceFacts): readonly AdviceFinding[] {
  const { small, compacted, objects } = survey;
  const saved = small.objects - compacted;
  if (small.objects < fewFiles || small.objects * 2 < objects || saved < small.objects / 2) return [];
  const share = Math.floor((100 * small.objects) / objects);
  const gets = (count: number): string => formatUsd((count / 1000) * usdPerThousandGets);
  const stuck = groupOf(survey.cells.filter((cell) => cell.small));
  return [
    {
      id: 'small-files',
      title: `${formatCount(small.objects)} of ${countWords(objects, 'object')} (${share} %) are under ${formatBytes(smallFileBytes)}, ${formatBytes(small.bytes)} in all.`,
      details: [
        `Compacted folder by folder to 128 MB they would be ${countWords(compacted, 'file')}: who reads all of it makes at least ${countWords(compacted, 'request')} (${gets(compacted)}) instead of ${formatCount(small.objects)} (${gets(small.objects)}), and opens that many fewer files, which is what the time goes into.`,
        ...(stuck.objects === 0
          ? []
          : [
              `${amountWords(stuck)} are below 128 KB each: rules do not move them by default, and Intelligent-Tiering does not watch them.`,
            ]),
        'How often they are read is not in a listing, so what that saves a month is not known.',
      ],
      action:
        'Compact them: CREATE TABLE AS or OPTIMIZE in Athena, or fewer and larger files from the job that writes them.',
    },
  ];
}

function plainTextAdvice({ survey, zone, prices }: PlaceFacts): readonly AdviceFinding[] {
  if (zone === undefined || !curated.has(zone)) return [];
  const formats = Object.entries(survey.plainText);
  const all = groupOf(formats.map(([, one]) => ({ ...one, small: false })));
  if (all.bytes < 2 ** 20) return [];
  const names = formats.toSorted(([, a], [, b]) => b.bytes - a.bytes).map(([name]) => name);
  return [
    {
      id: 'plain-text',
      title: `${amountWords(all)} of uncompressed ${names.join(', ')} in the zone ${zone}.`,
      details: [
        `A query that reads all of it is billed ${formatUsd((all.bytes / terabyte) * usdPerTerabyteRead)} each time, whatever columns it names; as Parquet only the columns that it names are read.`,
        `In Standard it costs ${formatUsd(storageUsd(all.bytes, prices.usdPerGbMonth.STANDARD))} a month. How far it shrinks depends on the data, so no figure is given.`,
      ],
      action: 'Write it as Parquet (CREATE TABLE AS, or the job that makes it), or compress it at least.',
    },
  ];
}

function groupOf(cells: readonly (Amount & { readonly small: boolean })[]): ObjectGroup {
  return {
    objects: cells.reduce((sum, { objects }) => sum + objects, 0),
    bytes: cells.reduce((sum, { bytes }) => sum + bytes, 0),
    small: false,
  };
}

function storageUsd(bytes: number, usdPerGb: number): number {
  return (bytes / 2 ** 30) * usdPerGb;
}

/** `tiering-raw`: an ID that says what the rule is about. */
export function idOf(what: string, prefix: string): string {
  const name = prefix.replace(/\/+$/, '').replaceAll('/', '-');
  return (name === '' ? what : `${what}-${name}`).slice(0, 255);
}
