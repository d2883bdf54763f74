import { isCancel, Problem } from '../base/problem';
import type { Table, TableName } from '../catalog/catalog';
import type { RepairPlan } from './plan';
import { writtenTables, type WrittenBy } from './writtenTables';

/** A table that a run left with partitions that the catalog lacks. */
export interface RepairOffer {
  readonly table: TableName;
  /** New partitions. */
  readonly count: number;
  /** `Repair 3 new partitions of bank.payments`. */
  readonly title: string;
}

/**
 * What to offer after a run that succeeded: the tables it may have written, as far as they lack partitions now.
 * Nobody asked for this, so a plan that fails or is cancelled is no offer and no fault.
 */
export async function repairOffers(
  run: WrittenBy,
  known: readonly Table[],
  plan: (table: TableName) => Promise<RepairPlan>,
): Promise<readonly RepairOffer[]> {
  const offers: RepairOffer[] = [];
  for (const { database, name } of writtenTables(run, known)) {
    try {
      const count = (await plan({ database, name })).create.length;
      if (count === 0) continue;
      const title = `Repair ${count} new partition${count === 1 ? '' : 's'} of ${database}.${name}`;
      offers.push({ table: { database, name }, count, title });
    } catch (error) {
      if (!(error instanceof Problem) && !isCancel(error)) throw error;
    }
  }
  return offers;
}
