import { formatBytes, formatCount } from '../base/format';
import type { IcebergFile } from './manifests';
import { safe, table, time } from './markdown';
import type { IcebergSnapshot } from './metadata';

/** Partitions that are summed up one by one; more are told as a count. */
const mostPartitions = 100;

/**
 * The files of one snapshot as Markdown: sums, then by partition, then each file; `complete` is false where only a
 * first page was read, and the sums are then the least there is.
 */
export function icebergFilesPage(
  name: string,
  snapshot: IcebergSnapshot,
  { files, complete }: { readonly files: readonly IcebergFile[]; readonly complete: boolean },
): string {
  const least = complete ? '' : 'at least ';
  const ofKind = (content: IcebergFile['content']): readonly IcebergFile[] =>
    files.filter((file) => file.content === content);
  const sums = (['data', 'position deletes', 'equality deletes'] as const).flatMap((content) => {
    const some = ofKind(content);
    if (some.length === 0) return [];
    const title = content === 'data' ? 'Data files' : `Files of ${content}`;
    return [`- **${title}**: ${least}${sumText(some)}`];
  });
  const small = ofKind('data').filter(({ bytes }) => bytes < smallBytes).length;
  const facts = [
    `- **Written**: ${time(snapshot.at)}${snapshot.operation === undefined ? '' : ` (${safe(snapshot.operation)})`}`,
    ...(files.length === 0 ? ['- **Files**: none'] : sums),
    small === 0 ? '' : `- **Small files**: ${least}${formatCount(small)} under 1 MB`,
    complete
      ? ''
      : `- **Not all**: the first ${formatCount(files.length)} files were read; the snapshot has more.`,
  ].filter((line) => line !== '');
  return [
    `# Files of ${safe(name)}, snapshot ${snapshot.id}`,
    facts.join('\n'),
    byPartition(files),
    each(files),
  ]
    .filter((section) => section !== '')
    .join('\n\n')
    .concat('\n');
}

/** Files below this cost more to open than to read. */
const smallBytes = 2 ** 20;

function byPartition(files: readonly IcebergFile[]): string {
  const groups = new Map<string, IcebergFile[]>();
  for (const file of files) {
    const group = groups.get(file.partition) ?? [];
    group.push(file);
    groups.set(file.partition, group);
  }
  if (groups.size < 2) return '';
  const rows = [...groups]
    .toSorted(([a], [b]) => (a < b ? 1 : -1))
    .slice(0, mostPartitions)
    .map(([partition, some]) => [partition, formatCount(some.length), ...amounts(some)]);
  const note =
    groups.size > mostPartitions
      ? `\n\nThe last ${mostPartitions} of ${formatCount(groups.size)} partitions.`
      : '';
  return `## By partition\n\n${table(['Partition', 'Files', 'Rows', 'Size'], rows)}${note}`;
}

function each(files: readonly IcebergFile[]): string {
  if (files.length === 0) return '';
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
  const names = ['Partition', 'File', 'Content', 'Format', 'Rows', 'Size', 'Since'];
  return `## Files\n\n${table(names, rows)}`;
}

function sumText(files: readonly IcebergFile[]): string {
  const [rows, size] = amounts(files);
  return `${formatCount(files.length)}, ${size}, ${rows} rows`;
}

function amounts(files: readonly IcebergFile[]): readonly [rows: string, size: string] {
  const sum = (of: (file: IcebergFile) => number): number => files.reduce((all, file) => all + of(file), 0);
  return [formatCount(sum(({ rows }) => rows)), formatBytes(sum(({ bytes }) => bytes))];
}
