import { formatCount } from '../base/format';
import type { Column, TableName } from '../catalog/catalog';
import type { Connection } from '../connection/connection';
import type { ApplyResult } from './applyPlan';
import { actionPolicy } from './permissions';
import { partitionName } from './values';

/** So many failures are named; the rest is counted. */
const mostShown = 50;

/** What a repair did, or what taking it back did, as a letter in Markdown. */
export function doneLetter(
  result: ApplyResult,
  about: {
    readonly table: TableName;
    readonly keys: readonly Column[];
    readonly kind: 'repaired' | 'undone';
    /** For the policies that would allow what was denied. */
    readonly connection?: Connection;
  },
): string {
  const name = `${about.table.database}.${about.table.name}`;
  const { kept = 0 } = result;
  const done = [
    ...doneLine(result.created, 'added'),
    ...doneLine(result.removed, 'removed'),
    ...doneLine(result.updated, 'moved'),
    ...(result.already > 0
      ? [`- ${formatCount(result.already)} ${result.already === 1 ? 'was' : 'were'} so already`]
      : []),
    ...(kept > 0
      ? [
          `- ${formatCount(kept)} kept: files have come to ${kept === 1 ? 'its place' : 'their places'} since the plan was made`,
        ]
      : []),
  ];
  const lines = [
    about.kind === 'repaired' ? `# Repaired ${name}` : `# Took back the repair of ${name}`,
    '',
    ...(done.length > 0 ? done : ['Nothing had to be changed.']),
    ...denials(result, about),
    ...failures(result, about.keys),
    ...(result.journal === undefined
      ? []
      : ['', 'Written down, for undo and for the records, in', '', `    ${result.journal}`]),
    '',
  ];
  return lines.join('\n');
}

function doneLine(count: number, word: string): readonly string[] {
  return count === 0 ? [] : [`- ${formatCount(count)} partition${count === 1 ? '' : 's'} ${word}`];
}

/** What is not allowed here, each with the policy that would allow it. */
function denials(
  { denied = [] }: ApplyResult,
  { table, connection }: { readonly table: TableName; readonly connection?: Connection },
): readonly string[] {
  return denied.flatMap(({ message, details }) => {
    const { action, target } = details;
    const lines = ['', '## Denied', '', `${message} Everything else was done.`];
    if (connection === undefined || action === undefined) return lines;
    const policy = actionPolicy({ action, ...(target === undefined ? {} : { target }) }, table, connection);
    return [...lines, '', 'This policy allows it:', '', '```json', policy, '```'];
  });
}

function failures(result: ApplyResult, keys: readonly Column[]): readonly string[] {
  const denied = new Set<unknown>(result.denied);
  const failed = result.failed.filter(({ problem }) => !denied.has(problem));
  if (failed.length === 0) return [];
  const rest = failed.length - mostShown;
  return [
    '',
    `## Failed: ${formatCount(failed.length)}`,
    '',
    'Everything else was done. Plan again to try these once more.',
    '',
    ...failed
      .slice(0, mostShown)
      .map((one) => `- ${partitionName(keys, one.values)}: ${one.problem.message}`),
    ...(rest > 0 ? [`- … and ${formatCount(rest)} more`] : []),
  ];
}
