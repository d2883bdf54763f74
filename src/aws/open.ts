import type { CallLog } from '../connection/callLog';
import type { AwsPorts } from '../ports/awsPorts';
import { athenaEngine } from './athenaEngine';
import { awsCaller } from './call';
import { catalogs } from './catalogs';
import { awsClients } from './clients';
import { glueCrawlers } from './glueCrawlers';
import { glueCrawlerStore } from './glueCrawlerStore';
import { glueJobs } from './glueJobs';
import { gluePartitionIndexes } from './gluePartitionIndexes';
import { gluePartitions } from './gluePartitions';
import { gluePartitionSchemas } from './gluePartitionSchemas';
import { stsIdentity } from './identity';
import { lambdaFunctions } from './lambdaFunctions';
import { s3Facts } from './s3Facts';
import { s3Lifecycle } from './s3Lifecycle';
import { s3Store } from './s3Store';
import { s3Writer } from './s3Write';
import { stepFunctions } from './stepFunctions';
import { tableDetails } from './tableDetails';
import type { TransportOptions } from './transport';

/** Every AWS port over one set of clients; nothing is read or called before the first use. */
export function openAws(options: {
  readonly log: CallLog;
  readonly transport?: TransportOptions;
  /** Attempts of one call, the first included; 3 unless told, as the SDK has it. */
  readonly attempts?: number;
  readonly env?: Readonly<Record<string, string | undefined>>;
}): AwsPorts {
  // The SDK would print an advert for newer Nodes to standard error; which SDK runs is the lock file's business.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
  const clients = awsClients({
    transport: options.transport ?? {},
    attempts: options.attempts ?? 3,
    env: options.env ?? process.env,
  });
  const callAws = awsCaller(options.log);
  const { reader, directory, inGlue } = catalogs(clients, callAws);
  return {
    catalog: reader,
    directory,
    details: tableDetails(clients, callAws, inGlue),
    store: s3Store(clients, callAws),
    facts: s3Facts(clients, callAws),
    storage: s3Lifecycle(clients, callAws),
    writer: s3Writer(clients, callAws),
    engine: athenaEngine(clients, callAws),
    identity: stsIdentity(clients, callAws),
    partitions: gluePartitions(clients, callAws),
    indexes: gluePartitionIndexes(clients, callAws),
    schemas: gluePartitionSchemas(clients, callAws, inGlue),
    crawlers: glueCrawlerStore(clients, callAws),
    pipelines: {
      'state-machine': stepFunctions(clients, callAws),
      'glue-job': glueJobs(clients, callAws),
      crawler: glueCrawlers(clients, callAws),
      lambda: lambdaFunctions(clients, callAws),
    },
    forget: (connection) => clients.forget(connection),
  };
}
