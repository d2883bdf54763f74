import type * as vscode from 'vscode';
import { Problem } from '../../base/problem';
import { anyTableOf, nameIn, type NodeArgument } from '../commands/nodeCommands';
import type { FeatureParts } from '../featureParts';
import { showTable } from '../pages/tablePages';
import { withStatus } from '../withCancel';
import { counted } from '../zones/showStatistics';
import { placeOf } from './locationFacts';

/** Counts what lies below a table's location, keeps the figures and shows them on the table's page. */
export async function measureLocation(parts: FeatureParts, given: NodeArgument): Promise<vscode.Uri> {
  const subject = anyTableOf(given);
  const { connection } = subject;
  const { catalog } = await parts.ports();
  const table = await withStatus('Reading the table…', (signal) =>
    catalog.table(connection, nameIn(subject), signal),
  );
  const place = placeOf(table);
  if (place === undefined) {
    throw new Problem(
      `The catalog names no location in S3 for ${table.database}.${table.name}: there is nothing to measure.`,
      'missing',
    );
  }
  await counted(parts, { connection, place, mode: 'again' });
  return await showTable(given, parts);
}
