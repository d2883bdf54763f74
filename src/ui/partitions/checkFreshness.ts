import * as vscode from 'vscode';
import { newestDataEnd } from '../../catalog/dateGaps';
import { newestPartition } from '../../trees/newestPartition';
import type { FeatureParts } from '../featureParts';
import { withStatus } from '../withCancel';
import type { FreshnessNotes, NotedFreshness } from './freshnessNotes';
import { notPartitioned, partitionTarget, type PartitionArgument } from './partitionTarget';

/** How new a table's data is, and whether that is as new as expected. */
export interface CheckedFreshness extends NotedFreshness {
  readonly newest: readonly string[] | undefined;
}

/** Finds the newest partition of a table by a handful of requests and says how old its data is, also on its node. */
export async function checkFreshness(
  given: PartitionArgument | undefined,
  parts: FeatureParts,
  notes: FreshnessNotes,
): Promise<CheckedFreshness | undefined> {
  const target = await partitionTarget(given, parts, 'Check Freshness');
  if (target === undefined) return undefined;
  const ports = await parts.ports();
  const { newest, dataEnd } = await withStatus('Looking for the newest partition…', async (signal) => {
    const table = await ports.catalog.table(target.connection, target.table, signal);
    if (table.partitionKeys.length === 0) throw notPartitioned(target.table);
    const found = await newestPartition(ports, { connection: target.connection, table }, signal);
    return {
      newest: found,
      dataEnd: found === undefined ? undefined : newestDataEnd(table.partitionKeys, [found]),
    };
  });
  const checked = notes.note(target, dataEnd);
  const name = `${target.table.database}.${target.table.name}`;
  if (checked.kind === 'late') void vscode.window.showWarningMessage(`${name}: ${checked.sentence}`);
  else void vscode.window.showInformationMessage(`${name}: ${checked.sentence}`);
  return { newest, ...checked };
}
