import { AwsError } from '../service';
import type { ObjectStore } from '../store/objects';
import { childText, child, malformedXml, readXml, type XmlElement } from '../wire/xmlReader';
import { checkDigests, checksumHeaders } from './s3Attributes';
import { type S3Operation, type S3Reply, type S3Request, notImplemented } from './s3Route';
import { foundVersion } from './s3Found';
import { isArchived, restoreState } from './s3RestoreState';

// Hours on AWS (https://docs.aws.amazon.com/AmazonS3/latest/userguide/restoring-objects-retrieval-options.html);
// here long enough to be seen, in milliseconds.
const waits: Readonly<Record<string, number>> = { Expedited: 2_000, Standard: 20_000, Bulk: 40_000 };
const day = 86_400_000;

/** RestoreObject: a copy of an archived object for some days. */
export function archiveOperations(store: ObjectStore): readonly S3Operation[] {
  return [
    {
      name: 'RestoreObject',
      method: 'POST',
      on: 'object',
      marker: 'restore',
      query: ['versionId'],
      headers: checksumHeaders,
      run: (request) => askFor(store, request),
    },
  ];
}

function askFor(store: ObjectStore, request: S3Request): S3Reply {
  checkDigests(request);
  const object = foundVersion(store, request);
  const asked = readXml(request.body, 'RestoreRequest');
  const other = asked.children.find(({ name }) => !['Days', 'Tier', 'GlacierJobParameters'].includes(name));
  if (other !== undefined) throw notImplemented(`${other.name} of RestoreRequest`);
  const tier = tierOf(asked);
  const days = Number(childText(asked, 'Days') ?? Number.NaN);
  if (!isArchived(object)) {
    throw new AwsError(
      'InvalidObjectState',
      "Restore is not allowed for the object's current storage class",
      {
        status: 403,
        fields: { StorageClass: object.storageClass },
      },
    );
  }
  if (!Number.isInteger(days) || days < 1) throw malformedXml();
  if (tier === 'Expedited' && object.storageClass === 'DEEP_ARCHIVE') {
    throw new AwsError(
      'InvalidArgument',
      'Retrieval option Expedited is not supported by this storage class',
      { fields: { ArgumentName: 'Tier', ArgumentValue: tier } },
    );
  }
  const state = restoreState(object);
  if (state === 'ongoing')
    throw new AwsError('RestoreAlreadyInProgress', 'Object restore is already in progress', { status: 409 });
  const now = Date.now();
  const ready = state === 'restored' ? now : now + (waits[tier] ?? 0);
  // S3 lets a copy go at the midnight after its days.
  const until = (Math.floor(now / day) + days + 1) * day;
  store.rewrite(request, { ...object, restore: { ready, until } });
  return { status: state === 'restored' ? 200 : 202 };
}

function tierOf(asked: XmlElement): string {
  const parameters = child(asked, 'GlacierJobParameters');
  const tier =
    childText(asked, 'Tier') ??
    (parameters === undefined ? undefined : childText(parameters, 'Tier')) ??
    'Standard';
  if (!(tier in waits)) throw malformedXml();
  return tier;
}

/** Ends the waiting for every archived object that is asked for now. */
export function finishRestores(store: ObjectStore): void {
  for (const { name } of store.buckets()) {
    for (const object of Array.from(store.under(name, ''))) {
      if (object.restore === undefined || restoreState(object) !== 'ongoing') continue;
      const restore = { ...object.restore, ready: Date.now() };
      store.rewrite({ bucket: name, key: object.key }, { ...object, restore });
    }
  }
}
