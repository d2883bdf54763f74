import type { TreeNode } from '../../trees/node';
import type { FeatureParts } from '../featureParts';
import { type BrowseWish, PartitionPanels } from './browsePartitions';
import { checkDatabaseFreshness } from './checkDatabaseFreshness';
import { checkFreshness } from './checkFreshness';
import { FreshnessNotes } from './freshnessNotes';
import { setExpected } from './expectedFreshness';
import {
  createIndex,
  deleteIndex,
  listIndexes,
  type CreateIndexWish,
  type DeleteIndexWish,
} from './indexCommands';
import { partitionTarget, type PartitionArgument } from './partitionTarget';
import { authorProjection, checkTableProjection } from './projectionCommands';
import { ProjectionDrafts } from './projectionDrafts';

/** The commands about the partitions of a table, by their ids. A menu passes the chosen nodes behind the node. */
export function partitionCommandsOf(parts: FeatureParts) {
  const notes = parts.own(new FreshnessNotes(parts));
  const panels = parts.own(
    new PartitionPanels(parts, {
      extension: parts.context.extensionUri,
      dataEnd: (target, dataEnd) => notes.learn(target, dataEnd),
    }),
  );
  const drafts = parts.own(new ProjectionDrafts());
  return {
    'lakeWorkbench.browsePartitions': (given?: PartitionArgument, wish?: BrowseWish | readonly TreeNode[]) =>
      panels.browse(given, wishIn(wish)),
    'lakeWorkbench.checkFreshness': (given?: PartitionArgument) => {
      const subject = given !== undefined && 'label' in given ? given.subject : given;
      return subject !== undefined && 'kind' in subject && subject.kind === 'database'
        ? checkDatabaseFreshness(subject, parts, notes)
        : checkFreshness(given, parts, notes);
    },
    'lakeWorkbench.setFreshness': async (given?: PartitionArgument, age?: unknown) => {
      const target = await partitionTarget(given, parts, 'Set Expected Freshness');
      return target === undefined
        ? undefined
        : await setExpected(target.table, typeof age === 'string' ? age : undefined);
    },
    'lakeWorkbench.authorProjection': (given?: PartitionArgument) => authorProjection(given, parts, drafts),
    'lakeWorkbench.checkProjection': (given?: PartitionArgument) => checkTableProjection(given, parts),
    'lakeWorkbench.listPartitionIndexes': (given?: PartitionArgument) => listIndexes(given, parts),
    'lakeWorkbench.createPartitionIndex': (
      given?: PartitionArgument,
      wish?: CreateIndexWish | readonly TreeNode[],
    ) => createIndex(given, parts, wishIn(wish)),
    'lakeWorkbench.deletePartitionIndex': (
      given?: PartitionArgument,
      wish?: DeleteIndexWish | readonly TreeNode[],
    ) => deleteIndex(given, parts, wishIn(wish)),
  } as const;
}

function wishIn<T extends object>(wish: T | readonly TreeNode[] | undefined): T | undefined {
  return wish === undefined || Array.isArray(wish) ? undefined : (wish as T);
}
