import { formatCount, formatDuration } from '../base/format';
import { schemaDiff, schemaDiffLines } from '../catalog/schemaDiff';
import type { TableVersion } from '../catalog/tableDetails';
import { cell, code, tableOfRows } from './tablePageMarkdown';

/** Changes of one version that are told in its row. */
const mostChanges = 8;

/** What a version changed in the one before it, in lines such as `+ officer string`; nothing for the first. */
export function versionChanges(version: TableVersion, before: TableVersion | undefined): readonly string[] {
  if (before === undefined) return [];
  const lines = schemaDiffLines(schemaDiff(before.table, version.table));
  return lines.length > 0 ? lines : ['no change of the schema'];
}

/** When a version was written, and by which crawler where the table names one: `2024-03-01 10:00 UTC (3 h ago) · crawler nightly`. */
export function versionLine({ table, createdBy }: TableVersion, now: Date): string {
  const crawler = table.parameters?.['UPDATED_BY_CRAWLER'];
  const at = table.updatedAt ?? table.createdAt;
  return [
    at === undefined ? '' : whenText(at, now),
    crawler === undefined ? (createdBy === undefined ? '' : `created by ${createdBy}`) : `crawler ${crawler}`,
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

/** Every version that was read, newest first, with what each changed; `hasMore` where Glue keeps older ones. */
export function tableVersionsPage(
  name: string,
  versions: readonly TableVersion[],
  { hasMore, now }: { readonly hasMore: boolean; readonly now: Date },
): string {
  const rows = versions.map((version, at) => {
    const before = versions[at + 1];
    const changes = versionChanges(version, before);
    const cut = changes.length > mostChanges ? [`and ${formatCount(changes.length - mostChanges)} more`] : [];
    const text = [...changes.slice(0, mostChanges), ...cut].map(cell).join('<br>');
    return [
      code(version.id),
      cell(versionLine(version, now)),
      String(version.table.columns.length + version.table.partitionKeys.length),
      before === undefined ? (hasMore ? 'compared with none' : 'the oldest kept') : text,
    ];
  });
  const note = hasMore
    ? `\n\nThe newest ${formatCount(versions.length)} versions; Glue keeps older ones.`
    : '\n\nGlue tells when a version was written, not by whom.';
  return `# Versions of ${cell(name)}\n\n${tableOfRows(['Version', 'Written', 'Columns', 'Changes'], rows)}${note}\n`;
}

/** What one version changed in another, and what that does to the files that are there. */
export function versionDiffPage(
  name: string,
  { before, after }: { readonly before: TableVersion; readonly after: TableVersion },
  now: Date,
): string {
  const diff = schemaDiff(before.table, after.table);
  const lines = schemaDiffLines(diff);
  const facts = [
    `- **From**: version ${cell(before.id)}, ${cell(versionLine(before, now))}`,
    `- **To**: version ${cell(after.id)}, ${cell(versionLine(after, now))}`,
  ];
  const dangers =
    diff.dangers.length === 0
      ? ''
      : `## What that does to files written before\n\n${diff.dangers.map((one) => `- ${cell(one)}`).join('\n')}`;
  const changes =
    lines.length === 0
      ? 'Both have the same columns, keys, place, format and properties.'
      : `\`\`\`diff\n${lines.map((line) => line.replaceAll(/\s+/g, ' ').replace(/^~/, '!')).join('\n')}\n\`\`\``;
  return [
    `# ${cell(name)}: version ${cell(before.id)} to ${cell(after.id)}`,
    facts.join('\n'),
    dangers,
    changes,
  ]
    .filter((section) => section !== '')
    .join('\n\n')
    .concat('\n');
}

function whenText(at: Date, now: Date): string {
  const text = `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  const ms = now.getTime() - at.getTime();
  if (ms < 0) return text;
  const days = Math.floor(ms / 86_400_000);
  return `${text} (${days >= 2 ? `${formatCount(days)} days` : formatDuration(ms)} ago)`;
}
