import type { AthenaClient } from '@aws-sdk/client-athena';
import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { GlueClient } from '@aws-sdk/client-glue';
import type { LakeFormationClient } from '@aws-sdk/client-lakeformation';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { S3Client } from '@aws-sdk/client-s3';
import type { S3TablesClient } from '@aws-sdk/client-s3tables';
import type { SFNClient } from '@aws-sdk/client-sfn';
import type { STSClient } from '@aws-sdk/client-sts';
import type { fromNodeProviderChain } from '@aws-sdk/credential-providers';
import { endpointOf, type Connection } from '../connection/connection';
import { handlerOptions, type HandlerOptions, type TransportOptions } from './transport';

type Credentials = ReturnType<typeof fromNodeProviderChain>;

/** What every client of a connection is made with. */
interface Settings {
  readonly region: string;
  readonly endpoint?: string;
  readonly profile?: string;
  readonly credentials: Credentials;
  readonly requestHandler: HandlerOptions;
  readonly maxAttempts: number;
  readonly retryMode: 'adaptive';
}

/** SDK clients by connection, each made and its code read at first use. */
export interface Clients {
  glue(connection: Connection): Promise<GlueClient>;
  /** For starts that carry neither token nor name: one attempt, since a second would be a second run. */
  glueOnce(connection: Connection): Promise<GlueClient>;
  athena(connection: Connection): Promise<AthenaClient>;
  s3(connection: Connection): Promise<S3Client>;
  sts(connection: Connection): Promise<STSClient>;
  sfn(connection: Connection): Promise<SFNClient>;
  lambda(connection: Connection): Promise<LambdaClient>;
  logs(connection: Connection): Promise<CloudWatchLogsClient>;
  lakeFormation(connection: Connection): Promise<LakeFormationClient>;
  s3Tables(connection: Connection): Promise<S3TablesClient>;
  /** One attempt a call, and as long as an invocation may take: 15 minutes. */
  lambdaOnce(connection: Connection): Promise<LambdaClient>;
  /** Drops clients and credentials of a connection; calls under way end as they would have. */
  forget(connection: Connection): void;
}

/** Clients that repeat a call when AWS throttles or fails: every call made with them must bear that. */
export function awsClients(options: {
  readonly transport: TransportOptions;
  /** Attempts of one call, the first included. */
  readonly attempts: number;
  readonly env: Readonly<Record<string, string | undefined>>;
}): Clients {
  const credentials = perConnection(async (connection): Promise<Credentials> => {
    const { fromNodeProviderChain: chain } = await import('@aws-sdk/credential-providers');
    // ignoreCache: the SDK keeps the text of ~/.aws for the life of the process otherwise.
    return chain({
      ignoreCache: true,
      // Not `clientConfig.region`: it would beat the region of IAM Identity Center, which is often another one.
      parentClientConfig: { region: connection.region },
      // The calls to Identity Center and STS take the same way out as all others.
      clientConfig: {
        requestHandler: handlerOptions('sts.amazonaws.com', options.transport, options.env),
      },
      ...(connection.profile === undefined ? {} : { profile: connection.profile }),
    });
  });

  const settingsOf = async (connection: Connection, service: string): Promise<Settings> => {
    const endpoint = endpointOf(connection, service);
    const host = endpoint === undefined ? `${service}.amazonaws.com` : new URL(endpoint).hostname;
    return {
      region: connection.region,
      ...(endpoint === undefined ? {} : { endpoint }),
      ...(connection.profile === undefined ? {} : { profile: connection.profile }),
      credentials: await credentials.of(connection),
      requestHandler: handlerOptions(host, options.transport, options.env),
      maxAttempts: options.attempts,
      retryMode: 'adaptive',
    };
  };

  const glue = perConnection(async (connection) => {
    const sdk = await import('@aws-sdk/client-glue');
    return new sdk.GlueClient(await settingsOf(connection, 'glue'));
  });
  const glueOnce = perConnection(async (connection) => {
    const sdk = await import('@aws-sdk/client-glue');
    return new sdk.GlueClient({ ...(await settingsOf(connection, 'glue')), maxAttempts: 1 });
  });
  const athena = perConnection(async (connection) => {
    const sdk = await import('@aws-sdk/client-athena');
    return new sdk.AthenaClient(await settingsOf(connection, 'athena'));
  });
  const sts = perConnection(async (connection) => {
    const sdk = await import('@aws-sdk/client-sts');
    return new sdk.STSClient(await settingsOf(connection, 'sts'));
  });
  const s3 = perConnection(async (connection) => {
    const sdk = await import('@aws-sdk/client-s3');
    const settings = await settingsOf(connection, 's3');
    return new sdk.S3Client({
      ...settings,
      // A host name for each bucket exists on AWS only.
      forcePathStyle: settings.endpoint !== undefined && !onAws(settings.endpoint),
      followRegionRedirects: settings.endpoint === undefined,
      // Stores that only resemble S3 do not know the newer checksums.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
    });
  });

  const sfn = perConnection(async (connection) => {
    const sdk = await import('@aws-sdk/client-sfn');
    return new sdk.SFNClient(await settingsOf(connection, 'sfn'));
  });
  const lambda = perConnection(async (connection) => {
    const sdk = await import('@aws-sdk/client-lambda');
    return new sdk.LambdaClient(await settingsOf(connection, 'lambda'));
  });
  const lambdaOnce = perConnection(async (connection) => {
    const sdk = await import('@aws-sdk/client-lambda');
    const settings = await settingsOf(connection, 'lambda');
    const requestHandler = { ...settings.requestHandler, socketTimeout: longestInvocation };
    return new sdk.LambdaClient({ ...settings, requestHandler, maxAttempts: 1 });
  });
  const logs = perConnection(async (connection) => {
    const sdk = await import('@aws-sdk/client-cloudwatch-logs');
    return new sdk.CloudWatchLogsClient(await settingsOf(connection, 'cloudwatch_logs'));
  });

  const lakeFormation = perConnection(async (connection) => {
    const sdk = await import('@aws-sdk/client-lakeformation');
    return new sdk.LakeFormationClient(await settingsOf(connection, 'lakeformation'));
  });
  const s3Tables = perConnection(async (connection) => {
    const sdk = await import('@aws-sdk/client-s3tables');
    return new sdk.S3TablesClient(await settingsOf(connection, 's3tables'));
  });

  const all = { glue, glueOnce, athena, s3, sts, sfn, lambda, lambdaOnce, logs, lakeFormation, s3Tables };
  return {
    glue: glue.of,
    glueOnce: glueOnce.of,
    athena: athena.of,
    s3: s3.of,
    sts: sts.of,
    sfn: sfn.of,
    lambda: lambda.of,
    lambdaOnce: lambdaOnce.of,
    logs: logs.of,
    lakeFormation: lakeFormation.of,
    s3Tables: s3Tables.of,
    forget(connection) {
      for (const kept of [credentials, ...Object.values(all)]) kept.forget(connection);
    },
  };
}

/** Lambda's own limit, and a little for the way: milliseconds. */
const longestInvocation = 15 * 60_000 + 10_000;

function onAws(endpoint: string): boolean {
  return /\.amazonaws\.com(\.cn)?$/.test(new URL(endpoint).hostname);
}

interface PerConnection<T> {
  readonly of: (connection: Connection) => Promise<T>;
  readonly forget: (connection: Connection) => void;
}

/** One value a connection, made at first use; a failure is not kept. */
function perConnection<T>(make: (connection: Connection) => Promise<T>): PerConnection<T> {
  const kept = new Map<string, Promise<T>>();
  return {
    of(connection) {
      const key = identityKey(connection);
      const known = kept.get(key);
      if (known !== undefined) return known;
      const fresh = make(connection);
      kept.set(key, fresh);
      fresh.catch(() => {
        if (kept.get(key) === fresh) kept.delete(key);
      });
      return fresh;
    },
    forget: (connection) => void kept.delete(identityKey(connection)),
  };
}

/** Everything of a connection that a client depends on; its name may stay while its profile changes. */
function identityKey({ name, profile, region, endpoint, endpoints }: Connection): string {
  return JSON.stringify([name, profile, region, endpoint, endpoints]);
}
