import { isCancel, Problem } from '../base/problem';
import type { Connection } from '../connection/connection';
import type { BucketDetails, Encryption, ObjectDetails, ObjectFacts } from './objectDetails';

/** All that could be read of an object; `problems` says of the rest why it could not. */
export interface ReadObject {
  readonly details?: ObjectDetails;
  readonly tags?: Readonly<Record<string, string>>;
  readonly versioning?: Pick<BucketDetails, 'versioning' | 'mfaDelete'>;
  /** What the bucket does where a writer asks for nothing. */
  readonly bucketEncryption?: Encryption;
  readonly problems: readonly Problem[];
}

/**
 * Asks for everything of an object side by side, four requests. A denial of one leaves the others; only where nothing
 * at all can be read does its Problem come out.
 */
export async function readObject(
  facts: ObjectFacts,
  {
    connection,
    bucket,
    key,
  }: { readonly connection: Connection; readonly bucket: string; readonly key: string },
  signal: AbortSignal,
): Promise<ReadObject> {
  const [details, tags, versioning, bucketEncryption] = await Promise.all([
    tried(facts.details(connection, { bucket, key }, signal)),
    tried(facts.tags(connection, { bucket, key }, signal)),
    tried(facts.versioning(connection, { bucket }, signal)),
    tried(facts.encryption(connection, { bucket }, signal)),
  ]);
  const problems = [details, tags, versioning, bucketEncryption].filter((one) => one instanceof Problem);
  const [first] = problems;
  // What is not there has no details, whatever its bucket does.
  if (details instanceof Problem && (details.kind === 'missing' || problems.length === 4)) throw details;
  if (first !== undefined && first.kind === 'signed-out') throw first;
  return {
    ...(details instanceof Problem ? {} : { details }),
    ...(tags instanceof Problem ? {} : { tags }),
    ...(versioning instanceof Problem ? {} : { versioning }),
    ...(bucketEncryption === undefined || bucketEncryption instanceof Problem ? {} : { bucketEncryption }),
    problems,
  };
}

async function tried<T>(asked: Promise<T>): Promise<T | Problem> {
  try {
    return await asked;
  } catch (error) {
    if (isCancel(error) || !(error instanceof Problem)) throw error;
    return error;
  }
}
