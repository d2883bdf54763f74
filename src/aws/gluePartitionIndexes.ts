import type { PartitionIndexDescriptor } from '@aws-sdk/client-glue';
import type { TableName } from '../catalog/catalog';
import type { PartitionIndex, PartitionIndexes } from '../catalog/partitionIndexes';
import type { CallAws } from './call';
import type { Clients } from './clients';

/** The partition indexes of Glue tables. */
export function gluePartitionIndexes(clients: Clients, callAws: CallAws): PartitionIndexes {
  const indexes: PartitionIndexes = {
    async list(connection, table, signal) {
      const found: PartitionIndex[] = [];
      let next: string | undefined;
      do {
        const token = next;
        const page = await callAws(
          { action: 'glue:GetPartitionIndexes', target: nameOf(table), connection },
          async (options) => {
            const { GetPartitionIndexesCommand } = await import('@aws-sdk/client-glue');
            const client = await clients.glue(connection);
            const request = { DatabaseName: table.database, TableName: table.name, NextToken: token };
            return client.send(new GetPartitionIndexesCommand(request), options);
          },
          signal,
        );
        found.push(...(page.PartitionIndexDescriptorList ?? []).map(indexFrom));
        next = page.NextToken;
      } while (next !== undefined && next !== '');
      return found;
    },

    async create(connection, { table, name, keys }, signal) {
      await callAws(
        { action: 'glue:CreatePartitionIndex', target: nameOf(table), connection },
        async (options) => {
          const { CreatePartitionIndexCommand } = await import('@aws-sdk/client-glue');
          const client = await clients.glue(connection);
          const PartitionIndex = { IndexName: name, Keys: [...keys] };
          const request = { DatabaseName: table.database, TableName: table.name, PartitionIndex };
          try {
            return await client.send(new CreatePartitionIndexCommand(request), options);
          } catch (error) {
            // An attempt whose answer was lost may have made it: the same index is as good as created.
            if (!isNamed(error, 'AlreadyExistsException')) throw error;
            const there = (await indexes.list(connection, table, signal)).find((one) => one.name === name);
            if (there?.keys.join() !== keys.map((key) => key.toLowerCase()).join()) throw error;
            return { $metadata: {} };
          }
        },
        signal,
      );
    },

    async remove(connection, { table, name }, signal) {
      await callAws(
        { action: 'glue:DeletePartitionIndex', target: `${nameOf(table)} (${name})`, connection },
        async (options) => {
          const { DeletePartitionIndexCommand } = await import('@aws-sdk/client-glue');
          const client = await clients.glue(connection);
          const request = { DatabaseName: table.database, TableName: table.name, IndexName: name };
          try {
            return await client.send(new DeletePartitionIndexCommand(request), options);
          } catch (error) {
            // Gone already is as good as deleted; a table that is not there is told by the listing.
            if (!isNamed(error, 'EntityNotFoundException')) throw error;
            const there = await indexes.list(connection, table, signal);
            if (there.some((one) => one.name === name)) throw error;
            return { $metadata: {} };
          }
        },
        signal,
      );
    },
  };
  return indexes;
}

function isNamed(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name;
}

function nameOf({ database, name }: TableName): string {
  return `${database}.${name}`;
}

const states: Readonly<Record<string, PartitionIndex['state']>> = {
  CREATING: 'creating',
  ACTIVE: 'active',
  DELETING: 'deleting',
  FAILED: 'failed',
};

function indexFrom(raw: PartitionIndexDescriptor): PartitionIndex {
  return {
    name: raw.IndexName ?? '',
    keys: (raw.Keys ?? []).map(({ Name = '' }) => Name),
    state: states[raw.IndexStatus ?? ''] ?? 'other',
    errors: (raw.BackfillErrors ?? []).map(({ Code = 'UNKNOWN', Partitions = [] }) => {
      const values = Partitions.map((one) => (one.Values ?? []).join('/'));
      return values.length === 0 ? Code : `${Code} at ${values.slice(0, 3).join(', ')}`;
    }),
  };
}
