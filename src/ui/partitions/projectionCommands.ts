import type * as vscode from 'vscode';
import { Problem } from '../../base/problem';
import { judgeProjection, projectionDraft, projectionPage } from '../../language/projectionPage';
import { proposeProjection } from '../../language/projectionProposal';
import { isProjected, propertiesOf } from '../../lint/rules/athena/projection';
import { readRealPartitions } from '../../partitionBrowser/realPartitions';
import type { FeatureParts } from '../featureParts';
import { withCancel } from '../withCancel';
import { notPartitioned, partitionTarget, type PartitionArgument } from './partitionTarget';
import type { ProjectionDrafts } from './projectionDrafts';

/** Writes the projection that a table's real partitions ask for into a new SQL document; changes nothing. */
export async function authorProjection(
  given: PartitionArgument | undefined,
  parts: FeatureParts,
  drafts: ProjectionDrafts,
): Promise<vscode.Uri | undefined> {
  const target = await partitionTarget(given, parts, 'Author Partition Projection');
  if (target === undefined) return undefined;
  const { connection } = target;
  const name = `${target.table.database}.${target.table.name}`;
  const ports = await parts.ports();
  const { table, text } = await withCancel(`Reading the layout of ${name}…`, async (report, signal) => {
    const found = await ports.catalog.table(connection, target.table, signal);
    if (found.partitionKeys.length === 0) throw notPartitioned(target.table);
    const request = { connection, table: found, onProgress: report };
    const { real, rows, template } = await readRealPartitions(ports, request, signal);
    const proposed = proposeProjection(found.partitionKeys, rows.allValues());
    if (proposed === undefined) {
      throw new Problem(
        `${name} has no partition in ${real.from} to learn from: load some data first.`,
        'invalid',
      );
    }
    const properties =
      template === undefined ? proposed : { ...proposed, 'storage.location.template': template };
    return { table: found, text: projectionDraft(found, properties, { real, now: new Date() }) };
  });
  return await drafts.open(table, text);
}

/** Shows what a table's projection does to its queries: broken properties, partitions it misses or makes up. */
export async function checkTableProjection(
  given: PartitionArgument | undefined,
  parts: FeatureParts,
): Promise<vscode.Uri | undefined> {
  const target = await partitionTarget(given, parts, 'Check Partition Projection');
  if (target === undefined) return undefined;
  const { connection } = target;
  const { database, name } = target.table;
  const ports = await parts.ports();
  const text = await withCancel(
    `Comparing the projection of ${database}.${name} with S3…`,
    async (report, signal) => {
      const table = await ports.catalog.table(connection, target.table, signal);
      if (!isProjected(propertiesOf(table.parameters))) {
        throw new Problem(
          `${database}.${name} has no partition projection: Author Partition Projection proposes one.`,
          'invalid',
        );
      }
      const { real } = await readRealPartitions(ports, { connection, table, onProgress: report }, signal);
      return projectionPage(table, judgeProjection(table, real, new Date()), real);
    },
  );
  return await parts.pages.show({ connection, path: `${database}/${name}.projection.md`, text });
}
