import type { Partition as GluePartition, PartitionInput, StorageDescriptor } from '@aws-sdk/client-glue';
import { Problem } from '../base/problem';
import type { TableName } from '../catalog/catalog';
import type { Connection } from '../connection/connection';
import type { Outcome, PartitionStore, StoredPartition } from '../partitions/partitionStore';
import type { CallAws } from './call';
import type { Clients } from './clients';
import { problemFrom } from './faults';
import { glueCatalogId, glueTarget } from './glueCatalog';
import { columnFrom } from './glueTable';

/** Writes partitions of Glue tables, a batch a call. */
export function gluePartitions(clients: Clients, callAws: CallAws): PartitionStore {
  /** The storage descriptor that new partitions copy, once a repair: a table may be altered before the next one. */
  const descriptors = new WeakMap<object, Promise<StorageDescriptor>>();

  const descriptorOf = (
    connection: Connection,
    request: { readonly table: TableName; readonly repair?: object },
    signal: AbortSignal,
  ): Promise<StorageDescriptor> => {
    const { table, repair } = request;
    const known = repair === undefined ? undefined : descriptors.get(repair);
    if (known !== undefined) return known;
    const fresh = readDescriptor(connection, table, signal);
    if (repair !== undefined) {
      descriptors.set(repair, fresh);
      fresh.catch(() => descriptors.delete(repair));
    }
    return fresh;
  };

  const readDescriptor = async (
    connection: Connection,
    table: TableName,
    signal: AbortSignal,
  ): Promise<StorageDescriptor> => {
    const answer = await callAws(
      { action: 'glue:GetTable', target: nameOf(table), connection },
      async (options) => {
        const { GetTableCommand } = await import('@aws-sdk/client-glue');
        const client = await clients.glue(connection);
        const request = { ...placeOf(table), Name: table.name };
        return client.send(new GetTableCommand(request), options);
      },
      signal,
    );
    return answer.Table?.StorageDescriptor ?? {};
  };

  return {
    async create(connection, { table, items, repair }, signal) {
      const call = { action: 'glue:BatchCreatePartition', target: nameOf(table), connection };
      const needsTable = items.some((item) => item.kind === 'new');
      const descriptor = needsTable
        ? await descriptorOf(connection, { table, ...(repair === undefined ? {} : { repair }) }, signal)
        : {};
      const inputs = items.map((item): PartitionInput =>
        item.kind === 'restored'
          ? inputOf(item.partition)
          : { Values: [...item.values], StorageDescriptor: { ...descriptor, Location: item.location } },
      );
      const answer = await callAws(
        call,
        async (options) => {
          const { BatchCreatePartitionCommand } = await import('@aws-sdk/client-glue');
          const client = await clients.glue(connection);
          const request = { ...placeOf(table), TableName: table.name, PartitionInputList: inputs };
          return client.send(new BatchCreatePartitionCommand(request), options);
        },
        signal,
      );
      // A retry inside the SDK may find what its first attempt created: that is as good as created.
      return outcomes({
        values: inputs.map((input) => input.Values ?? []),
        errors: answer.Errors,
        already: 'AlreadyExistsException',
        call,
        attempts: answer.$metadata.attempts ?? 1,
      });
    },

    async remove(connection, { table, values }, signal) {
      const call = { action: 'glue:BatchDeletePartition', target: nameOf(table), connection };
      const answer = await callAws(
        call,
        async (options) => {
          const { BatchDeletePartitionCommand } = await import('@aws-sdk/client-glue');
          const client = await clients.glue(connection);
          const PartitionsToDelete = values.map((one) => ({ Values: [...one] }));
          const request = { ...placeOf(table), TableName: table.name, PartitionsToDelete };
          return client.send(new BatchDeletePartitionCommand(request), options);
        },
        signal,
      );
      return outcomes({
        values,
        errors: answer.Errors,
        already: 'EntityNotFoundException',
        call,
        attempts: answer.$metadata.attempts ?? 1,
      });
    },

    async update(connection, { table, items }, signal) {
      const call = { action: 'glue:BatchUpdatePartition', target: nameOf(table), connection };
      const answer = await callAws(
        call,
        async (options) => {
          const { BatchUpdatePartitionCommand } = await import('@aws-sdk/client-glue');
          const client = await clients.glue(connection);
          const Entries = items.map(({ partition, location }) => {
            const input = inputOf(partition);
            return {
              PartitionValueList: [...partition.values],
              PartitionInput: {
                ...input,
                StorageDescriptor: { ...input.StorageDescriptor, Location: location },
              },
            };
          });
          const request = { ...placeOf(table), TableName: table.name, Entries };
          return client.send(new BatchUpdatePartitionCommand(request), options);
        },
        signal,
      );
      return outcomes({
        values: items.map((item) => item.partition.values),
        errors: (answer.Errors ?? []).map((error) => ({
          PartitionValues: error.PartitionValueList,
          ErrorDetail: error.ErrorDetail,
        })),
        already: undefined,
        call,
        attempts: 1,
      });
    },

    async describe(connection, { table, values }, signal) {
      const found: StoredPartition[] = [];
      let wanted = values.map((one) => ({ Values: [...one] }));
      while (wanted.length > 0) {
        const answer = await callAws(
          { action: 'glue:BatchGetPartition', target: nameOf(table), connection },
          async (options) => {
            const { BatchGetPartitionCommand } = await import('@aws-sdk/client-glue');
            const client = await clients.glue(connection);
            const request = { ...placeOf(table), TableName: table.name, PartitionsToGet: wanted };
            return client.send(new BatchGetPartitionCommand(request), options);
          },
          signal,
        );
        for (const partition of answer.Partitions ?? []) found.push(storedFrom(partition));
        const left = (answer.UnprocessedKeys ?? []).map((key) => ({ Values: key.Values ?? [] }));
        // Glue may answer a part. One that it never answers must not pass for one that is gone.
        if (left.length >= wanted.length) throw unprocessed(table, left.length);
        wanted = left;
      }
      return found;
    },
  };
}

function nameOf(table: TableName): string {
  return glueTarget(table);
}

/** The catalog and database of a table, as requests have them. */
function placeOf({ catalog, database }: TableName): {
  readonly CatalogId?: string;
  readonly DatabaseName: string;
} {
  const id = glueCatalogId(catalog);
  return { ...(id === undefined ? {} : { CatalogId: id }), DatabaseName: database };
}

function unprocessed(table: TableName, count: number): Problem {
  const [action, target] = ['glue:BatchGetPartition', nameOf(table)];
  return new Problem(
    `Glue left ${count} ${count === 1 ? 'partition' : 'partitions'} of ${target} out of its answer to ${action}: try again in a minute.`,
    'throttled',
    { details: { action, target } },
  );
}

/** What GetPartition answers and what CreatePartition takes differ: only these fields may be sent. */
function storedFrom(partition: GluePartition): StoredPartition {
  const record = {
    Values: partition.Values ?? [],
    StorageDescriptor: partition.StorageDescriptor ?? {},
    Parameters: partition.Parameters ?? {},
    ...(partition.LastAccessTime === undefined ? {} : { LastAccessTime: partition.LastAccessTime }),
    ...(partition.LastAnalyzedTime === undefined ? {} : { LastAnalyzedTime: partition.LastAnalyzedTime }),
  };
  return {
    values: partition.Values ?? [],
    location: partition.StorageDescriptor?.Location ?? '',
    columns: (partition.StorageDescriptor?.Columns ?? []).map(columnFrom),
    record: JSON.parse(JSON.stringify(record)) as unknown,
  };
}

function inputOf(partition: StoredPartition): PartitionInput {
  const record = partition.record as PartitionInput & {
    readonly LastAccessTime?: string;
    readonly LastAnalyzedTime?: string;
  };
  const { LastAccessTime, LastAnalyzedTime, ...rest } = record;
  return {
    ...rest,
    Values: [...partition.values],
    ...(LastAccessTime === undefined ? {} : { LastAccessTime: new Date(LastAccessTime) }),
    ...(LastAnalyzedTime === undefined ? {} : { LastAnalyzedTime: new Date(LastAnalyzedTime) }),
  };
}

function outcomes(answer: {
  readonly values: readonly (readonly string[])[];
  readonly errors:
    | readonly {
        readonly PartitionValues?: string[] | undefined;
        readonly ErrorDetail?:
          { readonly ErrorCode?: string | undefined; readonly ErrorMessage?: string | undefined } | undefined;
      }[]
    | undefined;
  /** The error code that means somebody has done it before. */
  readonly already: string | undefined;
  readonly call: { readonly action: string; readonly target: string; readonly connection: Connection };
  readonly attempts: number;
}): readonly Outcome[] {
  const errors = new Map(
    (answer.errors ?? []).map((error) => [
      JSON.stringify(error.PartitionValues ?? []),
      error.ErrorDetail ?? {},
    ]),
  );
  return answer.values.map((values): Outcome => {
    const error = errors.get(JSON.stringify(values));
    if (error === undefined) return { kind: 'done', values };
    if (error.ErrorCode !== undefined && error.ErrorCode === answer.already) {
      // After a repeated attempt it was this very call that did it.
      return { kind: answer.attempts > 1 ? 'done' : 'already', values };
    }
    return { kind: 'failed', values, problem: itemProblem(values, error, answer.call) };
  });
}

function itemProblem(
  values: readonly string[],
  error: { readonly ErrorCode?: string | undefined; readonly ErrorMessage?: string | undefined },
  call: { readonly action: string; readonly target: string; readonly connection: Connection },
): Problem {
  const target = `${call.target} (${values.join('/')})`;
  const fault = Object.assign(new Error(error.ErrorMessage ?? error.ErrorCode ?? 'no reason given'), {
    name: error.ErrorCode ?? 'UnknownError',
    $fault: 'server',
  });
  return (
    problemFrom(fault, { ...call, target }) ??
    new Problem(`Glue refused ${call.action} on ${target}.`, 'other')
  );
}
