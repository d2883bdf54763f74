import type { Column, TableName } from '../catalog/catalog';
import type { PartitionList, PlacedPartition } from './partitionList';

/** A partition the catalog has and S3 lacks: nothing is stored at its location. */
export type Removal = PlacedPartition;

/** A partition whose files lie where the layout says, while the catalog points elsewhere. */
export interface Move {
  readonly values: readonly string[];
  /** Where the catalog points. */
  readonly from: string;
  /** Where the layout says, and where files are. */
  readonly to: string;
  /** Something is stored at the old place as well: then it may be there on purpose. */
  readonly oldPlaceHasFiles: boolean;
}

/** Something that looks wrong and is left alone. */
export interface Oddity {
  readonly kind: 'duplicate' | 'malformed' | 'schema' | 'empty' | 'case' | 'unseen';
  readonly values: readonly string[];
  readonly location: string;
  readonly message: string;
}

/** Requests made for a plan, and those its creations will take. */
export interface Calls {
  readonly s3List: number;
  readonly s3Probe: number;
  readonly glueRead: number;
  readonly glueWrite: number;
}

/** What repairing a table would do. Nothing of it has been done. */
export interface RepairPlan {
  readonly table: TableName;
  readonly keys: readonly Column[];
  /** Where the layout begins: the table's location, or the fixed part of a template. */
  readonly location: string;
  /** The template of the layout; absent: Hive's `key=value/`. */
  readonly template?: string;
  /** Directories of the first level that do not fit the layout, the first few. */
  readonly foreign?: readonly string[];
  /** Of those to create, how many were not looked into: there may be no file in them. */
  readonly unread?: number;
  /** What could not be compared, and why; the rest of the plan stands. */
  readonly notes?: readonly string[];
  /** Partitions S3 has and the catalog lacks. */
  readonly create: PartitionList;
  /** Never done unless chosen. */
  readonly remove: readonly Removal[];
  /** Never done unless chosen. */
  readonly update: readonly Move[];
  readonly report: readonly Oddity[];
  readonly partitions: {
    readonly catalog: number;
    readonly store: number;
    /** Of the catalog's, those that point outside the layout to a place with files: meant so, and left alone. */
    readonly elsewhere?: number;
  };
  readonly calls: Calls;
}

/** True when there is nothing to do; oddities may remain. */
export function isEmpty(plan: RepairPlan): boolean {
  return plan.create.length + plan.remove.length + plan.update.length === 0;
}

/** Glue's limits a call: BatchCreatePartition 100, BatchDeletePartition 25, BatchUpdatePartition 100. */
export const batchSize = { create: 100, remove: 25, update: 100 } as const;

/** Changes of a partition's entry in the catalog. */
export type Change = 'create' | 'remove' | 'update';

/** What the caller chose from a plan. */
export type Choice = Readonly<Record<Change, boolean>>;

/** The IAM actions that planning and the chosen changes need. */
export function neededActions(plan: RepairPlan, choice: Choice): readonly string[] {
  const actions = ['glue:GetTable', 'glue:GetPartitions', 's3:ListBucket'];
  if (choice.create && plan.create.length > 0) actions.push('glue:BatchCreatePartition');
  if (choice.remove && plan.remove.length > 0)
    actions.push('glue:BatchGetPartition', 'glue:BatchDeletePartition');
  if (choice.update && plan.update.length > 0)
    actions.push('glue:BatchGetPartition', 'glue:BatchUpdatePartition');
  return [...new Set(actions)];
}

/** Write calls for what was chosen. */
export function writeCalls(plan: RepairPlan, choice: Choice): number {
  const calls = (wanted: boolean, count: number, size: number): number =>
    wanted ? Math.ceil(count / size) : 0;
  return (
    calls(choice.create, plan.create.length, batchSize.create) +
    calls(choice.remove, plan.remove.length, batchSize.remove) +
    calls(choice.update, plan.update.length, batchSize.update)
  );
}

/** Seconds that a write call takes, of which eight run side by side: an adapter that is throttled now and then. */
const secondsOfCall = 0.3;

/** About how many seconds what was chosen takes to write: 100,000 creations some 40. */
export function writeSeconds(plan: RepairPlan, choice: Choice): number {
  return Math.ceil((writeCalls(plan, choice) * secondsOfCall) / 8);
}
