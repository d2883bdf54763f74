import type * as vscode from 'vscode';
import { objectPage } from '../../trees/zonesObjectPage';
import { readObject } from '../../zones/readObject';
import { formatS3Uri } from '../../zones/s3Uri';
import { Problem } from '../../base/problem';
import type { NodeArgument } from '../commands/nodeCommands';
import type { FeatureParts } from '../featureParts';
import { withCancel } from '../withCancel';
import { chosenPlace } from './chosenPlace';

/** Shows all that S3 tells of an object as a page; what is denied is said there. Returns the page's address. */
export async function showObjectDetails(
  parts: FeatureParts,
  given: NodeArgument | undefined,
): Promise<vscode.Uri> {
  const { connection, place } = chosenPlace(given, parts);
  if (place.kind !== 'object')
    throw new Problem(`${formatS3Uri(place)} is no object: choose an object in the Zones view.`, 'invalid');
  const { bucket, key } = place;
  const { facts } = await parts.ports();
  const found = await withCancel(`Reading ${formatS3Uri(place)}…`, (_, signal) =>
    readObject(facts, { connection, bucket, key }, signal),
  );
  const text = objectPage({ bucket, key }, found, new Date());
  return await parts.pages.show({ connection, path: `${bucket}/${key}.details.md`, text });
}
