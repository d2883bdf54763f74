import { formatCount } from '../base/format';
import { differs, type TableOutcome } from './databaseRepair';

/** Where a database's repair stands. */
export interface DatabaseRepair {
  readonly database: string;
  readonly outcomes: readonly TableOutcome[];
  /** Tables of it without partitions to repair. */
  readonly without: number;
  /** Tables that were not come to, since it was stopped. */
  readonly left: number;
}

/** One line of a table's outcome: `3 to add, 0 to remove, 0 to move`. */
export function outcomeText({ plan, result, problem }: TableOutcome): string {
  if (problem !== undefined) return problem.message;
  if (result !== undefined) {
    const { created, removed, updated, failed, kept = 0, already } = result;
    return [
      `${formatCount(created)} added, ${formatCount(removed)} removed, ${formatCount(updated)} moved`,
      ...(already === 0 ? [] : [`${formatCount(already)} so already`]),
      ...(kept === 0 ? [] : [`${formatCount(kept)} kept`]),
      ...(failed.length === 0 ? [] : [`${formatCount(failed.length)} failed`]),
    ].join(', ');
  }
  if (plan === undefined) return '';
  const odd = plan.report === 0 ? '' : `, ${formatCount(plan.report)} to look at`;
  if (plan.create + plan.remove + plan.update === 0) return `nothing to do${odd}`;
  return `${formatCount(plan.create)} to add, ${formatCount(plan.remove)} to remove, ${formatCount(plan.update)} to move${odd}`;
}

/**
 * The repair of a database as a letter in Markdown: what differs first, a heading for each of those tables so that an
 * editor can put what can be done above it; then what AWS or its kind did not let be planned or repaired, then what agrees.
 */
export function databaseLetter(repair: DatabaseRepair): string {
  const { database, outcomes, without, left } = repair;
  const done = outcomes.filter(({ result }) => result !== undefined);
  const troubled = outcomes.filter(({ problem }) => problem !== undefined);
  const different = outcomes.filter((one) => one.result === undefined && differs(one));
  const agreeing = outcomes.filter(
    (one) => one.result === undefined && one.problem === undefined && !differs(one),
  );
  const odd = agreeing.filter(({ plan }) => (plan?.report ?? 0) > 0);
  return [
    `# Repair ${database}`,
    '',
    opening(repair, { different: different.length, done: done.length }),
    ...(left === 0
      ? []
      : ['', `It was stopped: ${tables(left)} ${left === 1 ? 'was' : 'were'} not come to.`]),
    ...[...done, ...different].flatMap((one) => section(one)),
    ...list(
      `Not done: ${formatCount(troubled.length)}`,
      troubled.map((one) => `- ${one.table.name}: ${outcomeText(one)}`),
    ),
    ...list(
      `Agree, with something to look at: ${formatCount(odd.length)}`,
      odd.map((one) => `- ${one.table.name}: ${outcomeText(one)}`),
    ),
    ...(without === 0
      ? []
      : ['', `${tables(without)} of ${database} ${without === 1 ? 'has' : 'have'} no partitions to repair.`]),
    '',
  ].join('\n');
}

function opening(
  { outcomes }: DatabaseRepair,
  of: { readonly different: number; readonly done: number },
): string {
  const sum = (part: (one: TableOutcome) => number): string =>
    formatCount(outcomes.reduce((total, one) => total + part(one), 0));
  if (of.done > 0)
    return `${sum(({ result }) => result?.created ?? 0)} partitions were added in ${tables(of.done)}.`;
  const planned = outcomes.filter(({ problem }) => problem === undefined).length;
  if (of.different === 0)
    return `${tables(planned)} with partitions compared, none of which differs from S3.`;
  return `${sum(({ plan }) => plan?.create ?? 0)} partitions to add in all; ${of.different} of ${tables(planned)} with partitions ${of.different === 1 ? 'differs' : 'differ'} from S3. What is removed or moved is chosen table by table.`;
}

function section(one: TableOutcome): readonly string[] {
  const { result } = one;
  const denied = (result?.denied ?? []).map(({ message }) => message);
  const failed = (result?.failed ?? [])
    .filter(({ problem }) => result?.denied?.includes(problem) !== true)
    .slice(0, 10)
    .map(({ values, problem }) => `- ${values.join('/')}: ${problem.message}`);
  return [
    '',
    `## ${one.table.name}`,
    '',
    `${outcomeText(one)}.`,
    ...denied.flatMap((message) => ['', message]),
    ...(failed.length === 0 ? [] : ['', ...failed]),
    ...(result?.journal === undefined ? [] : ['', `    ${result.journal}`]),
  ];
}

function list(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', `## ${title}`, '', ...lines];
}

function tables(count: number): string {
  return `${formatCount(count)} table${count === 1 ? '' : 's'}`;
}
