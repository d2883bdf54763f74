import { formatCount } from '../../base/format';
import { Problem } from '../../base/problem';
import type { Connection } from '../../connection/connection';
import { confirmationFor } from '../../transfer/confirmation';
import { sourceBase, sourceName, type TransferSource } from '../../transfer/listBelow';
import { forgetJournal, readJournal, type ReadJournal } from '../../transfer/transferJournal';
import { removalState, undoRemoval } from '../../transfer/undoRemoval';
import { withCancel } from '../withCancel';
import { askConfirmation } from './askConfirmation';
import type { ChangeBody } from './changePages';
import { type FilesParts, refuseReadOnly, shownPage } from './filesParts';

/** Brings back what a shown deletion or move hid; `undefined` when the user said no. */
export async function undoChange(
  parts: FilesParts,
  address: string | undefined,
  answer?: string,
): Promise<ChangeBody | undefined> {
  const { uri, page } = shownPage(parts, address);
  const { connection, body } = page;
  if (body.kind !== 'deleted' && body.kind !== 'moved')
    throw new Problem('There is nothing to bring back here: this is no deletion that was done.', 'invalid');
  const source = body.kind === 'deleted' ? body.source : body.plan.source;
  const journal = await readJournal(body.journal);
  const undone = await bringBack(parts, { connection, source, journal }, answer);
  if (undone !== undefined) parts.pages.set(uri, { connection, body: undone });
  return undone;
}

/** Brings back what an unfinished deletion or move hid, and shows what came of it. */
export async function bringBackFrom(
  parts: FilesParts,
  change: {
    readonly connection: Connection;
    readonly source: TransferSource;
    readonly journal: ReadJournal;
  },
): Promise<string | undefined> {
  const undone = await bringBack(parts, change, undefined);
  if (undone === undefined) return undefined;
  await forgetJournal(change.journal.path);
  return (await parts.pages.show({ connection: change.connection, body: undone })).toString();
}

async function bringBack(
  parts: FilesParts,
  change: {
    readonly connection: Connection;
    readonly source: TransferSource;
    readonly journal: ReadJournal;
  },
  answer: string | undefined,
): Promise<ChangeBody | undefined> {
  const { connection, source, journal } = change;
  const name = sourceName(source);
  refuseReadOnly(connection, name);
  const { markers, doubtful } = removalState(journal.lines);
  const count = markers.size + doubtful.length;
  const copies = journal.head.what === 'move' ? ` The copies in ${journal.head.to} stay where they are.` : '';
  const asked = confirmationFor({
    verb: 'Bring Back',
    objects: count,
    target: name,
    detail: `Their delete markers are removed for good (s3:DeleteObjectVersion), and the versions below show again.${copies}`,
    connection,
  });
  if (!(await askConfirmation(asked, answer))) return undefined;
  const { writer } = await parts.ports();
  try {
    const result = await withCancel(`Bringing back ${name}`, (report, signal) =>
      undoRemoval(
        writer,
        {
          connection,
          bucket: source.bucket,
          journal,
          onProgress: (done) => report(`${formatCount(done)} of ${counted(count)}`),
        },
        signal,
      ),
    );
    return { kind: 'undone', result, source };
  } finally {
    parts.onChanged({ bucket: source.bucket, prefix: sourceBase(source) });
  }
}

function counted(objects: number): string {
  return `${formatCount(objects)} object${objects === 1 ? '' : 's'}`;
}
