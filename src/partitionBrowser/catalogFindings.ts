import { formatCount } from '../base/format';
import type { Table } from '../catalog/catalog';
import { type DateGap, type DateGaps, dateGaps } from '../catalog/dateGaps';
import { freshness } from '../catalog/freshness';
import { isProjected, propertiesOf } from '../lint/rules/athena/projection';
import { type Finding, listed, mostItems } from './finding';
import type { PartitionRows } from './partitionRows';
import { pathOf } from './places';
import { type Odd, oddValues } from './spellings';

/** What the catalog alone tells of a table's partitions. */
export interface CatalogSide {
  readonly table: Table;
  readonly rows: PartitionRows;
  /** All partitions that the filter lets through are here. */
  readonly complete: boolean;
  readonly filtered: boolean;
  /** Partitions that came twice, as the table was changed while it was read. */
  readonly twice: number;
  readonly expectedMs?: number;
  readonly now: Date;
}

/** Gaps, freshness, odd values and odd places; what needs all partitions waits until they are here. */
export function catalogFindings(side: CatalogSide): readonly Finding[] {
  const { table, rows, complete } = side;
  const projected = isProjected(propertiesOf(table.parameters));
  const found: Finding[] = [];
  if (projected) {
    found.push({
      severity: rows.count > 0 ? 'problem' : 'note',
      sentence:
        rows.count > 0
          ? 'Partition projection is on: Athena computes the partitions and does not read those that the catalog has.'
          : 'Partition projection is on: Athena computes the partitions, and the catalog has none.',
      action: { kind: 'checkProjection', label: 'Check projection' },
    });
  } else if (rows.count === 0 && complete && !side.filtered) {
    found.push({
      severity: 'problem',
      sentence: 'The catalog has no partitions, so queries on this table find no rows.',
      action: { kind: 'repair', label: 'Repair partitions' },
    });
  }
  if (!complete && rows.count > 0) {
    found.push({
      severity: 'note',
      sentence: 'Gaps, the newest date and odd values are told when all partitions are loaded.',
      action: { kind: 'loadAll', label: 'Load all' },
    });
  }
  if (rows.count === 0) return found;
  if (complete) {
    // Once through all rows, for both.
    const gaps = dateGaps({ keys: rows.keys, partitions: rows.allValues(), limit: mostItems });
    found.push(...newestFindings(side, gaps?.dataEnd), ...gapFindings(side, gaps));
  }
  found.push(...oddFindings(rows), ...placeFindings(table, rows));
  if (side.twice > 0) {
    found.push({
      severity: 'note',
      sentence: `${plural(side.twice, 'partition')} came twice: the table was changed while it was read.`,
    });
  }
  return found;
}

function newestFindings(
  { filtered, expectedMs, now }: CatalogSide,
  dataEnd: Date | undefined,
): readonly Finding[] {
  // The newest of a filter is not the newest of the table.
  if (filtered || (dataEnd === undefined && expectedMs === undefined)) return [];
  if (expectedMs === undefined) {
    const until = dataEnd?.toISOString().slice(0, 16).replace('T', ' ') ?? '';
    return [
      {
        severity: 'note',
        sentence: `The newest partition reaches to ${until} UTC; how new it should be is not set.`,
        action: { kind: 'setFreshness', label: 'Set expected freshness' },
      },
    ];
  }
  const { kind, sentence } = freshness({ dataEnd, expectedMs, now });
  return [
    {
      severity: kind === 'late' ? 'problem' : 'note',
      sentence,
      action: { kind: 'setFreshness', label: 'Change' },
    },
  ];
}

function gapFindings({ filtered }: CatalogSide, gaps: DateGaps | undefined): readonly Finding[] {
  if (gaps === undefined) return [];
  const span = `between ${gaps.oldest.join('-')} and ${gaps.newest.join('-')}`;
  const unread =
    gaps.unread === 0
      ? []
      : [
          {
            severity: 'note' as const,
            sentence: `${plural(gaps.unread, 'partition')} ${gaps.unread === 1 ? 'spells no date and takes' : 'spell no date and take'} no part in the sequence.`,
          },
        ];
  if (gaps.missing === 0) {
    return [
      {
        severity: 'note',
        sentence: `No ${gaps.step} is missing ${span}${filtered ? ', within the filter' : ''}.`,
      },
      ...unread,
    ];
  }
  return [
    {
      severity: 'problem',
      sentence: `${plural(gaps.missing, gaps.step)} ${gaps.missing === 1 ? 'has' : 'have'} no partition ${span}${filtered ? ', within the filter' : ''}.`,
      items: gapItems(gaps),
      action: { kind: 'repair', label: 'Repair partitions' },
    },
    ...unread,
  ];
}

function gapItems({ gaps, missing, step }: DateGaps): readonly string[] {
  const left = missing - gaps.reduce((sum, { count }) => sum + count, 0);
  const items = gaps.map(gapText);
  return left > 0 ? [...items, `and ${plural(left, step)} more`] : items;
}

/** `2024-03-01`, `eu: 2024-04-02 to 2024-04-07 (6)`. */
export function gapText({ group, from, to, count }: DateGap): string {
  const other = group.length === 0 ? '' : `${group.join('/')}: `;
  return count === 1
    ? `${other}${from.join('-')}`
    : `${other}${from.join('-')} to ${to.join('-')} (${formatCount(count)})`;
}

function oddFindings(rows: PartitionRows): readonly Finding[] {
  const { nulls, unreadable, twins } = oddValues(rows, mostItems);
  const told = (
    odd: Odd,
    severity: Finding['severity'],
    text: (count: string, one: boolean) => string,
  ): readonly Finding[] =>
    odd.count === 0
      ? []
      : [
          {
            severity,
            sentence: text(plural(odd.count, 'partition'), odd.count === 1),
            items: listed(odd.items, odd.count),
          },
        ];
  return [
    ...told(
      unreadable,
      'problem',
      (count) => `${count} cannot be read by Athena, since a value is none of its key’s type.`,
    ),
    ...told(
      { count: twins.count, items: twins.items },
      'problem',
      (count, one) =>
        `${count} ${one ? 'means' : 'mean'} the same as another one that is spelled otherwise, so that queries may count rows twice or miss them.`,
    ),
    ...told(
      nulls,
      'note',
      (count, one) =>
        `${count} ${one ? 'holds' : 'hold'} rows without a value for a key (__HIVE_DEFAULT_PARTITION__).`,
    ),
  ];
}

function placeFindings(table: Table, rows: PartitionRows): readonly Finding[] {
  const base = pathOf(table.location);
  const bucket = base?.slice(0, base.indexOf('/') + 1);
  const byPath = new Map<string, number>();
  const outside: string[] = [];
  const otherBuckets = new Set<string>();
  const shared: string[] = [];
  let outsideCount = 0;
  let sharedCount = 0;
  for (const [row, location] of rows.unusual()) {
    const path = pathOf(location);
    if (path === undefined) continue;
    if (base !== undefined && !path.startsWith(base)) {
      outsideCount += 1;
      if (outside.length < mostItems) outside.push(`${rows.values(row).join('/')}: ${location}`);
      if (bucket !== undefined && !path.startsWith(bucket))
        otherBuckets.add(path.slice(0, path.indexOf('/')));
    }
    const before = byPath.get(path);
    if (before === undefined) byPath.set(path, row);
    else {
      sharedCount += 1;
      if (shared.length < mostItems) {
        shared.push(`${rows.values(before).join('/')} and ${rows.values(row).join('/')}: ${location}`);
      }
    }
  }
  const found: Finding[] = [];
  if (outsideCount > 0) {
    const where =
      otherBuckets.size === 0 ? '' : `, some in another bucket (${[...otherBuckets].slice(0, 3).join(', ')})`;
    found.push({
      severity: 'note',
      sentence: `${plural(outsideCount, 'partition')} ${outsideCount === 1 ? 'lies' : 'lie'} outside of the table’s location${where}.`,
      items: listed(outside, outsideCount),
    });
  }
  if (sharedCount > 0) {
    found.push({
      severity: 'problem',
      sentence: `${plural(sharedCount, 'partition')} ${sharedCount === 1 ? 'has' : 'have'} the location of another one, so that its rows are read for both.`,
      items: listed(shared, sharedCount),
    });
  }
  return found;
}

/** `1 partition`, `1,200 partitions`. */
export function plural(count: number, word: string): string {
  return `${formatCount(count)} ${word}${count === 1 ? '' : 's'}`;
}
