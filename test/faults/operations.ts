import type { ProblemKind } from '../../src/base/problem';
import type { openAws } from '../../src/aws/open';
import type { FaultWish } from '../support/localLake';
import { database, never, type World } from './world';

type AwsPorts = ReturnType<typeof openAws>;

/** One call of the product in a cell of the matrix. */
export interface Cell {
  /** As the sentence names it. */
  readonly target: string;
  run(ports: AwsPorts): Promise<unknown>;
  /** How often it took effect at the lake, asked past the product; absent for what only reads. */
  effects?(): Promise<number>;
  /** Ends what the cell began. */
  tidy?(): Promise<unknown>;
}

/** An operation of AWS, and the product's function that calls it. */
export interface Operation {
  /** The SDK's command without its ending. */
  readonly command: string;
  /** As the lake names it, and which of its calls are meant. */
  readonly at: Pick<FaultWish, 'table' | 'bucket'> & { readonly action: string };
  /** As IAM and the sentences name it. */
  readonly action: string;
  /** Where the product uses it. */
  readonly use: string;
  /** `safely`: the call is sent again; `never`: a second one would be a second run. */
  readonly repeats: 'safely' | 'never';
  /** Why a repetition does no harm, or what follows a lost answer. */
  readonly guarantee: string;
  /** Its answer has no form that could be broken: a HEAD has no body, an object or a function's result may be any bytes. */
  readonly formless?: true;
  /** Its answer is a head alone: half of it is all of it. */
  readonly bodiless?: true;
  /** It waits for an answer as long as the work may take: late is not lost. */
  readonly patient?: true;
  /** Where it ends otherwise than others, by the fault's title. */
  readonly kinds?: Readonly<Record<string, ProblemKind>>;
  /** Prepares one cell; its number is unlike that of any other. */
  cell(world: World, number: number): Promise<Cell>;
}

const reads = 'reads only';
const bucket = 'centralbank-data-lake';
const table = { database, name: 'customer_transactions' };

/** What is only read: nothing can happen twice. */
export const readOperations: readonly Operation[] = [
  {
    command: 'GetCallerIdentity',
    at: { action: 'sts:GetCallerIdentity' },
    action: 'sts:GetCallerIdentity',
    use: 'status bar, sign-in',
    repeats: 'safely',
    guarantee: reads,
    cell: async ({ connection }) => ({
      target: 'demo',
      run: (ports) => ports.identity.caller(connection, never),
    }),
  },
  {
    command: 'ListBuckets',
    at: { action: 's3:ListBuckets' },
    action: 's3:ListAllMyBuckets',
    use: 'Zones',
    repeats: 'safely',
    guarantee: reads,
    cell: async ({ connection }) => ({
      target: 'the account',
      run: (ports) => ports.store.buckets(connection, {}, never),
    }),
  },
  {
    command: 'ListObjectsV2',
    at: { action: 's3:ListObjectsV2' },
    action: 's3:ListBucket',
    use: 'Zones, repair',
    repeats: 'safely',
    guarantee: reads,
    cell: async ({ connection }) => ({
      target: `s3://${bucket}/raw/`,
      run: (ports) => ports.store.list(connection, { bucket, prefix: 'raw/', delimiter: '/' }, never),
    }),
  },
  {
    command: 'HeadObject',
    at: { action: 's3:HeadObject' },
    action: 's3:GetObject',
    use: 'results, export',
    repeats: 'safely',
    guarantee: reads,
    formless: true,
    kinds: { 'throttled always': 'offline' },
    cell: async ({ connection, lake }) => {
      const key = await put(lake.endpoint, 'temp/head.txt');
      return {
        target: `s3://${bucket}/${key}`,
        run: (ports) => ports.store.head(connection, { bucket, key }, never),
      };
    },
  },
  {
    command: 'GetObject',
    at: { action: 's3:GetObject' },
    action: 's3:GetObject',
    use: 'results, preview, export',
    repeats: 'safely',
    formless: true,
    guarantee: reads,
    cell: async ({ connection, lake }) => {
      const key = await put(lake.endpoint, 'temp/get.txt');
      return {
        target: `s3://${bucket}/${key}`,
        run: (ports) => ports.store.read(connection, { bucket, key }, never),
      };
    },
  },
  {
    command: 'GetObjectTagging',
    at: { action: 's3:GetObjectTagging' },
    action: 's3:GetObjectTagging',
    use: 'object details',
    repeats: 'safely',
    guarantee: reads,
    cell: async ({ connection, lake }) => {
      const key = await put(lake.endpoint, 'temp/tags.txt');
      return {
        target: `s3://${bucket}/${key}`,
        run: (ports) => ports.facts.tags(connection, { bucket, key }, never),
      };
    },
  },
  {
    command: 'GetBucketVersioning',
    at: { action: 's3:GetBucketVersioning' },
    action: 's3:GetBucketVersioning',
    use: 'object details',
    repeats: 'safely',
    guarantee: reads,
    cell: async ({ connection }) => ({
      target: `s3://${bucket}`,
      run: (ports) => ports.facts.versioning(connection, { bucket }, never),
    }),
  },
  {
    command: 'GetBucketEncryption',
    at: { action: 's3:GetBucketEncryption' },
    action: 's3:GetEncryptionConfiguration',
    use: 'object details',
    repeats: 'safely',
    guarantee: reads,
    cell: async ({ connection }) => ({
      target: `s3://${bucket}`,
      run: (ports) => ports.facts.encryption(connection, { bucket }, never),
    }),
  },
  {
    command: 'GetDatabases',
    at: { action: 'glue:GetDatabases' },
    action: 'glue:GetDatabases',
    use: 'catalog tree, completion',
    repeats: 'safely',
    guarantee: reads,
    cell: async ({ connection }) => ({
      target: 'the catalog',
      run: (ports) => ports.catalog.databases(connection, {}, never),
    }),
  },
  {
    command: 'GetTables',
    at: { action: 'glue:GetTables' },
    action: 'glue:GetTables',
    use: 'catalog tree, linter',
    repeats: 'safely',
    guarantee: reads,
    cell: async ({ connection }) => ({
      target: database,
      run: (ports) => ports.catalog.tables(connection, { database }, never),
    }),
  },
  {
    command: 'GetTable',
    // Of a table of its own: creating partitions reads the other's description.
    at: { action: 'glue:GetTable', table: 'customers' },
    action: 'glue:GetTable',
    use: 'hover, repair',
    repeats: 'safely',
    guarantee: reads,
    cell: async ({ connection }) => ({
      target: `${database}.customers`,
      run: (ports) => ports.catalog.table(connection, { database, name: 'customers' }, never),
    }),
  },
  {
    command: 'GetPartitions',
    at: { action: 'glue:GetPartitions' },
    action: 'glue:GetPartitions',
    use: 'catalog tree, scan estimate, repair',
    repeats: 'safely',
    guarantee: reads,
    cell: async ({ connection }) => ({
      target: `${database}.${table.name}`,
      run: (ports) => ports.catalog.partitions(connection, { table }, never),
    }),
  },
  {
    command: 'BatchGetPartition',
    at: { action: 'glue:BatchGetPartition' },
    action: 'glue:BatchGetPartition',
    use: 'repair, undo',
    repeats: 'safely',
    guarantee: reads,
    cell: async ({ connection }) => ({
      target: `${database}.${table.name}`,
      run: (ports) => ports.partitions.describe(connection, { table, values: [['2024', '12', '1']] }, never),
    }),
  },
  {
    command: 'GetPartitionIndexes',
    at: { action: 'glue:GetPartitionIndexes' },
    action: 'glue:GetPartitionIndexes',
    use: 'partition browser, indexes',
    repeats: 'safely',
    guarantee: reads,
    cell: async ({ connection }) => ({
      target: `${database}.${table.name}`,
      run: (ports) => ports.indexes.list(connection, table, never),
    }),
  },
  {
    command: 'ListWorkGroups',
    at: { action: 'athena:ListWorkGroups' },
    action: 'athena:ListWorkGroups',
    use: 'choice of a work group',
    repeats: 'safely',
    guarantee: reads,
    cell: async ({ connection }) => ({
      target: 'the account',
      run: (ports) => ports.engine.workGroups(connection, {}, never),
    }),
  },
  {
    command: 'GetWorkGroup',
    at: { action: 'athena:GetWorkGroup' },
    action: 'athena:GetWorkGroup',
    use: 'before a query',
    repeats: 'safely',
    guarantee: reads,
    cell: async ({ connection }) => ({
      target: 'work group primary',
      run: (ports) => ports.engine.workGroup(connection, { name: 'primary' }, never),
    }),
  },
  {
    command: 'GetQueryExecution',
    at: { action: 'athena:GetQueryExecution' },
    action: 'athena:GetQueryExecution',
    use: 'a running query',
    repeats: 'safely',
    guarantee: `${reads}; a query is followed through five lost answers in a row`,
    cell: async (world) => {
      const id = await startedQuery(world, 'select 1');
      return {
        target: `query ${id}`,
        run: (ports) => ports.engine.status(world.connection, { id }, never),
      };
    },
  },
  {
    command: 'GetQueryResults',
    at: { action: 'athena:GetQueryResults' },
    action: 'athena:GetQueryResults',
    use: 'results',
    repeats: 'safely',
    guarantee: `${reads}; rows that are shown stay`,
    cell: async (world) => {
      const id = await startedQuery(world, 'show tables');
      await queryEnds(world, id);
      return {
        target: `query ${id}`,
        run: (ports) => ports.engine.results(world.connection, { id }, never),
      };
    },
  },
];

async function put(endpoint: string, key: string): Promise<string> {
  await fetch(`${endpoint}/${bucket}/${key}`, { method: 'PUT', body: 'one line\n'.repeat(100) });
  return key;
}

/** Starts a query past the product. */
export async function startedQuery(world: World, sql: string): Promise<string> {
  const { QueryExecutionId } = await world.ask('AmazonAthena.StartQueryExecution', {
    QueryString: sql,
    QueryExecutionContext: { Database: database },
    ResultConfiguration: { OutputLocation: 's3://centralbank-athena-results/faults/' },
  });
  return String(QueryExecutionId);
}

/** The query as the lake has it. */
export async function queryAt(
  world: World,
  id: string,
): Promise<{ readonly state: string; readonly sql: string }> {
  const { QueryExecution } = (await world.ask('AmazonAthena.GetQueryExecution', {
    QueryExecutionId: id,
  })) as { QueryExecution: { Query: string; Status: { State: string } } };
  return { state: QueryExecution.Status.State, sql: QueryExecution.Query };
}

/** Waits for the end of a query at the lake. */
export async function queryEnds(world: World, id: string): Promise<void> {
  while (['QUEUED', 'RUNNING'].includes((await queryAt(world, id)).state)) {
    await new Promise((next) => setTimeout(next, 10));
  }
}
