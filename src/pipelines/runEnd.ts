import { formatDuration } from '../base/format';
import { kindOf } from './kinds/index';
import { type Run, runMs } from './pipeline';

/** `The Glue job migrate-legacy-data failed after 4 min: no such bucket.`; for a run that is over. */
export function endSentence(run: Run): string {
  const kind = kindOf(run.kind);
  const what = `The ${kind.noun} ${run.pipeline}`;
  const ms = run.endedAt === undefined ? undefined : runMs(run, run.endedAt);
  const after = ms === undefined ? '' : ` after ${formatDuration(Math.max(0, ms))}`;
  const words = {
    succeeded: 'succeeded',
    failed: 'failed',
    stopped: 'was stopped',
    'timed-out': 'timed out',
    queued: 'waits',
    running: 'is running',
    stopping: 'is being stopped',
  } as const;
  const at = run.step === undefined ? '' : ` at ${run.step}`;
  const why = run.problem ?? (run.state === 'succeeded' ? run.outcome : undefined);
  const because = why === undefined || why === '' ? '' : `: ${shortened(why)}`;
  return `${what} ${words[run.state]}${after}${at}${because}.`;
}

/** One line, short enough for a notification. */
function shortened(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim().replace(/\.$/, '');
  return line.length > 240 ? `${line.slice(0, 240)}…` : line;
}
