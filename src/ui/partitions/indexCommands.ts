import * as vscode from 'vscode';
import { isCancel, Problem } from '../../base/problem';
import type { Table } from '../../catalog/catalog';
import { mostIndexes, type PartitionIndex } from '../../catalog/partitionIndexes';
import type { Connection } from '../../connection/connection';
import { followIndex } from '../../partitionBrowser/followIndex';
import { canIndex } from '../../partitionBrowser/indexAdvice';
import { indexName, indexPage, indexText, requireRoom } from '../../partitionBrowser/indexPage';
import type { FeatureParts } from '../featureParts';
import { withCancel, withStatus } from '../withCancel';
import { notPartitioned, partitionTarget, type PartitionArgument } from './partitionTarget';

/** What stands for dialogs when an index is made: its keys in order, or a proposal that is asked about. */
export interface CreateIndexWish {
  readonly keys?: readonly string[];
  readonly name?: string;
  /** Keys that are ticked in the dialog, in this order. */
  readonly proposed?: readonly string[];
  /** Stands for the confirmation. */
  readonly confirmed?: true;
}

/** What stands for dialogs when an index is deleted. */
export interface DeleteIndexWish {
  readonly name?: string;
  readonly confirmed?: true;
}

interface Read {
  readonly connection: Connection;
  readonly table: Table;
  readonly indexes: readonly PartitionIndex[];
}

/** Shows the partition indexes of a table as a page. */
export async function listIndexes(
  given: PartitionArgument | undefined,
  parts: FeatureParts,
): Promise<vscode.Uri | undefined> {
  const read = await readIndexes(given, parts);
  if (read === undefined) return undefined;
  const { connection, table, indexes } = read;
  return await parts.pages.show({
    connection,
    path: `${table.database}/${table.name}.indexes.md`,
    text: indexPage(table, indexes),
  });
}

/** Makes a partition index on keys that are chosen, and follows it until it is in use; undefined when nothing was made. */
export async function createIndex(
  given: PartitionArgument | undefined,
  parts: FeatureParts,
  wish: CreateIndexWish = {},
): Promise<PartitionIndex | undefined> {
  const read = await readIndexes(given, parts);
  if (read === undefined) return undefined;
  const { connection, table, indexes } = read;
  const label = `${table.database}.${table.name}`;
  refuseReadOnly(connection, label);
  requireRoom(table, indexes);
  const keys = wish.keys ?? (await chooseKeys(table, wish.proposed ?? []));
  if (keys === undefined || keys.length === 0) return undefined;
  const name = wish.name ?? indexName(keys, indexes);
  const detail = [
    `Glue makes it from all partitions, which takes seconds to hours; until then the table cannot be deleted. It is number ${indexes.length + 1} of ${mostIndexes}.`,
    ...(connection.production ? [`${connection.name} is production.`] : []),
  ].join(' ');
  if (wish.confirmed !== true) {
    const message = `Create the partition index ${name} on ${keys.join(', ')} of ${label}?`;
    const answer = await vscode.window.showWarningMessage(message, { modal: true, detail }, 'Create Index');
    if (answer !== 'Create Index') return undefined;
  }
  const { indexes: port } = await parts.ports();
  const target = { database: table.database, name: table.name };
  try {
    const made = await withCancel(`Creating the index ${name} of ${label}`, async (report, signal) => {
      await port.create(connection, { table: target, name, keys }, signal);
      return await followIndex(
        port,
        { connection, table: target, name, until: 'made', onState: (state) => report(state) },
        signal,
      );
    });
    if (made?.state === 'failed') {
      throw new Problem(
        `Glue could not make the index ${indexText(made)}: delete it and mend those partitions.`,
        'failed',
      );
    }
    void vscode.window.showInformationMessage(`The index ${name} of ${label} is in use.`);
    return made;
  } catch (error) {
    if (isCancel(error)) {
      void vscode.window.showInformationMessage(
        `Glue goes on making the index ${name} of ${label}: List Partition Indexes tells its state.`,
      );
    }
    throw error;
  }
}

/** Deletes a partition index that is chosen, after a confirmation that names it; undefined when nothing was deleted. */
export async function deleteIndex(
  given: PartitionArgument | undefined,
  parts: FeatureParts,
  wish: DeleteIndexWish = {},
): Promise<string | undefined> {
  const read = await readIndexes(given, parts);
  if (read === undefined) return undefined;
  const { connection, table, indexes } = read;
  const label = `${table.database}.${table.name}`;
  refuseReadOnly(connection, label);
  if (indexes.length === 0) {
    throw new Problem(`${label} has no partition index: there is nothing to delete.`, 'invalid');
  }
  const chosen =
    wish.name ??
    (
      await vscode.window.showQuickPick(
        indexes.map((index) => ({
          label: index.name,
          description: indexText(index).slice(index.name.length + 1),
        })),
        { title: `Delete a Partition Index of ${label}` },
      )
    )?.label;
  const index = indexes.find(({ name }) => name === chosen);
  if (chosen === undefined) return undefined;
  if (index === undefined) {
    throw new Problem(`${label} has no partition index ${chosen}: list its indexes.`, 'missing');
  }
  if (wish.confirmed !== true) {
    const answer = await vscode.window.showWarningMessage(
      `Delete the partition index ${index.name} on ${index.keys.join(', ')} of ${label}?`,
      {
        modal: true,
        detail: `Filters on these keys will read all partitions; it can be made again.${connection.production ? ` ${connection.name} is production.` : ''}`,
      },
      'Delete Index',
    );
    if (answer !== 'Delete Index') return undefined;
  }
  const { indexes: port } = await parts.ports();
  const target = { database: table.database, name: table.name };
  await withCancel(`Deleting the index ${index.name} of ${label}`, async (report, signal) => {
    await port.remove(connection, { table: target, name: index.name }, signal);
    await followIndex(
      port,
      { connection, table: target, name: index.name, until: 'gone', onState: (state) => report(state) },
      signal,
    );
  });
  return index.name;
}

async function readIndexes(
  given: PartitionArgument | undefined,
  parts: FeatureParts,
): Promise<Read | undefined> {
  const target = await partitionTarget(given, parts, 'Partition Indexes');
  if (target === undefined) return undefined;
  const { connection } = target;
  const ports = await parts.ports();
  return await withStatus('Reading the partition indexes…', async (signal) => {
    const [table, indexes] = await Promise.all([
      ports.catalog.table(connection, target.table, signal),
      ports.indexes.list(connection, target.table, signal),
    ]);
    if (table.partitionKeys.length === 0) throw notPartitioned(target.table);
    return { connection, table, indexes };
  });
}

/** The keys of an index in its order: one is asked for after another, since the order decides what it serves. */
async function chooseKeys(table: Table, proposed: readonly string[]): Promise<readonly string[] | undefined> {
  const usable = table.partitionKeys.filter(canIndex);
  const chosen: string[] = [];
  while (chosen.length < usable.length) {
    const left = usable.filter(({ name }) => !chosen.includes(name));
    const next = proposed[chosen.length];
    const items = left
      .map(({ name, type }) => ({ label: name, description: type }))
      .toSorted((a, b) => Number(b.label === next) - Number(a.label === next));
    const done = { label: `$(check) Create on ${chosen.join(', ')}`, description: '' };
    const enough = chosen.length > 0 && next === undefined;
    const picked = await vscode.window.showQuickPick(
      chosen.length === 0 ? items : enough ? [done, ...items] : [...items, done],
      {
        title: `Create Partition Index of ${table.database}.${table.name}`,
        placeHolder:
          chosen.length === 0
            ? 'First key: filters must compare it to profit'
            : `Next key after ${chosen.join(', ')}`,
      },
    );
    if (picked === undefined) return undefined;
    if (picked === done) break;
    chosen.push(picked.label);
  }
  return chosen;
}

function refuseReadOnly(connection: Connection, name: string): void {
  if (!connection.readOnly) return;
  throw new Problem(
    `${connection.name} is read only by lakeWorkbench.connection.readOnly: the indexes of ${name} were not changed.`,
    'denied',
  );
}
