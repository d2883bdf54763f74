import { formatCount } from '../base/format';
import type { Finding, Severity } from '../lint/finding';

/** What a check of many files came to. */
export interface CheckCounts {
  readonly files: number;
  /** SQL files of which nothing says whether they are for Athena or Redshift. */
  readonly unknownDialect: number;
  readonly bySeverity: Readonly<Record<Severity, number>>;
}

/** Adds up findings by their severity. */
export function bySeverity(findings: Iterable<Finding>): Record<Severity, number> {
  const counts = { error: 0, warning: 0, information: 0, hint: 0 };
  for (const { severity } of findings) counts[severity] += 1;
  return counts;
}

/** `214 files checked: 3 errors, 12 warnings, 40 notes. 5 SQL files of unknown dialect were left out.` */
export function summaryText({ files, unknownDialect, bySeverity: counts }: CheckCounts): string {
  const { error, warning, information, hint } = counts;
  const found = [
    counted(error, 'error'),
    counted(warning, 'warning'),
    counted(information, 'note'),
    counted(hint, 'hint'),
  ].filter((part) => part !== '');
  const left =
    unknownDialect === 0
      ? ''
      : ` ${counted(unknownDialect, 'SQL file')} of unknown dialect ${unknownDialect === 1 ? 'was' : 'were'} left out.`;
  return `${counted(files, 'file') || 'No file'} checked: ${found.length === 0 ? 'nothing found' : found.join(', ')}.${left}`;
}

function counted(count: number, noun: string): string {
  return count === 0 ? '' : `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}
