import { formatDuration } from '../base/format';
import { kindOf } from './kinds/index';
import { type LogLine, type Run, runMs } from './pipeline';

/** A run's log as text: what it is and how it ended first, then its lines with their times in UTC. */
export function logText(run: Run, lines: readonly LogLine[]): string {
  const kind = kindOf(run.kind);
  const ms = run.startedAt === undefined || run.endedAt === undefined ? undefined : runMs(run, run.endedAt);
  const head = [
    `${kind.title} ${run.pipeline}`,
    `${kind.run} ${run.id}`,
    [
      run.state,
      ms === undefined ? '' : `after ${formatDuration(Math.max(0, ms))}`,
      run.step === undefined ? '' : `at ${run.step}`,
    ]
      .filter((part) => part !== '')
      .join(' '),
    ...(run.problem === undefined ? [] : [run.problem]),
  ];
  const body =
    lines.length === 0 ? ['The log has no lines of it, or none yet.'] : lines.map((line) => logLine(line));
  return [...head, '', ...body, ''].join('\n');
}

/** `2026-11-25T02:14:07.120Z  text`; a line without a time stands as it is. */
export function logLine({ at, text }: LogLine): string {
  return at === undefined ? text : `${at.toISOString()}  ${text}`;
}

/** The last lines that say something, for a failure told in a few lines. */
export function lastLines(lines: readonly LogLine[], count: number): readonly string[] {
  return lines
    .filter((line) => line.text.trim() !== '')
    .slice(-count)
    .map((line) => logLine(line));
}
