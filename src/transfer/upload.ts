import { open, readFile, stat, type FileHandle } from 'node:fs/promises';
import { Problem } from '../base/problem';
import type { Connection } from '../connection/connection';
import { contentTypeOf } from './contentTypes';
import { eachItem, eachUntilStop, type Failure, type Stop } from './eachItem';
import { localProblem } from './localProblem';
import type { ObjectHeaders, ObjectWriter, UploadedPart } from './objectWriter';
import { pacedCalls, type PacedCalls } from './pacedCalls';
import { partBytesOf, partRanges, partWidth, type PartRange, singlePutBytes } from './partPlan';
import { putObject } from './putObject';
import type { TransferJournal } from './transferJournal';
import type { UploadItem } from './uploadPlan';
import type { OpenUpload, UploadLine, UploadState } from './uploadState';

/** How far a transfer is. */
export interface TransferProgress {
  readonly files: number;
  readonly bytes: number;
}

export interface UploadOptions {
  readonly connection: Connection;
  readonly bucket: string;
  readonly items: readonly UploadItem[];
  readonly journal: TransferJournal<UploadLine>;
  /** What the journal told of the run before; absent: there was none. */
  readonly before?: UploadState;
  readonly onProgress?: (progress: TransferProgress) => void;
  readonly random?: () => number;
  /** Bytes above which parts are sent, and of each part at least; S3's limits allow 5 MB and more. */
  readonly partBytes?: number;
}

/** What an upload came to. */
export interface UploadResult {
  readonly done: number;
  /** Bytes that were sent by this run. */
  readonly bytes: number;
  readonly failed: readonly Failure<UploadItem>[];
  /** It ended before all was asked for; what was sent so far is kept. */
  readonly stopped?: Stop;
}

/**
 * Sends files, several side by side, large ones in parts. What goes wrong with one is collected and the others go on.
 * A cancel leaves the parts that were sent in S3, and the journal knows them: the next run sends only the rest.
 */
export async function uploadFiles(
  writer: ObjectWriter,
  options: UploadOptions,
  signal: AbortSignal,
): Promise<UploadResult> {
  const { items, journal, before } = options;
  const run: Run = {
    writer,
    options,
    calls: pacedCalls({ width: 8, ...(options.random ? { random: options.random } : {}) }, signal),
    sent: 0,
    done: 0,
    tell: () => options.onProgress?.({ files: run.done, bytes: run.sent }),
    signal,
  };
  // Before the first byte leaves: a kill right after it must find the list.
  const fresh = items.filter((item) => before?.items.get(item.key)?.changedAt !== item.changedAt);
  if (fresh.length > 0) await journal.append(...fresh.map((item) => ({ kind: 'file' as const, item })));
  const { failures: failed, stopped } = await eachUntilStop(
    { items, width: 4, run: (item) => uploadOne(run, item) },
    signal,
  );
  if (failed.length === 0 && stopped === undefined) await journal.append({ kind: 'end' });
  return {
    done: run.done,
    bytes: run.sent,
    failed,
    ...(stopped === undefined ? {} : { stopped }),
  };
}

interface Run {
  readonly writer: ObjectWriter;
  readonly options: UploadOptions;
  readonly calls: PacedCalls;
  sent: number;
  done: number;
  readonly tell: () => void;
  readonly signal: AbortSignal;
}

async function uploadOne(run: Run, item: UploadItem): Promise<void> {
  const { journal, partBytes: smallest = singlePutBytes } = run.options;
  try {
    await assertUnchanged(item);
    if (item.bytes > smallest) await sendParts(run, item, smallest);
    else await sendWhole(run, item);
  } catch (error) {
    throw localProblem(error, item.path);
  }
  await journal.note({ kind: 'done', key: item.key });
  run.done += 1;
  run.tell();
}

async function sendWhole(run: Run, item: UploadItem): Promise<void> {
  const { connection, bucket } = run.options;
  const body = await readFile(item.path);
  if (body.length !== item.bytes) throw changedFile(item);
  const place = { bucket, key: item.key };
  const request = { place, body, condition: item.condition, headers: headersOf(item) };
  await putObject({ ...run, connection }, request, run.signal);
  run.sent += item.bytes;
}

async function sendParts(run: Run, item: UploadItem, smallest: number): Promise<void> {
  const { writer, calls, signal } = run;
  const { connection, bucket, journal } = run.options;
  const { key } = item;
  const upload = (await resumed(run, item)) ?? (await begun(run, item, smallest));
  const sent = new Map(upload.sent.map((part) => [part.number, part]));
  const ranges = partRanges(item.bytes, upload.partBytes);
  const file = await open(item.path, 'r');
  try {
    await eachItem(
      {
        items: ranges.filter(({ number }) => !sent.has(number)),
        width: partWidth(upload.partBytes),
        run: async (range) => {
          const part = await calls(async () => {
            const body = await bytesAt(file, range, item);
            return await writer.part(
              connection,
              { bucket, key, upload: upload.id, number: range.number, body },
              signal,
            );
          });
          sent.set(part.number, part);
          await journal.note({
            kind: 'part',
            upload: upload.id,
            number: part.number,
            etag: part.etag,
          });
          run.sent += part.bytes;
          run.tell();
        },
        together: true,
      },
      signal,
    );
  } finally {
    await file.close();
  }
  await assertUnchanged(item);
  const parts = [...sent.values()].toSorted((a, b) => a.number - b.number);
  await calls(() =>
    writer.complete(connection, { bucket, key, upload: upload.id, parts, condition: item.condition }, signal),
  );
  await journal.append({ kind: 'closed', key, upload: upload.id });
}

interface Begun {
  readonly id: string;
  readonly partBytes: number;
  readonly sent: readonly UploadedPart[];
}

async function begun(run: Run, item: UploadItem, smallest: number): Promise<Begun> {
  const { connection, bucket, journal } = run.options;
  const partBytes = partBytesOf(item.bytes, smallest);
  const id = await run.calls(() =>
    run.writer.begin(connection, { bucket, key: item.key, headers: headersOf(item) }, run.signal),
  );
  await journal.append({ kind: 'upload', key: item.key, upload: id, partBytes });
  return { id, partBytes, sent: [] };
}

/** The upload of the run before, if the file is the same still and S3 knows the upload; only parts of both count. */
async function resumed(run: Run, item: UploadItem): Promise<Begun | undefined> {
  const { connection, bucket, before, journal } = run.options;
  const known = before?.open.get(item.key);
  const planned = before?.items.get(item.key);
  if (known === undefined || planned === undefined) return undefined;
  const place = { bucket, key: item.key, upload: known.upload };
  if (planned.changedAt !== item.changedAt || planned.bytes !== item.bytes) {
    // Parts of another content: they would only cost.
    await run.writer.abort(connection, place, run.signal);
    await journal.append({ kind: 'closed', key: item.key, upload: known.upload });
    return undefined;
  }
  try {
    const listed = await run.calls(() => run.writer.parts(connection, place, run.signal));
    const sent = listed.filter((part) => isOurs(part, { known, item }));
    run.sent += sent.reduce((sum, { bytes }) => sum + bytes, 0);
    run.tell();
    return { id: known.upload, partBytes: known.partBytes, sent };
  } catch (error) {
    if (!(error instanceof Problem) || error.kind !== 'missing') throw error;
    await journal.append({ kind: 'closed', key: item.key, upload: known.upload });
    return undefined; // aborted since, by a lifecycle rule perhaps
  }
}

function isOurs(
  { number, etag, bytes }: UploadedPart,
  { known, item }: { readonly known: OpenUpload; readonly item: UploadItem },
): boolean {
  const range = partRanges(item.bytes, known.partBytes)[number - 1];
  return known.parts.get(number) === etag && range !== undefined && bytes === range.end - range.start;
}

async function bytesAt(file: FileHandle, { start, end }: PartRange, item: UploadItem): Promise<Uint8Array> {
  const body = Buffer.allocUnsafe(end - start);
  for (let at = 0; at < body.length;) {
    const { bytesRead } = await file.read(body, at, body.length - at, start + at);
    if (bytesRead === 0) throw changedFile(item);
    at += bytesRead;
  }
  return body;
}

async function assertUnchanged(item: UploadItem): Promise<void> {
  const now = await stat(item.path);
  if (now.size !== item.bytes || Math.floor(now.mtimeMs) !== item.changedAt) throw changedFile(item);
}

function changedFile({ path }: UploadItem): Problem {
  return new Problem(`${path} was changed while it was uploaded: upload it again.`, 'changed');
}

function headersOf({ key }: UploadItem): ObjectHeaders {
  const contentType = contentTypeOf(key);
  return contentType === undefined ? {} : { contentType };
}

/** Throws away the parts that uploads of a journal left in S3; returns how many uploads there were. */
export async function discardUploads(
  writer: ObjectWriter,
  request: {
    readonly connection: Connection;
    readonly bucket: string;
    readonly open: UploadState['open'];
  },
  signal: AbortSignal,
): Promise<number> {
  const { connection, bucket, open: uploads } = request;
  for (const { key, upload } of uploads.values())
    await writer.abort(connection, { bucket, key, upload }, signal);
  return uploads.size;
}
