import * as vscode from 'vscode';
import { Problem } from '../../base/problem';
import type { Connection } from '../../connection/connection';
import type { CrawlerFacts } from '../../crawlers/crawlerStore';
import { readSchedule } from '../../crawlers/schedule';
import { scheduleSentence } from '../../crawlers/scheduleTimes';
import type { FeatureParts } from '../featureParts';
import { withStatus } from '../withCancel';

/** What a schedule is changed to. */
export type ScheduleChange = 'pause' | 'resume' | { readonly schedule: string };

/** Changes, pauses or resumes the schedule of a crawler; what it is then in words, `undefined` for a no. */
export async function changeSchedule(
  parts: FeatureParts,
  target: { readonly connection: Connection; readonly name: string },
  wished: ScheduleChange | undefined,
): Promise<string | undefined> {
  const { connection, name } = target;
  if (connection.readOnly) {
    throw new Problem(
      `${connection.name} is read only by lakeWorkbench.connection.readOnly: the schedule of ${name} was not changed.`,
      'denied',
    );
  }
  const { crawlers } = await parts.ports();
  const change =
    wished ??
    (await ask(
      await withStatus(`Reading the crawler ${name}…`, (signal) =>
        crawlers.describe(connection, { name }, signal),
      ),
    ));
  if (change === undefined) return undefined;
  if (typeof change === 'object') {
    const schedule = readSchedule(change.schedule);
    if (schedule.kind === 'invalid') throw new Problem(schedule.problems[0]?.message ?? '', 'invalid');
  }
  if (connection.production && !(await confirmed(connection, name))) return undefined;
  await withStatus(`Changing the schedule of ${name}…`, (signal) =>
    typeof change === 'object'
      ? crawlers.setSchedule(connection, { name, schedule: change.schedule }, signal)
      : crawlers.switchSchedule(connection, { name, to: change === 'pause' ? 'paused' : 'running' }, signal),
  );
  parts.views.runs.tree.refresh();
  return typeof change === 'object' ? scheduleSentence(change.schedule, new Date()) : change;
}

async function ask(crawler: CrawlerFacts): Promise<ScheduleChange | undefined> {
  const { name, schedule, scheduleState } = crawler;
  if (schedule === undefined) return askSchedule(name, '');
  const other: ScheduleChange = scheduleState === 'paused' ? 'resume' : 'pause';
  const edit = { label: '$(edit) Change…', description: schedule };
  const turn =
    other === 'pause'
      ? { label: '$(debug-pause) Pause', description: 'keeps the schedule' }
      : { label: '$(play) Resume', description: schedule };
  const picked = await vscode.window.showQuickPick([edit, turn], {
    title: `Schedule of ${name}`,
    placeHolder: scheduleSentence(schedule, new Date()),
  });
  if (picked === edit) return askSchedule(name, schedule);
  return picked === undefined ? undefined : other;
}

async function askSchedule(name: string, value: string): Promise<ScheduleChange | undefined> {
  const typed = await vscode.window.showInputBox({
    title: `Schedule of ${name}`,
    prompt: 'cron(minutes hours day-of-month month day-of-week year), in UTC',
    placeHolder: 'cron(0 4 * * ? *)',
    value,
    ignoreFocusOut: true,
    validateInput: (text) => {
      const message = scheduleSentence(text, new Date());
      const isValid = readSchedule(text).kind === 'valid';
      const severity = isValid
        ? vscode.InputBoxValidationSeverity.Info
        : vscode.InputBoxValidationSeverity.Error;
      return { message, severity };
    },
  });
  return typed === undefined ? undefined : { schedule: typed.trim() };
}

async function confirmed(connection: Connection, name: string): Promise<boolean> {
  const yes = 'Change';
  const answer = await vscode.window.showWarningMessage(
    `Change the schedule of ${name}?`,
    { modal: true, detail: `${connection.name} is production.` },
    yes,
  );
  return answer === yes;
}
