import { formatCount } from '../base/format';
import type { Connection } from '../connection/connection';
import { type Choice, isEmpty, type RepairPlan } from './plan';

/** Something that can be done about a plan, as a button shows it. */
export interface RepairButton {
  /** `Add 3`, `Add 3, remove 2…`; an ellipsis says that it asks first. */
  readonly title: string;
  readonly choice: Choice;
}

/** What must be answered before a choice is carried out. */
export interface RepairQuestion {
  readonly message: string;
  readonly detail: string;
  /** The answer that goes ahead. */
  readonly button: string;
}

/** Removing more than this share of a table's partitions, or this many, is asked a second time. */
const boldShare = 0.1;
const boldCount = 1000;

/** Every set of changes that a plan holds something for, the harmless one first. */
export function repairButtons(plan: RepairPlan): readonly RepairButton[] {
  const sets: readonly Choice[] = [
    { create: true, remove: false, update: false },
    { create: true, remove: true, update: false },
    { create: true, remove: false, update: true },
    { create: true, remove: true, update: true },
  ];
  const buttons = new Map<string, RepairButton>();
  for (const choice of sets) {
    const words = wordsOf(plan, choice);
    if (words === '') continue;
    const title = changesOld(plan, choice) ? `${words}…` : words;
    if (!buttons.has(title)) buttons.set(title, { title, choice });
  }
  return [...buttons.values()];
}

/** The button that completes the journal of a repair that was cut off after its last change. */
export function finishButton(plan: RepairPlan): RepairButton | undefined {
  if (!isEmpty(plan)) return undefined;
  return { title: 'Finish the Last Repair', choice: { create: true, remove: false, update: false } };
}

/**
 * The questions to ask before a choice, in order; none where partitions are only added and the connection is no
 * production one. Each names the table and the counts.
 */
export function questionsBefore(
  plan: RepairPlan,
  choice: Choice,
  connection: Connection,
): readonly RepairQuestion[] {
  const words = wordsOf(plan, choice);
  if (words === '' || (!changesOld(plan, choice) && !connection.production)) return [];
  const name = `${plan.table.database}.${plan.table.name}`;
  const removed = choice.remove ? plan.remove.length : 0;
  const moved = choice.update ? plan.update.length : 0;
  const detail = [
    removed > 0
      ? `The catalog forgets ${partitions(removed)} that ${removed === 1 ? 'has' : 'have'} no files. No file is deleted.`
      : '',
    moved > 0 ? `${partitions(moved)} will point to where the files lie now. No file is moved.` : '',
    connection.production ? `${connection.name} is production.` : '',
    'What is done can be undone.',
  ].filter((sentence) => sentence !== '');
  const first: RepairQuestion = {
    message: `${words} in ${name}?`,
    detail: detail.join(' '),
    button: words,
  };
  return removesMany(plan, choice) ? [first, secondQuestion(plan, removed)] : [first];
}

function secondQuestion(plan: RepairPlan, removed: number): RepairQuestion {
  const all = plan.partitions.catalog;
  const share = all === 0 ? 100 : Math.round((100 * removed) / all);
  return {
    message: `${formatCount(removed)} of the ${partitions(all)} of ${plan.table.database}.${plan.table.name} will be gone (${share} %). Is its data really gone from S3?`,
    detail:
      'So many at once often means that the files were moved, that another account or bucket is meant, or that a load is under way.',
    button: `Yes, Remove ${formatCount(removed)}`,
  };
}

/** Whether a choice takes so many partitions out of a table that it is asked for a second time. */
export function removesMany(plan: RepairPlan, choice: Choice): boolean {
  const removed = choice.remove ? plan.remove.length : 0;
  return removed > boldCount || (removed > 0 && removed > boldShare * plan.partitions.catalog);
}

function changesOld(plan: RepairPlan, choice: Choice): boolean {
  return (choice.remove && plan.remove.length > 0) || (choice.update && plan.update.length > 0);
}

/** `Add 3, move 1, remove 2`; empty where the choice finds nothing to do. */
function wordsOf(plan: RepairPlan, choice: Choice): string {
  const parts = [
    choice.create && plan.create.length > 0 ? `add ${formatCount(plan.create.length)}` : '',
    choice.update && plan.update.length > 0 ? `move ${formatCount(plan.update.length)}` : '',
    choice.remove && plan.remove.length > 0 ? `remove ${formatCount(plan.remove.length)}` : '',
  ].filter((part) => part !== '');
  const text = parts.join(', ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function partitions(count: number): string {
  return `${formatCount(count)} partition${count === 1 ? '' : 's'}`;
}
