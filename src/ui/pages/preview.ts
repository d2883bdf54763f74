import type * as vscode from 'vscode';
import { Problem } from '../../base/problem';
import { previewPage } from '../../preview/page';
import { previewObject } from '../../preview/previewObject';
import type { LakePorts } from '../../query/lakePorts';
import { firstFile, tableSample, type PlacedObject } from '../../trees/sampleObject';
import { formatS3Uri } from '../../zones/s3Uri';
import { nameIn, subjectOf, type NodeArgument } from '../commands/nodeCommands';
import { withCancel } from '../withCancel';
import type { LakePages } from './lakePages';

/** What the commands that show pages are made with. */
export interface PageParts {
  readonly ports: () => Promise<LakePorts>;
  readonly pages: LakePages;
}

/** Shows what an object holds, or a file of a table's newest partition, from ranged reads; returns the page's address. */
export async function preview(
  given: NodeArgument | undefined,
  { ports, pages }: PageParts,
): Promise<vscode.Uri> {
  const subject = subjectOf(given);
  const { connection } = subject;
  const lake = await ports();
  const page = await withCancel('Reading the object…', async (report, signal) => {
    const { bucket, key, bytes, etag } = await objectOf(subject, lake, signal);
    // What is read in several requests has to be one and the same object.
    const same = etag === undefined ? {} : { etag };
    const name = formatS3Uri({ bucket, key });
    report(name);
    const read = (start: number, end: number): Promise<Uint8Array> =>
      lake.store.read(connection, { bucket, key, ...same, range: { start, end } }, signal);
    const found = await previewObject({ key, bytes, read });
    // The ending keeps editors for Parquet and CSV away from a page of text.
    return { path: `${bucket}/${key}.preview`, text: previewPage(found, name) };
  });
  return await pages.show({ connection, ...page });
}

interface Found {
  readonly bucket: string;
  readonly key: string;
  /** Of the whole object. */
  readonly bytes: number;
  readonly etag?: string;
}

async function objectOf(
  subject: ReturnType<typeof subjectOf>,
  lake: LakePorts,
  signal: AbortSignal,
): Promise<Found> {
  const { connection } = subject;
  switch (subject.kind) {
    case 'object': {
      const { bucket, key } = subject;
      return placed({ bucket, object: await lake.store.head(connection, { bucket, key }, signal) });
    }
    case 'partition':
      if (subject.location !== undefined) {
        return placed(await firstFile(lake.store, { connection, location: subject.location }, signal));
      }
      break;
    case 'table': {
      return placed(await tableSample(lake, { connection, name: nameIn(subject) }, signal));
    }
    case 'connection':
    case 'zone':
    case 'bucket':
    case 'prefix':
    case 'catalog':
    case 'database':
    case 'column':
    case 'pipeline':
    case 'run':
  }
  throw new Problem(
    'This has no file that could be shown: choose an object, a partition or a table.',
    'invalid',
  );
}

function placed({ bucket, object: { key, bytes, etag } }: PlacedObject): Found {
  return { bucket, key, bytes, ...(etag === undefined ? {} : { etag }) };
}
