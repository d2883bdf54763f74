import type { ChartBar } from '../grid/partitionMessages';
import { partitionName } from '../partitions/values';
import type { Figures } from './figures';
import type { PartitionRows } from './partitionRows';
import { orderedRows } from './rowOrder';

const mostBars = 120;

/** Bytes and files of the partitions that were listed, in the order of their keys, in at most 120 bars. */
export function chartBars(rows: PartitionRows, figures: Figures): readonly ChartBar[] {
  const order = orderedRows(rows, { by: 'keys', figures: undefined });
  const measured = order.filter((row) => figures.files(row) !== undefined);
  const each = Math.ceil(measured.length / mostBars);
  const bars: ChartBar[] = [];
  for (let at = 0; at < measured.length; at += each) {
    const own = measured.subarray(at, at + each);
    const sum = { bytes: 0, files: 0, largestBytes: 0, mostFiles: 0 };
    for (const row of own) {
      const [bytes, files] = [figures.bytes(row) ?? 0, figures.files(row) ?? 0];
      sum.bytes += bytes;
      sum.files += files;
      sum.largestBytes = Math.max(sum.largestBytes, bytes);
      sum.mostFiles = Math.max(sum.mostFiles, files);
    }
    const name = (row: number | undefined): string =>
      row === undefined ? '' : partitionName(rows.keys, rows.values(row));
    bars.push({ from: name(own[0]), to: name(own.at(-1)), partitions: own.length, ...sum });
  }
  return bars;
}
