import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { delimiter, join } from 'node:path';
import * as Glue from '@aws-sdk/client-glue';
import { startLake } from '../support/localLake';
import { clientsOf } from './clients';

/** What moto is known to do otherwise. */
interface Differences {
  /** Files of the contract suite that moto is asked, by the start of their names. */
  readonly asked: readonly string[];
  /** Files that it is not asked, each with the reason. */
  readonly leftOut: Readonly<Record<string, string>>;
  /** Tests that fail there, each with the reason. */
  readonly differences: Readonly<Record<string, string>>;
}

/** What came of asking moto. */
export interface MotoReport {
  readonly passed: number;
  readonly different: number;
  /** Differences that are new or gone, a sentence each; none: all is as expected. */
  readonly wrong: readonly string[];
}

/** Said once where `moto_server` is not installed. */
export const motoAbsent = 'moto_server is not installed: the contract suite was not run against it.';

/** The differences that are checked in. */
export function motoDifferences(): Differences {
  return JSON.parse(readFileSync('test/contract/motoDifferences.json', 'utf8')) as Differences;
}

/** The program, looked for on the PATH; undefined when it is not there. */
export function motoServer(): string | undefined {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'moto_server'))
    .find((program) => existsSync(program));
}

/** Runs the contract suite against moto, filled with the catalog of the demo lake, and compares with what is known. */
export async function motoContract(program: string): Promise<MotoReport> {
  const { asked, differences } = motoDifferences();
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const server = spawn(program, ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
  try {
    await answers(endpoint);
    await copyCatalog(endpoint);
    const { NODE_TEST_CONTEXT: _, ...env } = process.env;
    const output = await outputOf(['scripts/unit.mjs', ...asked.map((name) => `contract/${name}.test`)], {
      ...env,
      LAKE_CONTRACT_ENDPOINT: endpoint,
      LAKE_TEST_REPORTER: 'junit',
    });
    const cases = [...output.matchAll(/<testcase name="([^"]*)"[^>]*?(\/>|>[\s\S]*?<\/testcase>)/g)].map(
      ([, name = '', rest = '']) => ({ name: unescaped(name), failed: rest.includes('<failure') }),
    );
    if (cases.length === 0) throw new Error(`The contract suite did not run: ${output.slice(-500)}`);
    const failed = cases.filter((one) => one.failed).map(({ name }) => name);
    const known = Object.keys(differences);
    return {
      passed: cases.length - failed.length,
      different: failed.length,
      wrong: [
        ...failed.filter((name) => !known.includes(name)).map((name) => `A new difference: ${name}`),
        ...known.filter((name) => !failed.includes(name)).map((name) => `A difference that is gone: ${name}`),
      ],
    };
  } finally {
    server.kill();
  }
}

/** Buckets, databases, tables and partitions of the little demo lake. */
async function copyCatalog(endpoint: string): Promise<void> {
  const lake = await startLake({ small: true });
  try {
    const from = clientsOf(lake).glue;
    const to = clientsOf({
      ...lake,
      endpoint,
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    }).glue;
    for await (const databases of Glue.paginateGetDatabases({ client: from }, {})) {
      for (const { Name, Description } of databases.DatabaseList ?? []) {
        await to.send(new Glue.CreateDatabaseCommand({ DatabaseInput: { Name, Description } }));
        for await (const tables of Glue.paginateGetTables({ client: from }, { DatabaseName: Name })) {
          for (const table of tables.TableList ?? []) await copyTable({ from, to }, table);
        }
      }
    }
  } finally {
    await lake.stop();
  }
}

async function copyTable(
  { from, to }: { readonly from: Glue.GlueClient; readonly to: Glue.GlueClient },
  table: Glue.Table,
): Promise<void> {
  const { Name, DatabaseName, StorageDescriptor, PartitionKeys, TableType, Parameters } = table;
  const TableInput = { Name, StorageDescriptor, PartitionKeys, TableType, Parameters };
  await to.send(new Glue.CreateTableCommand({ DatabaseName, TableInput }));
  const request = { DatabaseName, TableName: Name, MaxResults: 100 };
  for await (const page of Glue.paginateGetPartitions({ client: from }, request)) {
    const PartitionInputList = (page.Partitions ?? []).map((partition) => ({
      Values: partition.Values,
      StorageDescriptor: partition.StorageDescriptor,
      Parameters: partition.Parameters,
    }));
    if (PartitionInputList.length === 0) continue;
    await to.send(
      new Glue.BatchCreatePartitionCommand({ DatabaseName, TableName: Name, PartitionInputList }),
    );
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}

async function answers(endpoint: string): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    try {
      await fetch(`${endpoint}/moto-api/`);
      return;
    } catch {
      await new Promise((next) => setTimeout(next, 100));
    }
  }
  throw new Error('moto_server did not answer within 30 s');
}

async function outputOf(args: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
  const child = spawn(process.execPath, [...args], { env, stdio: ['ignore', 'pipe', 'ignore'] });
  let output = '';
  child.stdout.on('data', (part: Buffer) => (output += part.toString()));
  await new Promise((ended) => child.once('close', ended));
  return output;
}

function unescaped(text: string): string {
  return text
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');
}
