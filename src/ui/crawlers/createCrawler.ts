import { isCancel, Problem } from '../../base/problem';
import type { Connection } from '../../connection/connection';
import { proposedConfiguration } from '../../crawlers/proposal';
import { prefixOf } from '../../inference/prefixOf';
import type { AwsPorts } from '../../ports/awsPorts';
import type { NodeArgument } from '../commands/nodeCommands';
import { databaseFor, placeOf } from '../createTable/createTable';
import type { FeatureParts } from '../featureParts';
import { withCancel } from '../withCancel';
import type { ConfigurationDocuments } from './configurationDocuments';

/** What was proposed, as plain data. */
export interface ProposedDocument {
  readonly uri: string;
  readonly text: string;
}

/** Opens the configuration of a crawler for a prefix; creates nothing. `undefined` when a question was closed. */
export async function createCrawler(
  parts: FeatureParts,
  documents: ConfigurationDocuments,
  given: NodeArgument | string | undefined,
): Promise<ProposedDocument | undefined> {
  const place = await placeOf(given, parts);
  if (place === undefined) return undefined;
  const { connection, uri } = place;
  const { bucket, prefix } = prefixOf(uri);
  const ports = await parts.ports();
  const text = await withCancel(`Looking at ${uri}`, async (onProgress, signal) => {
    const { crawlShape } = await import('../../inference/crawlShape');
    const shape = await crawlShape(ports.store, { connection, bucket, prefix, onProgress }, signal);
    const role = await usualRole(ports, connection, signal);
    return proposedConfiguration({
      bucket,
      prefix,
      database: databaseFor(parts, connection, uri),
      ...shape,
      ...(role === undefined ? {} : { role }),
    });
  });
  const address = await documents.open({ connection }, text);
  return { uri: address.toString(), text };
}

/** The role that most crawlers there have; none where they may not be listed. */
async function usualRole(
  { crawlers }: Pick<AwsPorts, 'crawlers'>,
  connection: Connection,
  signal: AbortSignal,
): Promise<string | undefined> {
  try {
    const [role] = await crawlers.roles(connection, signal);
    return role;
  } catch (error) {
    if (isCancel(error) || !(error instanceof Problem)) throw error;
    return undefined; // it is asked for in the document
  }
}
