import type { Table } from './catalog';

type Figures = Pick<Table, 'rows' | 'bytes' | 'partitionCount' | 'newestPartition'>;

/**
 * A definition from one source with the figures of another where it has none of its own: DDL says what a
 * table is, only a listing or statistics say how much is in it. Same object when there is nothing to add.
 */
export function withFigures(table: Table, from: Table | undefined): Table {
  if (from === undefined) return table;
  const more: Figures = {
    ...(table.rows === undefined && from.rows !== undefined ? { rows: from.rows } : {}),
    ...(table.bytes === undefined && from.bytes !== undefined ? { bytes: from.bytes } : {}),
    ...partitionFigures(table, from),
  };
  return Object.keys(more).length === 0 ? table : { ...table, ...more };
}

// Values of a partition only mean something under the same keys.
function partitionFigures(table: Table, from: Table): Figures {
  const keys = (of: Table): string => of.partitionKeys.map(({ name }) => name).join();
  if (table.partitionCount !== undefined || keys(table) !== keys(from)) return {};
  return {
    ...(from.partitionCount === undefined ? {} : { partitionCount: from.partitionCount }),
    ...(from.newestPartition === undefined ? {} : { newestPartition: from.newestPartition }),
  };
}
