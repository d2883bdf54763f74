import { formatCount } from '../base/format';
import { type Choice, isEmpty, neededActions, type Oddity, type RepairPlan, writeCalls } from './plan';
import { planSql } from './planSql';
import { partitionName } from './values';

/** So many of each list are shown; the rest is counted. */
const mostShown = 50;
/** A preview: the SQL can be copied whole. */
const mostSqlLines = 60;

/**
 * A plan as a letter in Markdown: what was found, what would be done, what is left alone, what it takes.
 * `cutOff` is the journal of an earlier repair of this table that did not come to its end.
 */
export function planLetter(plan: RepairPlan, cutOff?: string): string {
  const name = `${plan.table.database}.${plan.table.name}`;
  const { catalog, store, elsewhere = 0 } = plan.partitions;
  const opening = [
    `# Repair ${name}`,
    '',
    `S3 has ${counted(store, 'partition')} below ${plan.location}; the catalog has ${formatCount(catalog)}${elsewhere === 0 ? '' : `, ${formatCount(elsewhere)} of them elsewhere with files of ${elsewhere === 1 ? 'its' : 'their'} own, left alone`}.`,
    isEmpty(plan) ? 'They agree: there is nothing to do.' : '',
    ...(cutOff === undefined
      ? []
      : [
          '',
          'The last repair of this table was cut off. Applying goes on where it stopped, in the same journal, so that one undo takes back all of it:',
          '',
          `    ${cutOff}`,
        ]),
  ];
  const parts = [
    ...section(
      `Add ${formatCount(plan.create.length)}`,
      'S3 has them, the catalog lacks them: queries do not see their rows.',
      {
        count: plan.create.length,
        lines: plan.create.map((one) => `${partitionName(plan.keys, one.values)}   ${one.location}`),
      },
    ),
    ...section(
      `Remove ${formatCount(plan.remove.length)} (only if you say so)`,
      'The catalog has them, and nothing is stored at their place. Removing deletes no file.',
      {
        count: plan.remove.length,
        lines: plan.remove.map((one) => `${partitionName(plan.keys, one.values)}   ${one.location}`),
      },
    ),
    ...section(
      `Move ${formatCount(plan.update.length)} (only if you say so)`,
      'Their files lie where the layout says, and the catalog points elsewhere.',
      {
        count: plan.update.length,
        lines: plan.update.map(
          (one) =>
            `${partitionName(plan.keys, one.values)}   from ${one.from} ${one.oldPlaceHasFiles ? '(which has files too)' : '(which is empty)'} to ${one.to}`,
        ),
      },
    ),
    ...section(
      `Left alone: ${formatCount(plan.report.length)}`,
      'These look wrong; nothing is done about them here.',
      {
        count: plan.report.length,
        lines: plan.report.map(oddityLine),
      },
    ),
  ];
  return [...opening, ...parts, ...(isEmpty(plan) ? [] : costs(plan)), '']
    .join('\n')
    .replace(/\n{3,}/g, '\n\n');
}

function section(
  title: string,
  why: string,
  list: { readonly count: number; readonly lines: readonly string[] },
): string[] {
  if (list.count === 0) return [];
  const shown = list.lines.slice(0, mostShown).map((line) => `- ${line}`);
  const rest = list.count - shown.length;
  return [
    '',
    `## ${title}`,
    '',
    why,
    '',
    ...shown,
    ...(rest > 0 ? [`- … and ${formatCount(rest)} more`] : []),
  ];
}

function oddityLine(one: Oddity): string {
  return `${one.location}: ${one.message}`;
}

function costs(plan: RepairPlan): string[] {
  const all: Choice = { create: true, remove: true, update: true };
  const adding: Choice = { create: true, remove: false, update: false };
  const { s3List, s3Probe, glueRead } = plan.calls;
  const sql = planSql(plan, all).join('\n\n').split('\n');
  const cut = sql.length > mostSqlLines;
  return [
    '',
    '## What it takes',
    '',
    `This plan took ${counted(s3List + s3Probe, 'S3 request')} and ${counted(glueRead, 'Glue request')}. Adding takes ${counted(writeCalls(plan, adding), 'more')}, everything ${formatCount(writeCalls(plan, all))}.`,
    '',
    `Permissions: ${neededActions(plan, all).join(', ')}`,
    '',
    '## The same as SQL',
    '',
    '```sql',
    ...sql.slice(0, mostSqlLines),
    ...(cut ? [`-- … and ${formatCount(sql.length - mostSqlLines)} more lines`] : []),
    '```',
  ];
}

function counted(count: number, what: string): string {
  if (what === 'more') return `${formatCount(count)} more`;
  return `${formatCount(count)} ${what}${count === 1 ? '' : 's'}`;
}
