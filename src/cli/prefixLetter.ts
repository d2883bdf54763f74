import { formatBytes, formatCount, formatUsd } from '../base/format';
import type { MeasuredPrefix } from '../zones/statistics';
import type { Amount } from '../zones/tally';

const shownValues = 10;

/** The statistics of one prefix, for a person. */
export function prefixLetter(uri: string, found: MeasuredPrefix): string {
  const { objects, bytes, small, smallBytes, newest, oldest, cost } = found;
  const share = objects === 0 ? 0 : Math.round((100 * small) / objects);
  const lines = [
    `${uri}: ${plural(objects, 'object')}, ${formatBytes(bytes)}`,
    `under ${formatBytes(smallBytes)}: ${formatCount(small)} (${share} %)`,
    ...(oldest === undefined || newest === undefined
      ? []
      : [`written: ${oldest.toISOString().slice(0, 10)} to ${newest.toISOString().slice(0, 10)}`]),
    ...amounts('formats', found.formats),
    ...amounts('storage classes', found.storageClasses),
    ...found.partitions.map(({ key, values, cut }) => {
      const shown = values.slice(-shownValues).map((one) => `${one.value} ${formatBytes(one.bytes)}`);
      const count = `${cut ? 'more than ' : ''}${plural(values.length, 'value')}`;
      return `${key}: ${count}, the last ${shown.join(', ')}`;
    }),
    ...found.largest.slice(0, 3).map((one) => `largest: ${one.key} ${formatBytes(one.bytes)}`),
    `${plural(cost.requests, 'request')}, ${formatUsd(cost.usd)} at list price`,
  ];
  return `${lines.join('\n')}\n`;
}

function amounts(title: string, sums: Readonly<Record<string, Amount>>): readonly string[] {
  const parts = Object.entries(sums).map(
    ([name, one]) => `${name} ${formatBytes(one.bytes)} in ${formatCount(one.objects)}`,
  );
  return parts.length === 0 ? [] : [`${title}: ${parts.join(', ')}`];
}

function plural(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}
