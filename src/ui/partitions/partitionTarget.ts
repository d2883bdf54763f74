import { Problem } from '../../base/problem';
import type { Table, TableName } from '../../catalog/catalog';
import { catalogTitle } from '../../catalog/catalogId';
import type { Connection } from '../../connection/connection';
import type { NodeSubject, TreeNode } from '../../trees/node';
import { chooseTable } from '../repair/chooseTable';
import type { FeatureParts } from '../featureParts';

/** A node of a table, of its partitions or of one of them; or its name, over the connection in use where none is told. */
export type PartitionArgument =
  | TreeNode
  | NodeSubject
  | { readonly connection?: Connection; readonly database: string; readonly table: string };

/** The table that a command about partitions acts on. */
export interface PartitionTarget {
  readonly connection: Connection;
  readonly table: TableName;
}

/** Reads an argument, and asks under a title which table is meant where there is none; undefined when the list was closed. */
export async function partitionTarget(
  given: PartitionArgument | undefined,
  { workbench }: Pick<FeatureParts, 'workbench'>,
  title: string,
): Promise<PartitionTarget | undefined> {
  if (given === undefined) {
    const connection = await workbench.use();
    const known: readonly Table[] =
      workbench
        .live()
        ?.tables.source(connection)
        .tables.map(({ table }) => table) ?? [];
    const table = await chooseTable(known, {
      title,
      placeholder: 'Partitioned table: choose one, or type database.table',
    });
    return table === undefined ? undefined : { connection, table };
  }
  const subject = 'label' in given ? given.subject : given;
  if (subject === undefined || !('table' in subject) || !('database' in subject)) {
    throw new Problem('This is no table: choose one in the Catalog view.', 'invalid');
  }
  if ('catalog' in subject && typeof subject.catalog === 'string') {
    throw new Problem(
      `${subject.database}.${subject.table} stands in ${catalogTitle(subject.catalog)}, and its partitions can be browsed in the account’s own Glue catalog alone.`,
      'invalid',
    );
  }
  return {
    connection: subject.connection ?? (await workbench.use()),
    table: { database: subject.database, name: subject.table },
  };
}

/** The Problem for a table that has no partition keys. */
export function notPartitioned({ database, name }: TableName): Problem {
  return new Problem(
    `${database}.${name} has no partition keys: there are no partitions to look at.`,
    'invalid',
  );
}
