import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import * as vscode from 'vscode';
import { isCancel, Problem } from '../../base/problem';
import type { Connection } from '../../connection/connection';
import { csvChunks } from '../../grid/csvExport';
import type { LakePorts } from '../../query/lakePorts';
import { fileChunks } from '../../query/resultFile';
import type { ResultRows } from '../../query/resultRows';
import { signalOf } from '../signal';

/** A result that can be written to a file. */
export interface Savable {
  readonly rows: ResultRows;
  readonly connection: Connection;
  readonly store: LakePorts['store'];
}

/**
 * Writes all rows of a result to a CSV file: the result file itself where it can be read, else the rows that
 * are there, once all are. Shows its progress; a cancel or a failure leaves no half file behind.
 */
export async function saveResult(result: Savable, path: string): Promise<void> {
  await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: `Writing ${path}`, cancellable: true },
    async (progress, token) => {
      const signal = signalOf(token);
      const part = `${path}.part`;
      try {
        await mkdir(dirname(path), { recursive: true });
        await pipeline(Readable.from(chunksOf(result, { progress, signal })), createWriteStream(part), {
          signal,
        });
        await rename(part, path);
      } catch (error) {
        await rm(part, { force: true });
        if (isCancel(error) || error instanceof Problem) throw error;
        const reason = error instanceof Error ? error.message : String(error);
        throw new Problem(`${path} could not be written: ${reason}.`, 'invalid', { cause: error });
      }
    },
  );
}

interface Writing {
  readonly progress: vscode.Progress<{ readonly message?: string; readonly increment?: number }>;
  readonly signal: AbortSignal;
}

async function* chunksOf(
  { rows, connection, store }: Savable,
  { progress, signal }: Writing,
): AsyncGenerator<Uint8Array | string> {
  const { file } = rows;
  if (file === undefined || !rows.csv) {
    await rows.done;
    yield* csvChunks(rows, signal);
    return;
  }
  for await (const chunk of fileChunks({ store, connection, file }, signal)) {
    progress.report({ increment: (100 * chunk.length) / Math.max(1, file.bytes) });
    yield chunk;
  }
}
