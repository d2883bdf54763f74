import type { Operation } from './operations';
import { queryAt, startedQuery } from './operations';
import { database, never, type World } from './world';

/** A statement that does not end in the time of a test: the world's lake lets it wait. */
export const endless = "select 'endless' from customers";

const table = { database, name: 'customer_transactions' };
const name = `${database}.${table.name}`;

/** What changes something: it must take effect once at most, whatever became of the answer. */
export const changeOperations: readonly Operation[] = [
  {
    command: 'StartQueryExecution',
    at: { action: 'athena:StartQueryExecution' },
    action: 'athena:StartQueryExecution',
    use: 'running a statement',
    repeats: 'safely',
    guarantee: 'one token a start: Athena runs it once, however often it is asked',
    cell: async (world, number) => {
      const sql = `select ${number}`;
      const token = `matrix-${String(number).padStart(40, '0')}`;
      const request = {
        sql,
        token,
        workGroup: 'primary',
        database,
        outputLocation: 's3://centralbank-athena-results/faults/',
      };
      return {
        target: 'work group primary',
        run: (ports) => ports.engine.start(world.connection, request, never),
        effects: async () => (await queriesAt(world)).filter((query) => query.sql === sql).length,
      };
    },
  },
  {
    command: 'StopQueryExecution',
    at: { action: 'athena:StopQueryExecution' },
    action: 'athena:StopQueryExecution',
    use: 'stopping a query',
    repeats: 'safely',
    guarantee: 'stopping twice is stopping once; a stop that failed is told, since the query may still cost',
    cell: async (world) => {
      const id = await startedQuery(world, endless);
      return {
        target: `query ${id}`,
        run: (ports) => ports.engine.stop(world.connection, { id }, never),
        effects: async () => ((await queryAt(world, id)).state === 'CANCELLED' ? 1 : 0),
      };
    },
  },
  {
    command: 'BatchCreatePartition',
    at: { action: 'glue:BatchCreatePartition' },
    action: 'glue:BatchCreatePartition',
    use: 'repair, undo',
    repeats: 'safely',
    guarantee: 'a partition exists once; what is there already counts as done, and the journal knows it',
    cell: async (world, number) => {
      const values = ['2031', '1', String(number)];
      const location = `s3://centralbank-data-lake/temp/created/${number}/`;
      return {
        target: name,
        run: (ports) =>
          ports.partitions.create(
            world.connection,
            { table, items: [{ kind: 'new', values, location }] },
            never,
          ),
        effects: async () => (await partitionsAt(world, values)).length,
      };
    },
  },
  {
    command: 'BatchDeletePartition',
    at: { action: 'glue:BatchDeletePartition' },
    action: 'glue:BatchDeletePartition',
    use: 'repair, undo',
    repeats: 'safely',
    guarantee: 'what is gone already counts as done; files are never touched',
    cell: async (world, number) => {
      const values = ['2032', '1', String(number)];
      await register(world, values);
      return {
        target: name,
        run: (ports) => ports.partitions.remove(world.connection, { table, values: [values] }, never),
        effects: async () => 1 - (await partitionsAt(world, values)).length,
      };
    },
  },
  {
    command: 'BatchUpdatePartition',
    at: { action: 'glue:BatchUpdatePartition' },
    action: 'glue:BatchUpdatePartition',
    use: 'repair, undo',
    repeats: 'safely',
    guarantee: 'sets a location: setting it twice is setting it once',
    cell: async (world, number) => {
      const values = ['2033', '1', String(number)];
      await register(world, values);
      const [partition] = await world
        .ports()
        .partitions.describe(world.connection, { table, values: [values] }, never);
      if (partition === undefined) throw new Error('The partition to be moved is not there');
      const location = `s3://centralbank-data-lake/temp/moved/${number}/`;
      return {
        target: name,
        run: (ports) =>
          ports.partitions.update(world.connection, { table, items: [{ partition, location }] }, never),
        effects: async () =>
          (await partitionsAt(world, values)).filter((one) => one.StorageDescriptor?.Location === location)
            .length,
      };
    },
  },
  {
    command: 'CreatePartitionIndex',
    at: { action: 'glue:CreatePartitionIndex' },
    action: 'glue:CreatePartitionIndex',
    use: 'partition indexes',
    repeats: 'safely',
    guarantee: 'an index has one name; the same one that is there already counts as made',
    cell: async (world, number) => {
      const index = { table, name: `made_${number}`, keys: ['year', 'month'] };
      return {
        target: name,
        run: (ports) => ports.indexes.create(world.connection, index, never),
        effects: () => indexesAt(world, index.name),
        tidy: async () => {
          if ((await indexesAt(world, index.name)) > 0) await dropIndex(world, index.name);
        },
      };
    },
  },
  {
    command: 'DeletePartitionIndex',
    at: { action: 'glue:DeletePartitionIndex' },
    action: 'glue:DeletePartitionIndex',
    use: 'partition indexes',
    repeats: 'safely',
    guarantee: 'an index that is gone already counts as deleted',
    cell: async (world, number) => {
      const index = { IndexName: `gone_${number}`, Keys: ['day'] };
      await world.ask('AWSGlue.CreatePartitionIndex', {
        DatabaseName: database,
        TableName: table.name,
        PartitionIndex: index,
      });
      return {
        target: `${name} (${index.IndexName})`,
        run: (ports) => ports.indexes.remove(world.connection, { table, name: index.IndexName }, never),
        effects: async () => 1 - (await indexesAt(world, index.IndexName)),
      };
    },
  },
];

/** 1 where the table has an index of this name, else 0. */
async function indexesAt(world: World, wanted: string): Promise<number> {
  const answer = (await world.ask('AWSGlue.GetPartitionIndexes', {
    DatabaseName: database,
    TableName: table.name,
  })) as { readonly PartitionIndexDescriptorList?: readonly { readonly IndexName: string }[] };
  return (answer.PartitionIndexDescriptorList ?? []).filter(({ IndexName }) => IndexName === wanted).length;
}

async function dropIndex(world: World, wanted: string): Promise<void> {
  await world.ask('AWSGlue.DeletePartitionIndex', {
    DatabaseName: database,
    TableName: table.name,
    IndexName: wanted,
  });
}

/** The newest 50 queries, as the lake has them. */
export async function queriesAt(
  world: World,
): Promise<readonly { readonly state: string; readonly sql: string }[]> {
  const { QueryExecutionIds } = (await world.ask('AmazonAthena.ListQueryExecutions', { MaxResults: 50 })) as {
    QueryExecutionIds: readonly string[];
  };
  const { QueryExecutions } = (await world.ask('AmazonAthena.BatchGetQueryExecution', {
    QueryExecutionIds,
  })) as {
    QueryExecutions: readonly { readonly Query: string; readonly Status: { readonly State: string } }[];
  };
  return QueryExecutions.map(({ Query, Status }) => ({ sql: Query, state: Status.State }));
}

async function register(world: World, values: readonly string[]): Promise<void> {
  await world.ask('AWSGlue.BatchCreatePartition', {
    DatabaseName: database,
    TableName: table.name,
    PartitionInputList: [
      { Values: values, StorageDescriptor: { Location: 's3://centralbank-data-lake/temp/' } },
    ],
  });
}

async function partitionsAt(
  world: World,
  values: readonly string[],
): Promise<readonly { readonly StorageDescriptor?: { readonly Location?: string } }[]> {
  const { Partitions } = await world.ask('AWSGlue.BatchGetPartition', {
    DatabaseName: database,
    TableName: table.name,
    PartitionsToGet: [{ Values: values }],
  });
  return Partitions as readonly { readonly StorageDescriptor?: { readonly Location?: string } }[];
}
