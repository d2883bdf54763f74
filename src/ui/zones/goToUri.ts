import * as vscode from 'vscode';
import { isCancel, Problem } from '../../base/problem';
import type { Connection } from '../../connection/connection';
import { lookUpPlace, type FoundPlace } from '../../zones/lookUpPlace';
import { placeFrom } from '../../zones/placeText';
import { formatS3Uri, type S3Place } from '../../zones/s3Uri';
import type { FeatureParts } from '../featureParts';
import { withCancel } from '../withCancel';
import { chosenConnection } from './chosenPlace';
import { revealOpened } from './revealPlace';

/** An address, and the connection to go there over; each is asked for where it is absent. */
export interface GoToArgument {
  readonly uri?: string;
  readonly connection?: Connection;
}

/** Shows the place of an address in the Zones view, listed by itself: the account's buckets need not be. */
export async function goToUri(
  parts: FeatureParts,
  given: GoToArgument = {},
): Promise<FoundPlace | undefined> {
  const uri = given.uri ?? (await askUri());
  if (uri === undefined) return undefined;
  const place = placeFrom(uri);
  const connection = given.connection ?? (await chosenConnection(parts));
  return connection === undefined ? undefined : await openPlace(parts, { connection, place });
}

/** Puts a place among the opened ones, and shows it there. */
export async function openPlace(
  parts: Pick<FeatureParts, 'ports' | 'views' | 'zones'>,
  { connection, place }: { readonly connection: Connection; readonly place: S3Place },
): Promise<FoundPlace> {
  const { store } = await parts.ports();
  const found = await withCancel(`Looking up ${formatS3Uri(place)}…`, (_, signal) =>
    lookUpPlace(store, { connection, place }, signal),
  );
  const { bucket, key } = found;
  const kept = { bucket, key, ...(found.kind === 'object' ? { kind: found.kind } : {}) };
  await parts.zones.memory.open(connection, kept);
  await revealOpened(parts.views.zones, { connection, place: kept });
  return found;
}

/** What was copied is most often where one wants to go. */
async function askUri(): Promise<string | undefined> {
  const copied = (await vscode.env.clipboard.readText()).trim();
  return await vscode.window.showInputBox({
    title: 'Go to S3 URI',
    prompt: 'Also takes an ARN and a link to S3 or its console. The right to list buckets is not needed.',
    placeHolder: 's3://bucket/prefix/',
    value: readable(copied) ? copied : 's3://',
    ignoreFocusOut: true,
    validateInput: (text) => (text === 's3://' ? undefined : faultOf(text)),
  });
}

function readable(text: string): boolean {
  return text !== '' && faultOf(text) === undefined;
}

function faultOf(text: string): string | undefined {
  try {
    placeFrom(text);
    return undefined;
  } catch (error) {
    if (isCancel(error) || !(error instanceof Problem)) throw error;
    return error.message;
  }
}
