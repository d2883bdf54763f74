import type { Operation } from './operations';
import { queryAt, startedQuery } from './operations';
import { database, never, type World } from './world';

/** A statement that no machine ends in the time of a test. */
export const endless =
  'select count(*) from customers a cross join customers b cross join customers c cross join customers d cross join customers e';

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
];

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
