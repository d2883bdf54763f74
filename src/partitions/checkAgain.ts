import { Problem } from '../base/problem';
import type { CatalogReader, Column, Table } from '../catalog/catalog';
import type { Connection } from '../connection/connection';
import type { ObjectStore } from '../zones/objectStore';
import { isProjected, layoutPlace } from './layoutPlace';
import type { PartitionStore } from './partitionStore';
import type { RepairPlan } from './plan';

/** What a plan is applied with. */
export interface ApplyPorts {
  readonly catalog: Pick<CatalogReader, 'table'>;
  readonly store: ObjectStore;
  readonly partitions: PartitionStore;
}

/**
 * Reads the table once more before its plan is carried out.
 * @throws a Problem of kind `changed` when its keys, its place or its projection are others than the plan was made for
 */
export async function checkAgain(
  catalog: ApplyPorts['catalog'],
  { connection, plan }: { readonly connection: Connection; readonly plan: RepairPlan },
  signal: AbortSignal,
): Promise<void> {
  const table = await catalog.table(connection, plan.table, signal);
  const what = changeOf(table, plan);
  if (what === undefined) return;
  const name = `${plan.table.database}.${plan.table.name}`;
  throw new Problem(
    `${name} was changed since this plan was made (${what}), so nothing was done: plan again.`,
    'changed',
  );
}

function changeOf(table: Table, plan: RepairPlan): string | undefined {
  const now = keysOf(table.partitionKeys);
  if (now !== keysOf(plan.keys)) return `its keys are ${now === '' ? 'gone' : `${now} now`}`;
  if (isProjected(table)) return 'it is projected now';
  const { bucket, prefix } = layoutPlace(table, plan.template);
  const location = `s3://${bucket}/${prefix}`;
  return location === plan.location ? undefined : `its location is ${location} now`;
}

function keysOf(keys: readonly Column[]): string {
  return keys.map(({ name, type }) => `${name} ${type}`).join(', ');
}
