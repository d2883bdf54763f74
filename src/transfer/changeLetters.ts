import { formatBytes, formatCount, formatUsd } from '../base/format';
import { listCost } from '../zones/listPrice';
import type { StoredObject } from '../zones/objectStore';
import { formatS3Uri } from '../zones/s3Uri';
import type { CopyResult } from './copyObjects';
import { isThere, wouldReplace, type CopyPlan } from './copyPlan';
import type { Stop } from './eachItem';
import { sourceBase, sourceName } from './listBelow';
import type { RemovalPlan, Versioning } from './removalPlan';
import { keysPerRemoval, type RemovalResult } from './removeObjects';
import type { UndoResult } from './undoRemoval';

/** So many lines of each list are shown; the rest is counted. */
const mostShown = 500;

/** What a deletion will do, as a letter in Markdown. */
export function removalLetter({ source, objects, versioning, mfaDelete }: RemovalPlan): string {
  const name = sourceName(source);
  if (objects.length === 0) return `# Delete ${name}\n\nThere is no object: nothing is to be done.\n`;
  const base = sourceBase(source);
  return letter([
    `# Delete ${name}`,
    '',
    `${counted(objects.length, 'object')}, ${formatBytes(bytesOf(objects))}. Nothing has been deleted yet.`,
    '',
    wayBack(versioning, mfaDelete),
    '',
    'An object that is written anew before its turn is left alone: each is deleted only if it is still the one listed here.',
    '',
    ...classes(objects),
    ...list(
      `## ${counted(objects.length, 'object')}`,
      objects.map((one) => `${shown(one.key.slice(base.length))}   ${facts(one)}`),
    ),
    '## What it takes',
    '',
    `${counted(Math.ceil(objects.length / keysPerRemoval), 'request')}, which S3 does not bill, and the permissions s3:DeleteObject and, to delete only what is listed here, s3:GetObject.`,
  ]);
}

/** What a copy or a move will do, as a letter in Markdown. */
export function copyLetter(plan: CopyPlan, move: boolean): string {
  const { source, target, items, versioning, mfaDelete } = plan;
  const verb = move ? 'Move' : 'Copy';
  const title = `# ${verb} ${sourceName(source)} to ${formatS3Uri(target)}`;
  if (items.length === 0) return `${title}\n\nThere is no object: nothing is to be done.\n`;
  const same = items.filter(isThere);
  const replaced = items.filter(wouldReplace);
  const fresh = items.length - same.length - replaced.length;
  const base = sourceBase(source);
  const requests = listCost(items.length - same.length);
  const line = (item: (typeof items)[number]): string =>
    `${shown(item.key.slice(base.length))}   ${formatBytes(item.bytes)}   to ${shown(item.to)}`;
  return letter([
    title,
    '',
    `${counted(items.length, 'object')}, ${formatBytes(bytesOf(items))}. Nothing has been ${move ? 'moved' : 'copied'} yet.`,
    '',
    `- ${counted(fresh, 'object')} would be new there.`,
    ...(same.length === 0
      ? []
      : [
          `- ${counted(same.length, 'object')} ${are(same.length)} there already with the same content${move ? ': only the source is removed' : ', and left alone'}.`,
        ]),
    ...(replaced.length === 0
      ? []
      : [
          `- ${counted(replaced.length, 'object')} would overwrite something else, if you say so; otherwise both stay as they are.`,
        ]),
    '',
    ...(move
      ? [
          'A source is removed when its copy is known to be whole, and only if it is still what was copied.',
          '',
          wayBack(versioning, mfaDelete),
          '',
        ]
      : []),
    ...archived(items),
    ...list(
      `## ${counted(replaced.length, 'object')} would be overwritten`,
      replaced.map((item) => `${line(item)}   over ${formatBytes(item.there?.bytes ?? 0)}`),
    ),
    ...list(`## ${counted(items.length, 'object')}`, items.map(line)),
    '## What it takes',
    '',
    `S3 copies by itself: no byte passes through this computer. ${counted(requests.requests, 'request')} or more, ${formatUsd(requests.usd)} at the prices of us-east-1, and transfer where the buckets lie in two regions.`,
    '',
    `Permissions: s3:GetObject and s3:GetObjectTagging on the source, s3:PutObject and s3:PutObjectTagging on the target${move ? ', s3:DeleteObject on the source' : ''}.`,
  ]);
}

/** What a deletion did. */
export function removalDoneLetter(result: RemovalResult, name: string): string {
  return letter([
    `# Deleted from ${name}`,
    '',
    `${counted(result.removed, 'object')}, ${formatBytes(result.bytes)}.`,
    '',
    ...stop(result.stopped, 'Listing again shows what is left.'),
    backNote(result),
    '',
    ...left(result),
  ]);
}

/** What a copy or a move did. */
export function copyDoneLetter(result: CopyResult, { source, target }: CopyPlan, move: boolean): string {
  const { copied, bytes, already, kept, failed, removal } = result;
  return letter([
    `# ${move ? 'Moved' : 'Copied'} ${sourceName(source)} to ${formatS3Uri(target)}`,
    '',
    `${counted(copied, 'object')} copied, ${formatBytes(bytes)}${already === 0 ? '' : `; ${counted(already, 'object')} ${are(already)} there already`}.`,
    '',
    ...stop(result.stopped, 'Nothing is lost: what was not removed is where it was. Listing again goes on.'),
    ...(removal === undefined
      ? []
      : [
          `${counted(removal.removed, 'source')} removed.${removal.removed === 0 ? '' : ` ${backNote(removal)}`}`,
          '',
        ]),
    ...list(
      `## ${counted(kept.length, 'object')} not ${move ? 'moved' : 'copied'}: something else is at the target`,
      kept.map(shown),
    ),
    ...list(
      `## ${counted(failed.length, 'object')} failed`,
      failed.map(({ key, problem }) => `${shown(key)}   ${problem.message}`),
    ),
    ...(removal === undefined ? [] : left(removal)),
  ]);
}

/** What bringing back did. */
export function undoneLetter({ restored, failed }: UndoResult, name: string): string {
  return letter([
    `# Brought back in ${name}`,
    '',
    `${counted(restored, 'object')}: their delete markers are removed.`,
    '',
    ...list(
      `## ${counted(failed.length, 'object')} failed`,
      failed.map(({ key, problem }) => `${shown(key)}   ${problem.message}`),
    ),
  ]);
}

/** Whether what is deleted can be had back, in a sentence. */
export function wayBack(versioning: Versioning, mfaDelete: boolean): string {
  switch (versioning) {
    case 'on':
      return mfaDelete
        ? 'The bucket keeps versions: a delete marker hides each object, and its bytes stay and are billed. MFA delete is on, so that only the owner of its device can remove the markers.'
        : 'The bucket keeps versions: a delete marker hides each object, its bytes stay and are billed, and it can be brought back from here.';
    case 'suspended':
      return '**There is no way back**: versions are suspended on this bucket, so that what was written since is gone for good.';
    case 'never':
      return '**There is no way back**: the bucket keeps no versions.';
    case 'unknown':
  }
  return '**Count on no way back**: whether the bucket keeps versions could not be read (s3:GetBucketVersioning).';
}

function backNote({ removed, markers }: RemovalResult): string {
  if (removed === 0) return 'Nothing was removed.';
  if (markers === removed) return 'All of it can be brought back: delete markers stand for what was there.';
  if (markers === 0) return 'It is gone for good: the bucket keeps no versions.';
  return `${counted(markers, 'object')} can be brought back; the rest is gone for good.`;
}

function stop(stopped: Stop | undefined, then: string): string[] {
  if (stopped === undefined) return [];
  return [
    `**It ended before all was done**: ${stopped === 'cancelled' ? 'it was cancelled.' : stopped.message} ${then}`,
    '',
  ];
}

function left({ gone, changed, failed }: RemovalResult): string[] {
  return [
    ...list(`## ${counted(gone.length, 'object')} not there any more`, gone.map(shown)),
    ...list(
      `## ${counted(changed.length, 'object')} written anew since it was listed, and left alone`,
      changed.map(shown),
    ),
    ...list(
      `## ${counted(failed.length, 'object')} failed`,
      failed.map(({ item, problem }) => `${shown(item.key)}   ${problem.message}`),
    ),
  ];
}

function archived(items: readonly { readonly storageClass?: string }[]): string[] {
  const count = items.filter(({ storageClass }) =>
    /^(GLACIER|DEEP_ARCHIVE)$/.test(storageClass ?? ''),
  ).length;
  if (count === 0) return [];
  return [
    `${counted(count, 'object')} ${are(count)} archived: S3 copies those only while they are restored.`,
    '',
  ];
}

/** Days that S3 bills at least: https://aws.amazon.com/s3/storage-classes/ */
const leastDays: Readonly<Record<string, number>> = {
  STANDARD_IA: 30,
  ONEZONE_IA: 30,
  GLACIER_IR: 90,
  GLACIER: 90,
  DEEP_ARCHIVE: 180,
};

function classes(objects: readonly StoredObject[]): string[] {
  const sums = new Map<string, { count: number; bytes: number }>();
  for (const { storageClass = 'STANDARD', bytes } of objects) {
    const sum = sums.get(storageClass) ?? { count: 0, bytes: 0 };
    sums.set(storageClass, { count: sum.count + 1, bytes: sum.bytes + bytes });
  }
  if (sums.size === 1 && sums.has('STANDARD')) return [];
  const lines = [...sums].map(
    ([name, { count, bytes }]) => `- ${name}: ${counted(count, 'object')}, ${formatBytes(bytes)}`,
  );
  const early = [...sums.keys()].flatMap((name) => {
    const days = leastDays[name];
    return days === undefined ? [] : [`${name} ${days} days`];
  });
  return [
    ...lines,
    '',
    ...(early.length === 0 ? [] : [`Billed for at least, deleted sooner or not: ${early.join(', ')}.`, '']),
  ];
}

function list(title: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return [];
  const rest = lines.length - mostShown;
  return [
    title,
    '',
    ...lines.slice(0, mostShown).map((line) => `    ${line}`),
    ...(rest > 0 ? [`    and ${formatCount(rest)} more`] : []),
    '',
  ];
}

function facts({ bytes, modifiedAt }: StoredObject): string {
  return `${formatBytes(bytes)}${modifiedAt === undefined ? '' : `   ${modifiedAt.toISOString().slice(0, 16).replace('T', ' ')}`}`;
}

/** On one line, whatever signs the key holds. */
function shown(key: string): string {
  if (key === '') return '(the prefix itself)';
  // oxlint-disable-next-line no-control-regex -- they are what is replaced
  return key.replace(/[\u0000-\u001f\u007f\u2028\u2029]/g, (sign) => JSON.stringify(sign).slice(1, -1));
}

function letter(lines: readonly string[]): string {
  return `${lines.join('\n').trimEnd()}\n`;
}

function bytesOf(objects: readonly { readonly bytes: number }[]): number {
  return objects.reduce((sum, { bytes }) => sum + bytes, 0);
}

function are(count: number): string {
  return count === 1 ? 'is' : 'are';
}

function counted(count: number, word: string): string {
  return `${formatCount(count)} ${word}${count === 1 ? '' : 's'}`;
}
