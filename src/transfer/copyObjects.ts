import { Problem } from '../base/problem';
import { copyOne, type CopyParts } from './copyOne';
import { isThere, wouldReplace, type CopyItem, type CopyPlan } from './copyPlan';
import { eachUntilStop, type Stop } from './eachItem';
import { pacedCalls } from './pacedCalls';
import { keysPerRemoval, type RemovalLine, type RemovalResult, removeObjects } from './removeObjects';
import type { JournalLine, TransferJournal } from './transferJournal';

/** Lines of a copy's or move's journal. */
export type CopyLine =
  | RemovalLine
  | {
      readonly kind: 'copied';
      readonly key: string;
      readonly etag: string;
      readonly to: string;
      readonly toEtag: string;
    };

/** Source key with its ETag, to the ETag of its copy: what an earlier run has copied and perhaps not yet removed. */
export type CopiedBefore = ReadonlyMap<string, string>;

/** Reads what a journal knows to be copied. */
export function copiedBefore(lines: readonly JournalLine[]): CopiedBefore {
  const copied = new Map<string, string>();
  // A cast, since the lines come from JSON: the head has said that they are a copy's.
  for (const line of lines as readonly CopyLine[])
    if (line.kind === 'copied') copied.set(pairKey(line), line.toEtag);
  return copied;
}

export interface CopyOptions extends Pick<CopyParts, 'writer' | 'facts' | 'connection' | 'largest'> {
  readonly plan: CopyPlan;
  readonly move: boolean;
  /** What happens where something else is at the target. */
  readonly choice: 'replace' | 'keep';
  readonly journal: TransferJournal<CopyLine>;
  readonly before?: CopiedBefore;
  readonly onProgress?: (progress: { readonly objects: number; readonly bytes: number }) => void;
  readonly random?: () => number;
}

/** What a copy or move came to. */
export interface CopyResult {
  readonly copied: number;
  readonly bytes: number;
  /** The same content was at the target already. */
  readonly already: number;
  /** Something else was at the target and was kept. */
  readonly kept: readonly string[];
  readonly failed: readonly { readonly key: string; readonly problem: Problem }[];
  /** Of a move: what became of the sources of what was copied. */
  readonly removal?: RemovalResult;
  /** It ended before all was copied; the rest was not touched. */
  readonly stopped?: Stop;
}

/**
 * Copies inside S3; a move then removes the sources whose copies are known to be whole, batch by batch, each only if it
 * is still what was copied. A kill or cancel loses nothing: what is not removed is still there, and doing it again goes on.
 */
export async function copyObjects(options: CopyOptions, signal: AbortSignal): Promise<CopyResult> {
  const { plan, move, choice, journal, writer, facts, connection, largest } = options;
  const calls = pacedCalls({ width: 16, ...(options.random ? { random: options.random } : {}) }, signal);
  const parts: CopyParts = {
    writer,
    facts,
    connection,
    calls,
    ...(largest === undefined ? {} : { largest }),
  };
  const failed: { key: string; problem: Problem }[] = [];
  const kept: string[] = [];
  const removals: RemovalResult[] = [];
  const sum = { copied: 0, bytes: 0, already: 0, objects: 0 };
  const tell = (): void => options.onProgress?.({ objects: sum.objects, bytes: sum.bytes });

  const batches = Math.ceil(plan.items.length / keysPerRemoval);
  let stopped: Stop | undefined;
  for (let batch = 0; batch < batches && stopped === undefined; batch += 1) {
    const arrived: CopyItem[] = [];
    const copying = await eachUntilStop(
      {
        items: plan.items.slice(batch * keysPerRemoval, (batch + 1) * keysPerRemoval),
        width: 16,
        run: async (item) => {
          const isKept = wouldReplace(item) && !wasCopied(options, item) && choice === 'keep';
          if (isThere(item) || wasCopied(options, item)) {
            // It was listed some time ago, and a move is about to remove the only other one.
            if (move) await assertThere(parts, { bucket: plan.target.bucket, item }, signal);
            sum.already += 1;
          } else if (isKept) kept.push(item.key);
          else {
            const from = { bucket: plan.source.bucket, key: item.key };
            const to = { bucket: plan.target.bucket, key: item.to };
            const { etag: toEtag } = await copyOne(parts, { from, to, item }, signal);
            await journal.note({ kind: 'copied', key: item.key, etag: item.etag, to: item.to, toEtag });
            sum.copied += 1;
            sum.bytes += item.bytes;
          }
          if (!isKept) arrived.push(item);
          sum.objects += 1;
          tell();
        },
      },
      signal,
    );
    for (const { item, problem } of copying.failures) failed.push({ key: item.key, problem });
    ({ stopped } = copying);
    if (!move || arrived.length === 0 || stopped !== undefined) continue;
    const removal = await removeObjects(
      writer,
      {
        connection,
        bucket: plan.source.bucket,
        objects: arrived,
        journal: {
          ...journal,
          append: (...lines) => journal.append(...lines.filter(({ kind }) => kind !== 'end')),
        },
        ...(options.random ? { random: options.random } : {}),
      },
      signal,
    );
    removals.push(removal);
    ({ stopped } = removal);
  }
  const removal = move ? summed(removals) : undefined;
  const whole = failed.length === 0 && (removal?.failed.length ?? 0) === 0 && stopped === undefined;
  if (whole) await journal.append({ kind: 'end' });
  const { copied, bytes, already } = sum;
  return {
    copied,
    bytes,
    already,
    kept,
    failed,
    ...(removal === undefined ? {} : { removal }),
    ...(stopped === undefined ? {} : { stopped }),
  };
}

async function assertThere(
  { writer, connection, calls }: CopyParts,
  { bucket, item }: { readonly bucket: string; readonly item: CopyItem },
  signal: AbortSignal,
): Promise<void> {
  const now = await calls(() => writer.describe(connection, { bucket, key: item.to }, signal));
  if (now.etag === item.there?.etag && now.bytes === item.bytes) return;
  throw new Problem(
    `s3://${bucket}/${item.to} was changed since it was listed, so ${item.key} was not removed: list again.`,
    'changed',
  );
}

/** An earlier run copied it, and its copy is there as that run left it. */
function wasCopied({ before }: CopyOptions, item: CopyItem): boolean {
  const copy = before?.get(pairKey(item));
  return copy !== undefined && item.there?.etag === copy && item.there.bytes === item.bytes;
}

function pairKey({
  key,
  etag,
  to,
}: {
  readonly key: string;
  readonly etag: string;
  readonly to: string;
}): string {
  return JSON.stringify([key, etag, to]);
}

function summed(all: readonly RemovalResult[]): RemovalResult {
  const total = (of: 'removed' | 'bytes' | 'markers'): number => all.reduce((sum, one) => sum + one[of], 0);
  return {
    removed: total('removed'),
    bytes: total('bytes'),
    markers: total('markers'),
    gone: all.flatMap(({ gone }) => gone),
    changed: all.flatMap(({ changed }) => changed),
    failed: all.flatMap(({ failed }) => failed),
  };
}
