import { formatBytes, formatCount } from '../base/format';
import { schemaEvolution, type FieldChange } from './evolution';
import { numberOf } from './exactJson';
import { tableHistory } from './history';
import { safe, table, time } from './markdown';
import type { IcebergMetadata, IcebergSnapshot } from './metadata';
import { currentSpec, partitionFields } from './partitionFields';

/**
 * Snapshots, branches and tags, schemas and partition specs of an Iceberg table as Markdown, newest first; what a
 * writer did not count is blank.
 */
export function icebergPage(name: string, metadata: IcebergMetadata): string {
  const partitioned = partitionFields(metadata, currentSpec(metadata));
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
  return [
    `# ${safe(name)}`,
    facts.join('\n'),
    history(metadata),
    refsOf(metadata),
    evolution(metadata),
    specs(metadata),
    earlier(metadata),
  ]
    .filter((section) => section !== '')
    .join('\n\n')
    .concat('\n');
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

/** Where each branch and tag stands: a tag may keep a snapshot that the history has left. */
function refsOf(metadata: IcebergMetadata): string {
  if (metadata.refs.length === 0) return '';
  const rows = metadata.refs.map(({ name, kind, snapshotId }) => {
    const snapshot = metadata.snapshots.find(({ id }) => id === snapshotId);
    return [
      name,
      kind,
      snapshotId,
      snapshot === undefined ? 'expired' : time(snapshot.at),
      count(snapshot, 'total-records', formatCount),
    ];
  });
  return `## Branches and tags\n\n${table(['Name', 'Kind', 'Snapshot', 'Written', 'Rows'], rows)}`;
}

/** How new files are partitioned, and how older ones still are. */
function specs(metadata: IcebergMetadata): string {
  const rows = metadata.specs
    .toSorted((a, b) => b.id - a.id)
    .map((spec) => [
      String(spec.id),
      partitionFields(metadata, spec).join(', ') || 'not partitioned',
      spec.fields.map(({ name }) => name).join(', '),
      spec.id === metadata.defaultSpecId ? 'for new files' : 'for files written before',
    ]);
  return rows.length === 0
    ? ''
    : `## Partition specs\n\n${table(['Id', 'Partitioned by', 'Fields', 'Used'], rows)}`;
}

/** The last of the metadata files that were current before. */
function earlier({ earlier: files }: IcebergMetadata): string {
  if (files.length === 0) return '';
  const rows = files
    .toReversed()
    .slice(0, mostEarlier)
    .map(({ at, file }) => [time(at), file]);
  const note =
    files.length > mostEarlier ? `\n\nThe last ${mostEarlier} of ${formatCount(files.length)}.` : '';
  return `## Earlier metadata files\n\n${table(['Until', 'File'], rows)}${note}`;
}

const mostEarlier = 20;

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
