import type * as vscode from 'vscode';
import { Problem } from '../../base/problem';
import type { Connection } from '../../connection/connection';
import { databaseFreshness, databaseFreshnessPage } from '../../trees/databaseFreshness';
import type { FeatureParts } from '../featureParts';
import { withCancel } from '../withCancel';
import { expectedOf } from './expectedFreshness';
import type { FreshnessNotes } from './freshnessNotes';

/** Shows how new the data of a database's tables is, of those of which something is expected. */
export async function checkDatabaseFreshness(
  { connection, database }: { readonly connection: Connection; readonly database: string },
  parts: FeatureParts,
  notes: FreshnessNotes,
): Promise<vscode.Uri> {
  const ports = await parts.ports();
  const found = await withCancel(`Checking the freshness of ${database}…`, (report, signal) =>
    databaseFreshness(
      ports,
      {
        connection,
        database,
        expected: expectedOf,
        now: new Date(),
        onProgress: (done, total) => report(`${done} of ${total} tables`),
      },
      signal,
    ),
  );
  if (found.tables.length === 0) {
    throw new Problem(
      `Nothing is expected of a partitioned table of ${database}: set lakeWorkbench.freshness.expected, ${database}.* for all of them.`,
      'invalid',
    );
  }
  for (const { table, dataEnd } of found.tables) notes.learn({ connection, table }, dataEnd);
  return await parts.pages.show({
    connection,
    path: `${database}.freshness.md`,
    text: databaseFreshnessPage(found),
  });
}
