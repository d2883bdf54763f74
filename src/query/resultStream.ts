import { Problem } from '../base/problem';
import { CsvFault, csvReader } from './csvReader';
import { cutOff, fileChunks, s3Uri, type FileRequest } from './resultFile';
import type { ResultStore } from './resultStore';

/** What one turn of the event loop may parse: some 10 ms. */
const sliceBytes = 1024 * 1024;

export interface FileReading extends FileRequest {
  readonly bytes: number;
  /** CSV with a header, else one text a line. */
  readonly csv: boolean;
  readonly columns: number;
  /** Gets the rows. */
  readonly rows: ResultStore;
}

/**
 * Reads a result file into a store, and yields each time that whole rows were added. Stops quietly at
 * `bytes`; a file that breaks off or is no table is a Problem, a cancel an AbortError.
 */
export async function* readFile(
  reading: FileReading,
  signal: AbortSignal,
): AsyncGenerator<void, void, undefined> {
  const { rows, columns, file, bytes } = reading;
  const reader = reading.csv ? csvReader(rows, columns) : lineReader(rows);
  try {
    for await (const chunk of fileChunks(reading, signal)) {
      for (let at = 0; at < chunk.length; at += sliceBytes) {
        reader.push(chunk.subarray(at, at + sliceBytes));
        yield;
        await new Promise<void>((resolve) => setImmediate(resolve));
        signal.throwIfAborted();
      }
    }
    if (bytes === file.bytes) reader.end();
    yield;
  } catch (error) {
    if (!(error instanceof CsvFault)) throw error;
    if (error.fault === 'cut-off') throw cutOff(file);
    throw new Problem(
      `Row ${error.row + 1} of the result file ${s3Uri(file)} has not the ${columns} values of its columns, so the rest is not shown: open the file itself.`,
      'invalid',
      { cause: error, details: { target: s3Uri(file) } },
    );
  }
}

const newline = 0x0a;
const carriageReturn = 0x0d;

/** Each line is a row of one text: how Athena writes the results of DDL and SHOW. */
function lineReader(store: ResultStore): { push(chunk: Uint8Array): void; end(): void } {
  let kept: Uint8Array = new Uint8Array(0);
  const line = (bytes: Uint8Array): void => {
    const end = bytes.at(-1) === carriageReturn ? bytes.length - 1 : bytes.length;
    store.text(bytes, 0, end);
    store.endRow();
  };
  return {
    push(chunk) {
      const bytes = kept.length === 0 ? chunk : Buffer.concat([kept, chunk]);
      let at = 0;
      for (let end = bytes.indexOf(newline); end >= 0; end = bytes.indexOf(newline, at)) {
        line(bytes.subarray(at, end));
        at = end + 1;
      }
      kept = bytes.slice(at);
    },
    end() {
      if (kept.length > 0) line(kept);
      kept = new Uint8Array(0);
    },
  };
}
