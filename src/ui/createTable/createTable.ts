import * as vscode from 'vscode';
import { Problem } from '../../base/problem';
import type { Table, TableName } from '../../catalog/catalog';
import { connectionKey, type Connection } from '../../connection/connection';
import { prefixOf } from '../../inference/prefixOf';
import { nameFrom, proposedName } from '../../inference/tableName';
import { formatS3Uri } from '../../zones/s3Uri';
import { subjectOf, type NodeArgument } from '../commands/nodeCommands';
import type { FeatureParts } from '../featureParts';
import { withCancel } from '../withCancel';
import type { ExpectedTables } from './offerRepair';

/** What was made of a prefix, as plain data. */
export interface CreatedTable {
  readonly uri: string;
  readonly table: string;
  readonly sql: string;
}

/** The command that makes a table of a prefix, by its id. */
export function createTableCommandsOf(parts: FeatureParts, expected: ExpectedTables) {
  return {
    'lakeWorkbench.createTable': (given?: NodeArgument | string, name?: string | readonly unknown[]) =>
      // A menu passes the chosen nodes behind the node: only a text is a name.
      createTable(parts, expected, { given, name: typeof name === 'string' ? name : undefined }),
  } as const;
}

/**
 * Infers a table from the files below a prefix and opens its statement, which the user runs. `undefined` when a
 * question was closed.
 */
async function createTable(
  parts: FeatureParts,
  expected: ExpectedTables,
  request: { readonly given: NodeArgument | string | undefined; readonly name: string | undefined },
): Promise<CreatedTable | undefined> {
  const place = await placeOf(request.given, parts);
  if (place === undefined) return undefined;
  const { connection, uri } = place;
  const { bucket, prefix } = prefixOf(uri);
  const database = databaseFor(parts, connection, uri);
  const proposed = `${database}.${proposedName(bucket, prefix)}`;
  const typed = request.name ?? (await askName(uri, proposed));
  if (typed === undefined) return undefined;
  const name = nameFrom(typed, database);
  if (name === undefined) throw badName(typed);
  const { store } = await parts.ports();
  // Reading files of all formats is much code, and few windows ever do it.
  const [{ inferTable }, { ddlLetter }] = await Promise.all([
    import('../../inference/inferTable'),
    import('../../inference/ddlLetter'),
  ]);
  const inferred = await withCancel(`Reading a sample of ${uri}`, (report, signal) =>
    inferTable(store, { connection, uri, name, onProgress: report }, signal),
  );
  if (inferred.layout === 'hive') expected.expect(connection, name);
  const sql = await forConnection(parts, connection, ddlLetter(inferred));
  const file = await vscode.workspace.openTextDocument({ language: 'sql', content: sql });
  await vscode.window.showTextDocument(file, { preview: false });
  return { uri: file.uri.toString(), table: `${name.database}.${name.name}`, sql };
}

/** A letter of SQL with a line that says so where it is for another connection than statements run on now. */
export async function forConnection(
  { connections }: Pick<FeatureParts, 'connections'>,
  connection: Connection,
  sql: string,
): Promise<string> {
  const current = await connections.current();
  if (connectionKey(current) === connectionKey(connection)) return sql;
  const note = `-- For ${connection.name} (${connection.region}): statements run on ${current.name} now, so switch before you run it.`;
  return sql.replace('\n', () => `\n${note}\n`);
}

/** The connection and the address of a bucket, a prefix, an object's folder, or what is typed. */
export async function placeOf(
  given: NodeArgument | string | undefined,
  parts: Pick<FeatureParts, 'workbench'>,
): Promise<{ readonly connection: Connection; readonly uri: string } | undefined> {
  if (given === undefined || typeof given === 'string') {
    const uri = given ?? (await askUri());
    return uri === undefined ? undefined : { connection: await parts.workbench.use(), uri };
  }
  const subject = subjectOf(given);
  const { connection } = subject;
  if (subject.kind === 'bucket') {
    return { connection, uri: formatS3Uri({ bucket: subject.bucket, key: '' }) };
  }
  if (subject.kind === 'prefix') {
    return { connection, uri: formatS3Uri({ bucket: subject.bucket, key: subject.prefix }) };
  }
  if (subject.kind === 'object') {
    const folder = subject.key.slice(0, subject.key.lastIndexOf('/') + 1);
    return { connection, uri: formatS3Uri({ bucket: subject.bucket, key: folder }) };
  }
  throw new Problem('This is no place in S3: choose a bucket or a prefix in the Zones view.', 'invalid');
}

function askUri(): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: 'Create from Prefix',
    prompt: 'Prefix whose files are looked at',
    placeHolder: 's3://bucket/prefix/',
    ignoreFocusOut: true,
    validateInput: (text) => {
      try {
        prefixOf(text.trim());
        return undefined;
      } catch (error) {
        if (error instanceof Problem) return error.message;
        throw error;
      }
    },
  });
}

function askName(uri: string, value: string): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: `Create Table from ${uri}`,
    prompt: 'Name of the table: database.table',
    value,
    ignoreFocusOut: true,
    validateInput: (text) => (nameFrom(text, 'default') === undefined ? badName(text).message : undefined),
  });
}

function badName(text: string): Problem {
  return new Problem(`“${text}” is no name of a table: write database.table.`, 'invalid');
}

/** The database of the known table that lies nearest to a place, or `default`. */
export function databaseFor(
  { workbench }: Pick<FeatureParts, 'workbench'>,
  connection: Connection,
  uri: string,
): string {
  const live = workbench.live();
  if (live === undefined || connectionKey(live.connection) !== connectionKey(connection)) return 'default';
  const tables = live.tables.source(connection).tables.map(({ table }) => table);
  return nearest(tables, uri)?.database ?? 'default';
}

function nearest(tables: readonly Table[], uri: string): TableName | undefined {
  let best: { readonly table: Table; readonly shared: number } | undefined;
  const wanted = uri.split('/');
  for (const table of tables) {
    const parts = table.location?.split('/') ?? [];
    const differs = wanted.findIndex((part, at) => part !== parts[at]);
    const shared = differs < 0 ? wanted.length : differs;
    // s3:, an empty part and the bucket: less is another bucket.
    if (shared >= 3 && (best === undefined || shared > best.shared)) best = { table, shared };
  }
  return best?.table;
}
