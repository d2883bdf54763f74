import type { PipelineServices } from '../jobs/pipelineServices';
import { accountId, type Fields, region } from '../service';
import type { Journal } from '../store/journal';
import type { ObjectStore } from '../store/objects';
import { etlDefinition } from './pipelinesDefinition';
import { legacyDays } from './pipelinesRaw';
import { demoDatabase, lakeBucket } from './seedWriter';

const role = (name: string): string => `arn:aws:iam::${accountId}:role/${name}`;
const modified = Date.UTC(2025, 0, 8, 3, 0, 0);

/** Fills a demo lake with its pipeline: functions, job, crawler, topics, state machine, and what they read. */
export async function seedPipelines(
  { services, functions }: PipelineServices,
  { store, journal }: { readonly store: ObjectStore; readonly journal: Journal },
): Promise<void> {
  const call = async (service: string, name: string, input: Fields): Promise<void> => {
    await services.find((each) => each.name === service)?.operations[name]?.run(input);
  };
  const write = (key: string, content: string): void => {
    store.put({ bucket: lakeBucket, key }, Buffer.from(content), { modified });
  };
  for (const { date, content } of legacyDays) write(`raw/legacy_data/${date}/transactions.csv`, content);
  write('scripts/migrate_legacy_data.py', '# The local lake runs the handler registered for this script.\n');

  for (const [name, description] of Object.entries(demoFunctions)) {
    functions.create({
      FunctionName: name,
      Runtime: 'python3.12',
      Role: role('banking-lambda'),
      Handler: `${name.replaceAll('-', '_')}.lambda_handler`,
      Description: description,
      Timeout: 60,
      MemorySize: 512,
    });
  }
  await call('sns', 'CreateTopic', { Name: 'pipeline-success' });
  await call('sns', 'CreateTopic', { Name: 'pipeline-failure' });
  await call('glue', 'CreateJob', {
    Name: 'migrate-legacy-data',
    Description: 'Cleans one day of legacy transactions and writes it as Parquet',
    Role: role('banking-glue'),
    Command: {
      Name: 'glueetl',
      ScriptLocation: `s3://${lakeBucket}/scripts/migrate_legacy_data.py`,
      PythonVersion: '3',
    },
    DefaultArguments: { '--job-language': 'python', '--enable-metrics': 'true' },
    ExecutionProperty: { MaxConcurrentRuns: 1 },
    MaxRetries: 0,
    Timeout: 60,
    GlueVersion: '4.0',
    WorkerType: 'G.1X',
    NumberOfWorkers: 10,
  });
  await call('glue', 'CreateCrawler', {
    Name: 'banking-data-crawler',
    Description: 'Finds new days of transactions',
    Role: role('banking-glue'),
    DatabaseName: demoDatabase,
    // With the prefix the folder `transactions` is the table `customer_transactions`.
    TablePrefix: 'customer_',
    Targets: {
      S3Targets: [{ Path: `s3://${lakeBucket}/processed/transactions/`, Exclusions: ['**/_temporary/**'] }],
    },
    Schedule: 'cron(0 4 * * ? *)',
    SchemaChangePolicy: { UpdateBehavior: 'LOG', DeleteBehavior: 'LOG' },
    RecrawlPolicy: { RecrawlBehavior: 'CRAWL_EVERYTHING' },
  });
  // Not by CreateStateMachine: its check takes longer than all the rest, and a test makes it.
  journal.put('stateMachine', `arn:aws:states:${region}:${accountId}:stateMachine:banking-data-etl`, {
    name: 'banking-data-etl',
    definition: JSON.stringify(etlDefinition, null, 2),
    roleArn: role('banking-step-functions'),
    creationDate: modified / 1000,
  });
}

const demoFunctions: Readonly<Record<string, string>> = {
  'validate-banking-data': 'Looks whether the files of a day have arrived and can be read',
  'load-redshift': 'Prepares a day of transactions for the warehouse',
  'refresh-views': 'Computes the views of a day anew',
};
