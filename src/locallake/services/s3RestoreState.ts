import { AwsError } from '../service';
import type { StoredObject } from '../store/objects';

/** Whether an archived object is given out, is on its way, or is not asked for. */
export function restoreState({ restore }: StoredObject): 'none' | 'ongoing' | 'restored' {
  if (restore === undefined || restore.until <= Date.now()) return 'none';
  return restore.ready <= Date.now() ? 'restored' : 'ongoing';
}

/** `x-amz-restore`, where an archived object was asked for. */
export function restoreHeader(object: StoredObject): Record<string, string> {
  const state = restoreState(object);
  if (state === 'none') return {};
  if (state === 'ongoing') return { 'x-amz-restore': 'ongoing-request="true"' };
  const until = new Date(object.restore?.until ?? 0).toUTCString();
  return { 'x-amz-restore': `ongoing-request="false", expiry-date="${until}"` };
}

/** InvalidObjectState for an archived object that is not restored. */
export function refuseArchived(object: StoredObject): void {
  if (!isArchived(object) || restoreState(object) === 'restored') return;
  throw new AwsError('InvalidObjectState', "The operation is not valid for the object's storage class", {
    status: 403,
    fields: { StorageClass: object.storageClass },
  });
}

/** True for the classes whose objects are given out only after a restore. */
export function isArchived({ storageClass }: StoredObject): boolean {
  return storageClass === 'GLACIER' || storageClass === 'DEEP_ARCHIVE';
}
