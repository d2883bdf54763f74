import type { Table } from './catalog';

const plain = ['rows', 'bytes', 'columnBytes', 'columnStatistics', 'archivedIn', 'readByGlueJobs'] as const;
const ofPartitions = [
  'partitionCount',
  'newestPartition',
  'partitionValues',
  'medianPartitionBytes',
] as const;
type Figures = Pick<Table, (typeof plain)[number] | (typeof ofPartitions)[number]>;

/**
 * A definition from one source with the figures of another where it has none of its own: DDL says what a
 * table is, only a listing or statistics say how much is in it. Same object when there is nothing to add.
 */
export function withFigures(table: Table, from: Table | undefined): Table {
  if (from === undefined) return table;
  const more: Figures = { ...missing(plain, table, from), ...partitionFigures(table, from) };
  return Object.keys(more).length === 0 ? table : { ...table, ...more };
}

// Values of a partition only mean something under the same keys.
function partitionFigures(table: Table, from: Table): Figures {
  const keys = (of: Table): string => of.partitionKeys.map(({ name }) => name).join();
  if (table.partitionCount !== undefined || keys(table) !== keys(from)) return {};
  return missing(ofPartitions, table, from);
}

function missing(names: readonly (keyof Figures)[], table: Table, from: Table): Figures {
  const entries = names.filter((name) => table[name] === undefined && from[name] !== undefined);
  return Object.fromEntries(entries.map((name) => [name, from[name]]));
}
