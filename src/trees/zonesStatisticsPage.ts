import { formatBytes, formatCount, formatDuration, formatUsd } from '../base/format';
import { smallFileWarning, summaryOf, type KeptStatistics } from '../zones/keptStatistics';
import { formatS3Uri } from '../zones/s3Uri';
import type { Amount, PartitionKeyAmounts, PrefixStatistics } from '../zones/tally';
import type { ZonePlace } from '../zones/zones';
import { cell, code, line, tableOfRows } from './tablePageMarkdown';

/** One place of a zone with what was counted there, or why nothing was. */
export type CountedPlace =
  | { readonly place: ZonePlace; readonly kept: KeptStatistics }
  | { readonly place: ZonePlace; readonly problem: string };

/** Partition values of one key that a page shows: the newest by name. */
const shownValues = 50;

/** The page of what lies below a bucket or a prefix, Markdown. */
export function statisticsPage(kept: KeptStatistics, now: Date): string {
  const { place, at, statistics } = kept;
  const { objects, bytes, newest, oldest, cost, largest } = statistics;
  const uri = formatS3Uri({ bucket: place.bucket, key: place.prefix });
  const warning = smallFileWarning(summaryOf(kept));
  const average = objects === 0 ? undefined : formatBytes(bytes / objects);
  const parts = [
    `# ${code(uri)}`,
    `Counted ${moment(at)} (${age(at, now)}) by ${counted(cost.requests, 'request')}, ${formatUsd(cost.usd)} at list price. *Recount Statistics* in the menu of the node counts anew.`,
    ...(warning === undefined ? [] : [`⚠ ${cell(warning)}`]),
    [
      line('Objects', formatCount(objects)),
      line('Size', `${formatBytes(bytes)}${bytes < 1024 ? '' : ` (${formatCount(bytes)} bytes)`}`),
      line('Average', average),
      line('Newest', newest === undefined ? undefined : `${moment(newest)} (${age(newest, now)})`),
      line('Oldest', oldest === undefined ? undefined : moment(oldest)),
    ]
      .filter((one) => one !== '')
      .join('\n'),
    ...(objects === 0 ? [] : ['## Sizes', sizesTable(statistics)]),
    ...amounts('Formats', 'Format', statistics),
    ...amounts('Storage classes', 'Class', statistics),
    ...statistics.partitions.flatMap((key) => partitionTable(key, now)),
    ...(largest.length === 0
      ? []
      : [
          '## Largest objects',
          tableOfRows(
            ['Object', 'Size'],
            largest.map((one) => [code(one.key.slice(place.prefix.length)), formatBytes(one.bytes)]),
          ),
        ]),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** The page of a zone, Markdown: its places with their figures, and why some have none. */
export function zoneStatisticsPage(zone: string, places: readonly CountedPlace[], now: Date): string {
  const counts = places.flatMap((one) => ('kept' in one ? [one.kept] : []));
  const sum = (of: (one: PrefixStatistics) => number): number =>
    counts.reduce((all, { statistics }) => all + of(statistics), 0);
  const rows = places.map((one) => {
    const uri = code(formatS3Uri({ bucket: one.place.bucket, key: one.place.prefix }));
    if ('problem' in one) return [uri, '', '', '', '', '', cell(one.problem)];
    const { at, statistics } = one.kept;
    const warning = smallFileWarning(summaryOf(one.kept));
    return [
      uri,
      formatCount(statistics.objects),
      formatBytes(statistics.bytes),
      Object.keys(statistics.formats).map(cell).join(', '),
      statistics.newest === undefined ? '' : moment(statistics.newest),
      age(at, now),
      warning === undefined ? '' : `⚠ ${cell(warning)}`,
    ];
  });
  const lines = [
    `# Zone ${cell(zone)}`,
    `${counted(
      sum(({ objects }) => objects),
      'object',
    )}, ${formatBytes(sum(({ bytes }) => bytes))} in ${counts.length} of ${counted(places.length, 'place')}.`,
    tableOfRows(['Place', 'Objects', 'Size', 'Formats', 'Newest', 'Counted', 'Note'], rows),
  ];
  return `${lines.join('\n\n')}\n`;
}

function sizesTable({ sizes, objects, bytes }: PrefixStatistics): string {
  const rows = sizes.flatMap((one, at) => {
    if (one.objects === 0) return [];
    const from = sizes[at - 1]?.under ?? 0;
    const name =
      one.under === undefined
        ? `${formatBytes(from)} and more`
        : from === 0
          ? `under ${formatBytes(one.under)}`
          : `${formatBytes(from)} to ${formatBytes(one.under)}`;
    return [
      [
        name,
        formatCount(one.objects),
        `${bar(one.objects, objects)} ${share(one.objects, objects)}`,
        formatBytes(one.bytes),
        share(one.bytes, bytes),
      ],
    ];
  });
  return tableOfRows(['Size of an object', 'Objects', 'Of the objects', 'Size', 'Of the size'], rows);
}

function amounts(
  title: 'Formats' | 'Storage classes',
  column: string,
  { formats, storageClasses, bytes }: PrefixStatistics,
): readonly string[] {
  const sums: Readonly<Record<string, Amount>> = title === 'Formats' ? formats : storageClasses;
  const rows = Object.entries(sums).map(([name, one]) => [
    cell(name),
    formatCount(one.objects),
    formatBytes(one.bytes),
    share(one.bytes, bytes),
  ]);
  return rows.length === 0
    ? []
    : [`## ${title}`, tableOfRows([column, 'Objects', 'Size', 'Of the size'], rows)];
}

/** The last values by name, newest first where they are dates: what a daily load looks at. */
function partitionTable({ key, values, cut }: PartitionKeyAmounts, now: Date): readonly string[] {
  const last = values.slice(-shownValues).toReversed();
  const most = Math.max(1, ...last.map(({ bytes }) => bytes));
  const count = `${cut ? 'more than ' : ''}${counted(values.length, 'value')}`;
  const shown = values.length > last.length ? `, the last ${last.length} by name` : '';
  const rows = last.map(({ value, objects, bytes, newest }) => [
    code(value),
    formatCount(objects),
    formatBytes(bytes),
    bar(bytes, most),
    newest === undefined ? '' : age(newest, now),
  ]);
  return [
    `## By ${cell(key)}`,
    `${count}${shown}.`,
    tableOfRows([cell(key), 'Objects', 'Size', 'Beside the largest shown', 'Newest'], rows),
  ];
}

/** Twenty signs at most; something that is there has one. */
function bar(part: number, whole: number): string {
  if (part <= 0 || whole <= 0) return '';
  return '█'.repeat(Math.max(1, Math.round((20 * part) / whole)));
}

function share(part: number, whole: number): string {
  if (whole === 0) return '';
  const percent = (100 * part) / whole;
  return percent > 0 && percent < 1 ? 'under 1 %' : `${Math.round(percent)} %`;
}

function counted(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}

function moment(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function age(at: Date, now: Date): string {
  const ms = Math.max(0, now.getTime() - at.getTime());
  if (ms < 60_000) return 'just now';
  const days = Math.floor(ms / 86_400_000);
  return days >= 2 ? `${formatCount(days)} days ago` : `${formatDuration(ms)} ago`;
}
