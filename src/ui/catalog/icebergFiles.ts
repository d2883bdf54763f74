import * as vscode from 'vscode';
import { formatBytes, formatCount } from '../../base/format';
import { numberOf } from '../../iceberg/exactJson';
import { icebergFilesPage } from '../../iceberg/filesPage';
import { readSnapshotFiles } from '../../iceberg/manifests';
import { snapshotById, type IcebergMetadata, type IcebergSnapshot } from '../../iceberg/metadata';
import { Problem } from '../../base/problem';
import { objectReader, tableMetadata } from '../../trees/catalogTables';
import { anyTableOf, nameIn, type NodeArgument } from '../commands/nodeCommands';
import type { FeatureParts } from '../featureParts';
import { tablePath } from '../pages/shownTables';
import { withCancel } from '../withCancel';

/** Files of a page: a snapshot may have millions, and each manifest read costs a request. */
const mostFiles = 2_000;

/**
 * Shows the files that a snapshot of an Iceberg table reads, with sums by partition; asks which snapshot unless it is
 * given. Returns the page's address, `undefined` when the question was closed.
 */
export async function showIcebergFiles(
  parts: FeatureParts,
  given: NodeArgument,
  snapshotId?: string,
): Promise<vscode.Uri | undefined> {
  const subject = anyTableOf(given);
  const { connection } = subject;
  const lake = await parts.ports();
  const metadata = await withCancel('Reading the metadata of the table…', async (_, signal) => {
    const table = await lake.catalog.table(connection, nameIn(subject), signal);
    return await tableMetadata(lake.store, { connection, table }, signal);
  });
  const name = `${subject.database}.${subject.table}`;
  const snapshot = snapshotId === undefined ? await ask(name, metadata) : snapshotById(metadata, snapshotId);
  if (snapshot === undefined) return undefined;
  const found = await withCancel(`Reading the files of snapshot ${snapshot.id}`, (report, signal) => {
    const read = objectReader(lake.store, connection);
    return readSnapshotFiles(
      (uri, stop) => {
        report(uri.slice(uri.lastIndexOf('/') + 1));
        return read(uri, stop);
      },
      { metadata, snapshot, limit: mostFiles },
      signal,
    );
  });
  const path = `${tablePath(subject)}.${snapshot.id}.files.md`;
  return await parts.pages.show({ connection, path, text: icebergFilesPage(name, snapshot, found) });
}

async function ask(name: string, metadata: IcebergMetadata): Promise<IcebergSnapshot | undefined> {
  if (metadata.snapshots.length === 0) {
    throw new Problem(`${name} has no snapshot: nothing was written to it yet.`, 'missing');
  }
  const items = metadata.snapshots.toReversed().map((snapshot) => {
    const files = numberOf(snapshot.summary['total-data-files']);
    const bytes = numberOf(snapshot.summary['total-files-size']);
    const refs = metadata.refs.filter((ref) => ref.snapshotId === snapshot.id).map((ref) => ref.name);
    return {
      label: `${snapshot.at.toISOString().slice(0, 19).replace('T', ' ')} UTC`,
      description: [
        snapshot.operation,
        files === undefined ? undefined : `${formatCount(files)} files`,
        bytes === undefined ? undefined : formatBytes(bytes),
        snapshot.id === metadata.currentSnapshotId ? 'current' : undefined,
        ...refs,
      ]
        .filter((part) => part !== undefined)
        .join(' · '),
      detail: snapshot.id,
      snapshot,
    };
  });
  const picked = await vscode.window.showQuickPick(items, {
    title: `Files of ${name}`,
    placeHolder: `A snapshot; its first ${formatCount(mostFiles)} files are read`,
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return picked?.snapshot;
}
