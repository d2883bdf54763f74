import type { Column as GlueColumn, Table as GlueTable, TableInput } from '@aws-sdk/client-glue';
import { Problem } from '../base/problem';
import { commentFault, commentIn, commentRefusal } from '../catalog/commentEdit';
import type { CommentChange, TableDetails } from '../catalog/tableDetails';
import type { Connection } from '../connection/connection';
import type { CallAws } from './call';
import type { Clients } from './clients';
import { glueCatalogId, glueTarget } from './glueCatalog';
import { tableFrom } from './glueTable';

/**
 * Changes descriptions by UpdateTable, which replaces the whole definition: so the fresh one is sent back with one text
 * changed, for the version that was read; when somebody else was quicker, it is read again.
 */
export function glueComments(clients: Clients, callAws: CallAws): Pick<TableDetails, 'changeComment'> {
  const read = async (
    connection: Connection,
    change: CommentChange,
    signal: AbortSignal,
  ): Promise<GlueTable> => {
    const { table } = change;
    const answer = await callAws(
      { action: 'glue:GetTable', target: glueTarget(table), connection },
      async (options) => {
        const { GetTableCommand } = await import('@aws-sdk/client-glue');
        const client = await clients.glue(connection);
        const CatalogId = glueCatalogId(table.catalog);
        return client.send(
          new GetTableCommand({ CatalogId, DatabaseName: table.database, Name: table.name }),
          options,
        );
      },
      signal,
    );
    if (answer.Table === undefined) {
      const target = glueTarget(table);
      throw new Problem(`Glue has no table ${target}: refresh, or check the name.`, 'missing', {
        details: { action: 'glue:GetTable', target },
      });
    }
    return answer.Table;
  };

  return {
    async changeComment(connection, change, signal) {
      for (let attempt = 1; ; attempt += 1) {
        const raw = await read(connection, change, signal);
        // Done already, by an attempt whose answer was lost or by somebody else.
        if (isChanged(raw, change)) return;
        try {
          await callAws(
            { action: 'glue:UpdateTable', target: glueTarget(change.table), connection },
            async (options) => {
              const { UpdateTableCommand } = await import('@aws-sdk/client-glue');
              const client = await clients.glue(connection);
              return client.send(
                new UpdateTableCommand({
                  CatalogId: glueCatalogId(change.table.catalog),
                  DatabaseName: change.table.database,
                  TableInput: withComment(tableInput(raw), change),
                  VersionId: raw.VersionId,
                }),
                options,
              );
            },
            signal,
          );
          return;
        } catch (error) {
          if (!isOvertaken(error) || attempt === 3) throw error;
        }
      }
    },
  };
}

/** The members of TableInput, which are those of Table that can be written; the compiler tells when the SDK has more. */
const written = {
  Name: true,
  Description: true,
  Owner: true,
  LastAccessTime: true,
  LastAnalyzedTime: true,
  Retention: true,
  StorageDescriptor: true,
  PartitionKeys: true,
  ViewOriginalText: true,
  ViewExpandedText: true,
  TableType: true,
  Parameters: true,
  TargetTable: true,
  FederatedTable: true,
  // Written in another form than it is read in: tables that have one are refused.
  ViewDefinition: false,
} as const satisfies Record<keyof TableInput, boolean>;

/** A table as it is written: every member that can be, unchanged. */
export function tableInput(raw: GlueTable): TableInput {
  const { ViewDefinition: _none, ...rest } = raw;
  const kept = Object.entries(rest).filter(
    ([name, value]) => value !== undefined && Object.hasOwn(written, name),
  );
  return { ...(Object.fromEntries(kept) as Partial<TableInput>), Name: raw.Name };
}

function withComment(input: TableInput, { column, to }: CommentChange): TableInput {
  const text = to === '' ? undefined : to;
  if (column === undefined) {
    // Athena keeps a table's comment among its parameters, and shows that one.
    const { comment, ...parameters } = input.Parameters ?? {};
    if (comment === undefined) return { ...input, Description: text };
    return {
      ...input,
      Description: text,
      Parameters: text === undefined ? parameters : { ...parameters, comment: text },
    };
  }
  const edit = (all: readonly GlueColumn[] | undefined): GlueColumn[] | undefined =>
    all?.map((one) => (isNamed(one, column) ? { ...one, Comment: text } : one));
  const { StorageDescriptor: storage, PartitionKeys: keys } = input;
  return {
    ...input,
    ...(storage === undefined ? {} : { StorageDescriptor: { ...storage, Columns: edit(storage.Columns) } }),
    ...(keys === undefined ? {} : { PartitionKeys: edit(keys) }),
  };
}

/** Whether the description is there already; a Problem when it may not be written or is not what was edited. */
function isChanged(raw: GlueTable, { table: name, column, from, to }: CommentChange): boolean {
  const target = glueTarget(name);
  const found = tableFrom(name.database, raw);
  const table = name.catalog === undefined ? found : { ...found, catalog: name.catalog };
  const refusal = commentRefusal(table, column);
  if (refusal !== undefined) throw refusal;
  const details = { target };
  if (raw.ViewDefinition !== undefined) {
    throw new Problem(
      `${target} is a view of several dialects, which Glue gives in another form than it takes: change its description in the console.`,
      'invalid',
      { details },
    );
  }
  const fault = commentFault(to, column);
  if (fault !== undefined) throw new Problem(fault, 'invalid', { details });
  const now = commentIn(table, column);
  if (now === undefined) {
    throw new Problem(
      `${target} has no column ${column ?? ''} any more: refresh the table and look what became of it.`,
      'missing',
      { details },
    );
  }
  if (now === to) return true;
  if (now === from) return false;
  const what = column === undefined ? target : `column ${column} of ${target}`;
  throw new Problem(
    `The description of ${what} was changed meanwhile, to ${now === '' ? 'nothing' : `“${now}”`}: edit it again from there.`,
    'changed',
    { details },
  );
}

function isNamed({ Name = '' }: GlueColumn, column: string): boolean {
  return Name.toLowerCase() === column;
}

/** Somebody else wrote the table since it was read. */
function isOvertaken(error: unknown): boolean {
  return (
    error instanceof Problem &&
    error.cause instanceof Error &&
    error.cause.name === 'ConcurrentModificationException'
  );
}
