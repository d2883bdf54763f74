import { formatCount } from '../base/format';
import type { Column, TableName } from '../catalog/catalog';
import type { ApplyResult } from './applyPlan';
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
  },
): string {
  const name = `${about.table.database}.${about.table.name}`;
  const done = [
    ...doneLine(result.created, 'added'),
    ...doneLine(result.removed, 'removed'),
    ...doneLine(result.updated, 'moved'),
    ...(result.already > 0
      ? [`- ${formatCount(result.already)} ${result.already === 1 ? 'was' : 'were'} so already`]
      : []),
  ];
  const lines = [
    about.kind === 'repaired' ? `# Repaired ${name}` : `# Took back the repair of ${name}`,
    '',
    ...(done.length > 0 ? done : ['Nothing had to be changed.']),
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

function failures({ failed }: ApplyResult, keys: readonly Column[]): readonly string[] {
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
