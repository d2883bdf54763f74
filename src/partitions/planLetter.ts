import { formatCount, formatDuration } from '../base/format';
import type { Connection } from '../connection/connection';
import { repairPolicy } from './permissions';
import {
  type Choice,
  isEmpty,
  neededActions,
  type Oddity,
  type RepairPlan,
  writeCalls,
  writeSeconds,
} from './plan';
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
export function planLetter(
  plan: RepairPlan,
  about: { readonly cutOff?: string; readonly connection?: Connection } = {},
): string {
  const { cutOff } = about;
  const name = `${plan.table.database}.${plan.table.name}`;
  const { catalog, store, elsewhere = 0 } = plan.partitions;
  const { template, unread = 0, notes = [] } = plan;
  const opening = [
    `# Repair ${name}`,
    '',
    `S3 has ${counted(store, 'partition')} below ${plan.location}; the catalog has ${formatCount(catalog)}${elsewhere === 0 ? '' : `, ${formatCount(elsewhere)} of them elsewhere with files of ${elsewhere === 1 ? 'its' : 'their'} own, left alone`}.`,
    isEmpty(plan) ? 'They agree: there is nothing to do.' : '',
    ...(template === undefined ? [] : ['', `Their directories are read by the template \`${template}\`.`]),
    ...notes.flatMap((note) => ['', note]),
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
        lines: plan.create
          .slice(0, mostShown)
          .map((one) => `${partitionName(plan.keys, one.values)}   ${one.location}`),
      },
    ),
    ...(unread === 0
      ? []
      : [
          '',
          `${unread === 1 ? 'It was' : 'They were'} not looked into, and there may be no data in ${unread === 1 ? 'it' : 'some'}: looking takes ${formatCount(unread)} request${unread === 1 ? '' : 's'}.`,
        ]),
    ...section(
      `Remove ${formatCount(plan.remove.length)} (only if you say so)`,
      'The catalog has them, and nothing is stored at their place. Removing deletes no file.',
      {
        count: plan.remove.length,
        lines: plan.remove
          .slice(0, mostShown)
          .map((one) => `${partitionName(plan.keys, one.values)}   ${one.location}`),
      },
    ),
    ...section(
      `Move ${formatCount(plan.update.length)} (only if you say so)`,
      'Their files lie where the layout says, and the catalog points elsewhere.',
      {
        count: plan.update.length,
        lines: plan.update
          .slice(0, mostShown)
          .map(
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
        lines: plan.report.slice(0, mostShown).map(oddityLine),
      },
    ),
  ];
  return [...opening, ...parts, ...(isEmpty(plan) ? [] : costs(plan, about.connection)), '']
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

function costs(plan: RepairPlan, connection?: Connection): string[] {
  const all: Choice = { create: true, remove: true, update: true };
  const adding: Choice = { create: true, remove: false, update: false };
  const { s3List, s3Probe, glueRead } = plan.calls;
  const seconds = (choice: Choice): string => formatDuration(writeSeconds(plan, choice) * 1000);
  return [
    '',
    '## What it takes',
    '',
    `This plan took ${counted(s3List + s3Probe, 'S3 request')} and ${counted(glueRead, 'Glue request')}. Adding takes ${counted(writeCalls(plan, adding), 'more')} (about ${seconds(adding)}), everything ${formatCount(writeCalls(plan, all))} (about ${seconds(all)}).`,
    '',
    `Permissions: ${neededActions(plan, all).join(', ')}`,
    ...(connection === undefined
      ? []
      : ['', 'As a policy:', '', '```json', repairPolicy(plan, all, connection), '```']),
    '',
    '## The same as SQL',
    '',
    '```sql',
    ...sqlPreview(plan, all),
    '```',
  ];
}

/** The first lines of the SQL, and how many there are more; never all of it at once. */
function sqlPreview(plan: RepairPlan, choice: Choice): readonly string[] {
  const shown: string[] = [];
  let rest = 0;
  for (const statement of planSql(plan, choice)) {
    const lines = [...(shown.length > 0 ? [''] : []), ...statement.split('\n')];
    const room = Math.max(0, mostSqlLines - shown.length);
    shown.push(...lines.slice(0, room));
    rest += Math.max(0, lines.length - room);
  }
  return rest === 0 ? shown : [...shown, `-- … and ${formatCount(rest)} more lines`];
}

function counted(count: number, what: string): string {
  if (what === 'more') return `${formatCount(count)} more`;
  return `${formatCount(count)} ${what}${count === 1 ? '' : 's'}`;
}
