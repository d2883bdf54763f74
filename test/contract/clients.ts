import * as athena from '@aws-sdk/client-athena';
import { GlueClient } from '@aws-sdk/client-glue';
import { S3Client } from '@aws-sdk/client-s3';
import { STSClient } from '@aws-sdk/client-sts';
import type { TestLake } from '../support/localLake';

/** The real clients of one lake; one attempt, so that errors are seen as they come. */
export function clientsOf(lake: TestLake) {
  const config = {
    endpoint: lake.endpoint,
    region: lake.region,
    credentials: lake.credentials,
    maxAttempts: 1,
  };
  return {
    s3: new S3Client({ ...config, forcePathStyle: true }),
    glue: new GlueClient(config),
    athena: new athena.AthenaClient(config),
    sts: new STSClient(config),
  };
}

/** Starts a query and waits until it has ended. */
export async function runQuery(
  client: athena.AthenaClient,
  sql: string,
  more: Partial<athena.StartQueryExecutionCommandInput> = {},
): Promise<athena.QueryExecution> {
  const { QueryExecutionId } = await client.send(
    new athena.StartQueryExecutionCommand({
      QueryString: sql,
      QueryExecutionContext: { Database: 'centralbank_data' },
      ResultConfiguration: { OutputLocation: 's3://centralbank-athena-results/test/' },
      ...more,
    }),
  );
  for (;;) {
    const { QueryExecution } = await client.send(new athena.GetQueryExecutionCommand({ QueryExecutionId }));
    const state = QueryExecution?.Status?.State;
    if (QueryExecution !== undefined && state !== 'QUEUED' && state !== 'RUNNING') return QueryExecution;
    await new Promise((next) => setTimeout(next, 15));
  }
}

/** The rows of a query with its header, as GetQueryResults gives them; null for NULL. Fails when the query failed. */
export async function rowsOf(
  client: athena.AthenaClient,
  sql: string,
): Promise<readonly (readonly (string | null)[])[]> {
  const execution = await runQuery(client, sql);
  if (execution.Status?.State !== 'SUCCEEDED')
    throw new Error(execution.Status?.StateChangeReason ?? 'failed');
  const { ResultSet } = await client.send(
    new athena.GetQueryResultsCommand({ QueryExecutionId: execution.QueryExecutionId }),
  );
  return (ResultSet?.Rows ?? []).map((row) =>
    (row.Data ?? []).map(({ VarCharValue }) => VarCharValue ?? null),
  );
}
