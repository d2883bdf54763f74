import { Problem } from '../base/problem';
import { nameOfTable, type Table } from '../catalog/catalog';
import { findDrift } from '../catalog/drift';
import type { Connection } from '../connection/connection';
import type { CatalogSide } from './catalogSide';
import { valuesAt } from './layout';
import type { PartitionStore } from './partitionStore';
import type { Oddity } from './plan';
import type { LayoutPlace } from './template';
import { partitionName } from './values';

/** Partitions whose columns are compared with the table's: one BatchGetPartition. */
const columnSample = 100;

/** Partitions that are read in another way than their table, a report for each way. */
export function formatOddities(table: Table, { formats }: CatalogSide): readonly Oddity[] {
  return formats.map(({ format, count, values, location }) => {
    const name = partitionName(table.partitionKeys, values);
    const what = count === 1 ? `${name} is` : `${count} partitions are`;
    const own = [table.serde, table.inputFormat].filter((one) => one !== undefined).join(', ');
    return {
      kind: 'schema',
      values,
      location,
      message: `${what} read by ${format}, the table by ${own}${count === 1 ? '' : `; the first is ${name}`}`,
    };
  });
}

/** Compares the columns of some partitions, evenly spread, with the table's; a refusal is a note. */
export async function sampleColumns(
  partitions: Pick<PartitionStore, 'describe'>,
  of: {
    readonly connection: Connection;
    readonly table: Table;
    readonly catalog: CatalogSide;
    readonly place: LayoutPlace;
  },
  signal: AbortSignal,
): Promise<{ readonly report: readonly Oddity[]; readonly requests: number; readonly note?: string }> {
  const { connection, table, catalog, place } = of;
  const { regular } = catalog;
  if (table.columns.length === 0 || regular.size === 0) return { report: [], requests: 0 };
  const count = Math.min(columnSample, regular.size);
  const values = Array.from({ length: count }, (_, at) => {
    const last = count === 1 ? 0 : Math.floor((at * (regular.size - 1)) / (count - 1));
    return valuesAt(place.layout, regular.at(last)) ?? [];
  });
  try {
    const found = await partitions.describe(connection, { table: nameOfTable(table), values }, signal);
    const seen = found.flatMap(({ columns, location, values: own }) =>
      columns === undefined ? [] : [{ values: own, columns, location }],
    );
    return { report: driftOddities(table, seen), requests: 1 };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return {
      report: [],
      requests: 0,
      note: `The columns of partitions were not compared with the table's: ${error.message}`,
    };
  }
}

function driftOddities(
  table: Table,
  partitions: NonNullable<Parameters<typeof findDrift>[1]['partitions']>,
): readonly Oddity[] {
  const byColumn = new Map<string, Oddity & { count: number }>();
  for (const partition of partitions) {
    for (const { column, message } of findDrift(table, { partitions: [partition] })) {
      const known = byColumn.get(column);
      if (known !== undefined) known.count += 1;
      else {
        const { values, location = '' } = partition;
        byColumn.set(column, {
          kind: 'schema',
          values,
          location,
          message: message.replace(/\.$/, ''),
          count: 1,
        });
      }
    }
  }
  return [...byColumn.values()].map(({ count, ...oddity }) =>
    count === 1
      ? oddity
      : {
          ...oddity,
          message: `${oddity.message}; so in ${count} of ${partitions.length} partitions looked at`,
        },
  );
}
