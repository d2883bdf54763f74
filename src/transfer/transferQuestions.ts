import { formatBytes, formatCount } from '../base/format';
import { formatS3Uri } from '../zones/s3Uri';
import { chosenDownloads, type DownloadPlan } from './downloadPlan';
import type { Failure, Stop } from './eachItem';
import { sourceName } from './listBelow';
import { chosenUploads, type UploadPlan } from './uploadPlan';

/** So many names are told in a question; the rest is counted. */
const mostNamed = 8;

/** What is asked before files go one way or the other. */
export interface TransferQuestion {
  readonly message: string;
  readonly detail: string;
  /** The harmless one first; none when there is nothing to do. */
  readonly buttons: readonly { readonly title: string; readonly choice: 'replace' | 'keep' }[];
}

/** The question before an upload: counts, bytes, and what it would overwrite. */
export function uploadQuestion(plan: UploadPlan): TransferQuestion {
  const target = formatS3Uri({ bucket: plan.bucket, key: plan.prefix });
  const { existing, unseen, left } = plan;
  return question({
    verb: 'Upload',
    items: plan.items,
    fresh: chosenUploads(plan, 'keep'),
    place: `to ${target}`,
    notes: [
      existing.length === 0
        ? ''
        : `${counted(existing.length, 'object')} of that name ${are(existing.length)} there: ${named(existing.map(({ key }) => key.slice(plan.prefix.length)))}`,
      unseen === 0
        ? ''
        : `Of ${counted(unseen, 'file')} it cannot be seen whether an object of the name exists: they are written only if none does.`,
      left.length === 0 ? '' : `Left out: ${named(left.map(({ path, why }) => `${path} (${why})`))}`,
    ],
  });
}

/** The question before a download: counts, bytes, what it would overwrite, and what the disk cannot hold. */
export function downloadQuestion(plan: DownloadPlan): TransferQuestion {
  const { items, renamed, refused, archived } = plan;
  const there = items.filter(({ replaces }) => replaces);
  return question({
    verb: 'Download',
    items,
    fresh: chosenDownloads(plan, 'keep'),
    place: `from ${sourceName(plan.source)} to ${plan.folder}`,
    notes: [
      there.length === 0
        ? ''
        : `${counted(there.length, 'file')} of that name ${are(there.length)} there: ${named(there.map(({ path }) => path))}`,
      renamed.length === 0
        ? ''
        : `Written under another name, since this disk cannot hold it: ${named(renamed.map(({ path }) => path))}`,
      refused.length === 0 ? '' : `Left out: ${named(refused.map(({ problem }) => problem.message))}`,
      archived === 0
        ? ''
        : `${counted(archived, 'object')} ${are(archived)} archived: S3 gives those only while they are restored.`,
    ],
  });
}

function question(asked: {
  readonly verb: string;
  readonly items: readonly { readonly bytes: number }[];
  readonly fresh: readonly { readonly bytes: number }[];
  readonly place: string;
  readonly notes: readonly string[];
}): TransferQuestion {
  const { verb, items, fresh, place } = asked;
  const replaced = items.length - fresh.length;
  const all = formatCount(items.length);
  const buttons = [
    ...(fresh.length === 0
      ? []
      : [
          {
            title:
              replaced === 0
                ? `${verb} ${all}`
                : `${verb} ${formatCount(fresh.length)}, Keep ${formatCount(replaced)}`,
            choice: 'keep' as const,
          },
        ]),
    ...(replaced === 0
      ? []
      : [{ title: `${verb} ${all}, Overwrite ${formatCount(replaced)}`, choice: 'replace' as const }]),
  ];
  return {
    message: `${verb} ${counted(items.length, 'file')} (${formatBytes(bytesOf(items))}) ${place}?`,
    detail: asked.notes.filter((note) => note !== '').join('\n\n'),
    buttons,
  };
}

/** What a transfer came to, in one sentence. */
export function transferSummary(done: {
  readonly verb: 'Uploaded' | 'Downloaded';
  readonly files: number;
  readonly total: number;
  readonly bytes: number;
  readonly place: string;
  readonly failed: readonly Failure<unknown>[];
  readonly stopped?: Stop;
  /** What a stop leaves behind. */
  readonly kept: string;
}): string {
  const { verb, files, total, place, failed, stopped, kept } = done;
  const [first] = failed;
  const count =
    files === total ? counted(files, 'file') : `${formatCount(files)} of ${counted(total, 'file')}`;
  const what = `${verb} ${count} (${formatBytes(done.bytes)}) ${place}`;
  const failures =
    first === undefined
      ? ''
      : failed.length === 1
        ? ` One failed: ${first.problem.message}`
        : ` ${formatCount(failed.length)} failed, the first since: ${first.problem.message}`;
  if (stopped === 'cancelled') return `Stopped. ${what}. ${kept}${failures}`;
  if (stopped !== undefined) return `${stopped.message} ${what}. ${kept}`;
  return first === undefined ? `${what}.` : `${what}.${failures}`;
}

/** `312 MB of 1.2 GB · 41 of 214 files`. */
export function transferProgress(
  progress: { readonly files: number; readonly bytes: number },
  items: readonly { readonly bytes: number }[],
): string {
  const bytes = `${formatBytes(progress.bytes)} of ${formatBytes(bytesOf(items))}`;
  return `${bytes} · ${formatCount(progress.files)} of ${counted(items.length, 'file')}`;
}

function named(names: readonly string[]): string {
  const rest = names.length - mostNamed;
  return `${names.slice(0, mostNamed).join(', ')}${rest > 0 ? ` and ${formatCount(rest)} more` : ''}.`;
}

function bytesOf(items: readonly { readonly bytes: number }[]): number {
  return items.reduce((sum, { bytes }) => sum + bytes, 0);
}

function are(count: number): string {
  return count === 1 ? 'is' : 'are';
}

function counted(count: number, word: string): string {
  return `${formatCount(count)} ${word}${count === 1 ? '' : 's'}`;
}
