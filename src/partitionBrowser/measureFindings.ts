import { formatBytes, formatCount, formatUsd } from '../base/format';
import { type PartitionSize, partitionSkew } from '../catalog/partitionSkew';
import { partitionName } from '../partitions/values';
import { plural } from './catalogFindings';
import type { PartitionState } from './figures';
import { type Finding, listed, mostItems } from './finding';
import type { Measurement } from './measure';
import type { PartitionRows } from './partitionRows';

/** Below this on average, files are small: the limit that the rules for Glue jobs go by. */
const smallFile = 16 * 2 ** 20;
/** A partition this many times the median one holds up a query that reads both. */
const skewed = 10;
/** Below this ratio nobody would call partitions uneven. */
const even = 1.5;

/** What listing S3 tells of a table's partitions; `registered`: the catalog was read, so that orphans can be told. */
export function measureFindings(
  rows: PartitionRows,
  measured: Measurement,
  { registered }: { readonly registered: boolean },
): readonly Finding[] {
  const found: Finding[] = [];
  if (measured.ending === 'stopped') {
    found.push({
      severity: 'note',
      sentence: `Listing was stopped after ${plural(measured.objects, 'object')}: figures are of those, and none may be whole.`,
    });
  }
  for (const problem of measured.problems) found.push({ severity: 'problem', sentence: problem });
  const byState = states(rows, measured);
  const told = (
    state: PartitionState,
    text: (count: string, one: boolean) => string,
    repair = true,
  ): void => {
    const { count, items } = byState[state];
    if (count === 0) return;
    found.push({
      severity: 'problem',
      sentence: text(plural(count, 'partition'), count === 1),
      items: listed(items, count),
      ...(repair ? { action: { kind: 'repair', label: 'Repair partitions' } } : {}),
    });
  };
  told(
    'missing',
    (count, one) =>
      `${count} of the catalog ${one ? 'has' : 'have'} nothing at ${one ? 'its' : 'their'} location in S3.`,
  );
  told(
    'empty',
    (count, one) =>
      `${count} ${one ? 'is' : 'are'} empty: there is no file with data in ${one ? 'it' : 'them'}.`,
    false,
  );
  told('placeless', (count) => `${count} without a location in the catalog.`, false);
  if (registered) found.push(...orphanFindings(rows, measured));
  if (measured.strays.files > 0) {
    found.push({
      severity: 'problem',
      sentence: `${plural(measured.strays.files, 'file')} (${formatBytes(measured.strays.bytes)}) below the table ${measured.strays.files === 1 ? 'lies' : 'lie'} in no folder of a partition, where Athena does not read.`,
      items: measured.strays.folders,
    });
  }
  found.push(...skewFindings(rows, measured));
  found.push({
    severity: 'note',
    sentence: `Counted from ${plural(measured.objects, 'object')} by ${plural(measured.cost.requests, 'LIST request')} (${formatUsd(measured.cost.usd)}).`,
  });
  return found;
}

type Counted = Record<PartitionState, { count: number; items: string[] }>;

function states(rows: PartitionRows, { figures }: Measurement): Counted {
  const empty = () => ({ count: 0, items: [] as string[] });
  const found: Counted = {
    data: empty(),
    empty: empty(),
    missing: empty(),
    placeless: empty(),
    unlisted: empty(),
  };
  for (let row = 0; row < rows.count; row += 1) {
    const one = found[figures.state(row)];
    one.count += 1;
    if (one.items.length < mostItems && one !== found.data) {
      one.items.push(partitionName(rows.keys, rows.values(row)));
    }
  }
  return found;
}

function orphanFindings(rows: PartitionRows, { orphans }: Measurement): readonly Finding[] {
  if (orphans.length === 0) return [];
  const bytes = orphans.reduce((sum, one) => sum + one.bytes, 0);
  const shown = orphans.slice(0, mostItems).map((one) => {
    const why = [
      one.otherCase ? 'its key is written in another case' : '',
      one.registeredAt === undefined ? '' : `the catalog has these values at ${one.registeredAt}`,
    ].filter((text) => text !== '');
    const name = partitionName(rows.keys, one.values);
    return `${name} at ${one.location}${why.length === 0 ? '' : `: ${why.join(', ')}`}`;
  });
  const one = orphans.length === 1;
  return [
    {
      severity: 'problem',
      sentence: `${plural(orphans.length, 'folder')} with data (${formatBytes(bytes)}) ${one ? 'is' : 'are'} not in the catalog, so queries do not read ${one ? 'it' : 'them'}.`,
      items: listed(shown, orphans.length),
      action: { kind: 'repair', label: 'Repair partitions' },
    },
  ];
}

function skewFindings(rows: PartitionRows, { figures, ending }: Measurement): readonly Finding[] {
  if (ending === 'stopped') return [];
  const skew = partitionSkew(sizesOf(rows, figures));
  const { bytesSpread, bytesPerFile, topTenthShare } = skew;
  if (bytesSpread === undefined || skew.partitions - skew.empty.length < 2) return [];
  const ratio = skew.skew ?? 1;
  const found: Finding[] = [
    {
      severity: ratio >= skewed ? 'problem' : 'note',
      sentence: `The median partition holds ${formatBytes(bytesSpread.median)} and the largest ${formatBytes(bytesSpread.greatest)}${ratio < even ? '' : `, ${times(ratio)} as much`}; the largest tenth holds ${Math.round(100 * (topTenthShare ?? 0))} % of ${formatBytes(skew.bytes)}.`,
      items: skew.largest.map(
        ({ values, bytes, files }) =>
          `${partitionName(rows.keys, values)}: ${formatBytes(bytes)} in ${plural(files, 'file')}`,
      ),
    },
  ];
  if (bytesPerFile !== undefined && bytesPerFile < smallFile && skew.files > 100) {
    found.push({
      severity: 'problem',
      sentence: `Files are small: ${formatCount(skew.files)} of ${formatBytes(bytesPerFile)} on average, and each costs a request to open.`,
    });
  }
  return found;
}

/** Files and bytes of every row that was listed. */
export function sizesOf(rows: PartitionRows, figures: Measurement['figures']): readonly PartitionSize[] {
  const sizes: PartitionSize[] = [];
  for (let row = 0; row < rows.count; row += 1) {
    const [bytes, files] = [figures.bytes(row), figures.files(row)];
    if (bytes !== undefined && files !== undefined) sizes.push({ values: rows.values(row), bytes, files });
  }
  return sizes;
}

function times(ratio: number): string {
  return ratio < 9.95 ? `${Number(ratio.toFixed(1))} times` : `${formatCount(ratio)} times`;
}
