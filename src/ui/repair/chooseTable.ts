import * as vscode from 'vscode';
import { Problem } from '../../base/problem';
import type { Table, TableName } from '../../catalog/catalog';

/**
 * Asks which table is meant: those known here that have partitions, or any other by typing `database.table`.
 * `undefined` when the list was closed.
 */
export async function chooseTable(
  known: readonly Table[],
  texts: { readonly title: string; readonly placeholder: string } = {
    title: 'Repair Partitions',
    placeholder: 'Table whose partitions are compared with S3: choose one, or type database.table',
  },
): Promise<TableName | undefined> {
  const list = vscode.window.createQuickPick<vscode.QuickPickItem & { readonly table?: TableName }>();
  const items = known
    .filter((table) => table.partitionKeys.length > 0 && table.kind !== 'view' && table.kind !== 'native')
    .map((table) => ({
      label: `${table.database}.${table.name}`,
      description: table.partitionKeys.map(({ name }) => name).join(', '),
      iconPath: new vscode.ThemeIcon('table'),
      table: { database: table.database, name: table.name },
    }))
    .toSorted((a, b) => (a.label < b.label ? -1 : 1));
  list.title = texts.title;
  list.placeholder = texts.placeholder;
  list.items = items;
  list.onDidChangeValue((value) => {
    const typed = tableFrom(value);
    const isKnown = items.some(({ label }) => label === value.trim().toLowerCase());
    list.items =
      typed === undefined || isKnown
        ? items
        : [
            ...items,
            {
              label: value.trim(),
              description: 'as typed',
              table: typed,
              iconPath: new vscode.ThemeIcon('edit'),
            },
          ];
  });
  try {
    const chosen = await new Promise<TableName | undefined>((resolve) => {
      list.onDidAccept(() => resolve(list.selectedItems[0]?.table ?? tableFrom(list.value)));
      list.onDidHide(() => resolve(undefined));
      list.show();
    });
    return chosen;
  } finally {
    list.dispose();
  }
}

/** `database.table` as typed or written in SQL; Glue keeps names in lower case. */
export function tableFrom(text: string): TableName | undefined {
  const match = /^\s*"?([^."\s]+)"?\.(?:"([^"]+)"|([^."\s]+))\s*$/.exec(text);
  const database = match?.[1];
  const name = match?.[2] ?? match?.[3];
  if (database === undefined || name === undefined) return undefined;
  return { database: database.toLowerCase(), name: name.toLowerCase() };
}

/** The Problem for a table that is named without its database where none is known. */
export function noDatabase(table: string): Problem {
  return new Problem(
    `The database of ${table} is not known: run Repair Partitions from the palette and type database.table.`,
    'invalid',
  );
}
