import { formatBytes, formatCount } from '../base/format';
import { schemaEvolution, type FieldChange } from './evolution';
import { numberOf } from './exactJson';
import { tableHistory } from './history';
import type { IcebergFile } from './manifests';
import type { IcebergMetadata, IcebergSnapshot } from './metadata';

/** Snapshots, history and schema of an Iceberg table as Markdown, newest first; what a writer did not count is blank. */
export function icebergPage(name: string, metadata: IcebergMetadata): string {
  const spec = metadata.specs.find(({ id }) => id === metadata.defaultSpecId);
  const fields = new Map(
    metadata.schemas.flatMap((schema) => schema.fields.map((field) => [field.id, field.name])),
  );
  const partitioned = (spec?.fields ?? []).map(
    ({ transform, sourceId }) => `${transform}(${fields.get(sourceId) ?? `field ${sourceId}`})`,
  );
  const current = metadata.snapshots.find(({ id }) => id === metadata.currentSnapshotId);
  const facts = [
    `- **Format version**: ${metadata.formatVersion}`,
    `- **Location**: ${safe(metadata.location)}`,
    partitioned.length === 0 ? '' : `- **Partitioned by**: ${safe(partitioned.join(', '))}`,
    current === undefined ? '- **Snapshots**: none yet' : `- **Current snapshot**: ${current.id}`,
    fact('Rows', count(current, 'total-records', formatCount)),
    fact('Data files', count(current, 'total-data-files', formatCount)),
    fact('Size', count(current, 'total-files-size', formatBytes)),
    fact('Delete files', count(current, 'total-delete-files', formatCount)),
  ].filter((line) => line !== '');
  return [`# ${safe(name)}`, facts.join('\n'), history(metadata), evolution(metadata)]
    .filter((section) => section !== '')
    .join('\n\n')
    .concat('\n');
}

/** The files of one snapshot as Markdown, by partition; `complete` is false where only a first page was read. */
export function icebergFilesPage(
  snapshot: IcebergSnapshot,
  { files, complete }: { readonly files: readonly IcebergFile[]; readonly complete: boolean },
): string {
  const rows = files
    .toSorted((a, b) => (a.partition === b.partition ? 0 : a.partition < b.partition ? -1 : 1))
    .map((file) => [
      file.partition,
      file.path,
      file.content,
      file.format.toLowerCase(),
      formatCount(file.rows),
      formatBytes(file.bytes),
      file.status,
    ]);
  const note = complete ? '' : `\n\nThe first ${formatCount(files.length)} files; the snapshot has more.`;
  return `# Files of snapshot ${snapshot.id}\n\n${table(
    ['Partition', 'File', 'Content', 'Format', 'Rows', 'Size', 'Since'],
    rows,
  )}${note}\n`;
}

function history(metadata: IcebergMetadata): string {
  const entries = tableHistory(metadata);
  if (entries.length === 0) return '';
  const rows = entries.map(({ at, snapshotId, snapshot, isCurrent, isAncestor, refs }) => [
    time(at),
    snapshotId,
    snapshot?.operation ?? '',
    change(snapshot, 'records', formatCount),
    change(snapshot, 'data-files', formatCount),
    count(snapshot, 'total-records', formatCount),
    count(snapshot, 'total-files-size', formatBytes),
    [
      isCurrent ? 'current' : '',
      snapshot === undefined ? 'expired' : isAncestor ? '' : 'rolled back',
      ...refs,
    ]
      .filter((word) => word !== '')
      .join(', '),
  ]);
  const names = ['Since', 'Snapshot', 'Operation', 'Rows', 'Files', 'Rows after', 'Size after', 'State'];
  return `## History\n\n${table(names, rows)}`;
}

/** `+53 −60`; nothing where the writer counted neither. */
function change(
  snapshot: IcebergSnapshot | undefined,
  what: string,
  format: (value: number) => string,
): string {
  const added = count(snapshot, `added-${what}`, format);
  const deleted = count(snapshot, `deleted-${what}`, format);
  return [added === '' ? '' : `+${added}`, deleted === '' ? '' : `−${deleted}`]
    .filter((one) => one !== '')
    .join(' ');
}

function count(
  snapshot: IcebergSnapshot | undefined,
  key: string,
  format: (value: number) => string,
): string {
  const value = numberOf(snapshot?.summary[key]);
  return value === undefined ? '' : format(value);
}

function fact(name: string, text: string): string {
  return text === '' ? '' : `- **${name}**: ${text}`;
}

function evolution(metadata: IcebergMetadata): string {
  const sections = schemaEvolution(metadata)
    .toReversed()
    .map(({ schema, changes }) => {
      const mark = schema.id === metadata.currentSchemaId ? ' (current)' : '';
      const fields = schema.fields.map(({ id, name, type, required, comment }) => [
        String(id),
        name,
        type,
        required ? 'not null' : '',
        comment ?? '',
      ]);
      const lines = changes.map((one) => `- ${safe(changeText(one))}`);
      const list = lines.length === 0 ? '' : `${lines.join('\n')}\n\n`;
      return `## Schema ${schema.id}${mark}\n\n${list}${table(['Id', 'Name', 'Type', 'Null', 'Comment'], fields)}`;
    });
  return sections.join('\n\n');
}

function changeText(found: FieldChange): string {
  const { name, type } = found.field;
  switch (found.kind) {
    case 'added':
      return `added ${name} ${type}`;
    case 'removed':
      return `removed ${name} ${type}`;
    case 'renamed':
      return `renamed ${found.from} to ${name}`;
    case 'retyped':
      return `changed ${name} from ${found.from} to ${type}`;
    case 'required':
      return `made ${name} required`;
    case 'optional':
      return `made ${name} optional`;
    case 'commented':
      return `changed the comment of ${name}`;
  }
}

function table(names: readonly string[], rows: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[]): string => `| ${cells.map(safe).join(' | ')} |`;
  return [row(names), `|${names.map(() => ' --- |').join('')}`, ...rows.map(row)].join('\n');
}

function safe(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(/[\\`*_{}[\]<>#|!~&]/g, '\\$&');
}

function time(date: Date): string {
  return `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
