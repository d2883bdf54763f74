import type { Span } from '../base/text';
import { fieldRules, readField, type CronField } from './cronFields';
import { scheduleWords } from './scheduleWords';

/** The fields of a schedule, in their order. */
export interface CronFields {
  readonly minutes: CronField;
  readonly hours: CronField;
  readonly monthDay: CronField;
  readonly month: CronField;
  readonly weekDay: CronField;
  readonly year: CronField;
}

/** What is wrong with a schedule; the span is one of its text. */
export interface ScheduleProblem extends Span {
  readonly message: string;
  /** The whole text mended, where there is one right way. */
  readonly mended?: string;
}

export type Schedule =
  | {
      readonly kind: 'valid';
      readonly fields: CronFields;
      /** `every day at 02:15 UTC`. */
      readonly words: string;
    }
  | { readonly kind: 'invalid'; readonly problems: readonly ScheduleProblem[] };

/**
 * Reads a schedule of a Glue crawler or job, `cron(15 2 * * ? *)` in UTC (AWS Glue Developer Guide, "Time-based
 * schedules for jobs and crawlers"; the sign # is EventBridge's). Never throws.
 */
export function readSchedule(text: string): Schedule {
  const whole = { start: 0, end: text.length };
  const bad = (message: string, span: Span = whole, mended?: string): Schedule => ({
    kind: 'invalid',
    problems: [{ ...span, message, ...(mended === undefined ? {} : { mended }) }],
  });
  if (/^\s*rate\(/.test(text))
    return bad('Glue takes no rate(): write the same as cron(…), such as cron(0 * * * ? *) for every hour.');
  const match = /^(\s*cron\()(.*)\)\s*$/.exec(text);
  const plain = text.trim().split(/\s+/);
  if (match === null) {
    const mended = plain.length === 5 || plain.length === 6 ? mendedFields(plain) : undefined;
    return bad(
      'A schedule is written cron(minutes hours day-of-month month day-of-week year).',
      whole,
      mended,
    );
  }
  const [, head = '', body = ''] = match;
  const parts = [...body.matchAll(/\S+/g)].map((found) => ({
    text: found[0],
    start: head.length + found.index,
    end: head.length + found.index + found[0].length,
  }));
  if (parts.length !== 6) {
    const mended = parts.length === 5 ? mendedFields(parts.map((part) => part.text)) : undefined;
    const five = parts.length === 5 ? ', since the year is the sixth' : '';
    return bad(
      `A schedule has six fields, not ${parts.length}${five}: minutes, hours, day of month, month, day of week, year.`,
      whole,
      mended,
    );
  }
  return checked(text, parts);
}

type Part = Span & { readonly text: string };

function checked(text: string, parts: readonly Part[]): Schedule {
  const problems: ScheduleProblem[] = [];
  const fields = fieldRules.map((rule, at) => {
    const part = parts[at] ?? { text: '', start: 0, end: 0 };
    // Saturday, the last day of the week.
    const given = rule.days === 'week' && part.text === 'L' ? '7' : part.text;
    const field = readField(given, rule);
    if (typeof field !== 'string') return field;
    problems.push({ start: part.start, end: part.end, message: field });
    return undefined;
  });
  const [minutes, hours, monthDay, month, weekDay, year] = fields;
  const days = { start: parts[2]?.start ?? 0, end: parts[4]?.end ?? text.length };
  const [isMonthDay, isWeekDay] = [parts[2]?.text !== '?', parts[4]?.text !== '?'];
  if (isMonthDay === isWeekDay) {
    // `*` in both is every day, whichever of them becomes the question mark.
    const at = parts[4]?.text === '*' || !isMonthDay ? 4 : parts[2]?.text === '*' ? 2 : undefined;
    const to = isMonthDay ? '?' : '*';
    const message = isMonthDay
      ? 'Either the day of month or the day of week must be ?: Glue takes no value in both.'
      : 'Only one of day of month and day of week may be ?.';
    const mended = at === undefined ? undefined : replaced(text, parts[at], to);
    problems.push({ ...days, message, ...(mended === undefined ? {} : { mended }) });
  }
  if (
    problems.length > 0 ||
    minutes === undefined ||
    hours === undefined ||
    monthDay === undefined ||
    month === undefined ||
    weekDay === undefined ||
    year === undefined
  ) {
    return { kind: 'invalid', problems };
  }
  const read = { minutes, hours, monthDay, month, weekDay, year };
  const fast = tooFast(read);
  if (fast) {
    const { start, end } = parts[0] ?? days;
    return {
      kind: 'invalid',
      problems: [{ start, end, message: 'Glue starts nothing more often than every 5 minutes.' }],
    };
  }
  return { kind: 'valid', fields: read, words: scheduleWords(read) };
}

function replaced(text: string, part: Part | undefined, to: string): string | undefined {
  return part === undefined ? undefined : `${text.slice(0, part.start)}${to}${text.slice(part.end)}`;
}

// The five fields of Unix lack the year and have * for both days.
function mendedFields(fields: readonly string[]): string {
  const [minutes = '*', hours = '*', monthDay = '*', month = '*', weekDay = '*', year = '*'] = fields;
  const free = weekDay === '*' || weekDay === '?';
  return `cron(${minutes} ${hours} ${free ? monthDay : '?'} ${month} ${free ? '?' : shiftedWeek(weekDay)} ${year})`;
}

// Unix counts Sunday as 0 or 7, Glue as 1.
function shiftedWeek(field: string): string {
  return field.replaceAll(/\d+/g, (day) => String((Number(day) % 7) + 1));
}

function tooFast({ minutes, hours }: CronFields): boolean {
  const { values } = minutes;
  if (values.some((value, at) => at > 0 && value - (values[at - 1] ?? 0) < 5)) return true;
  const [first = 0, last = 0] = [values[0], values.at(-1)];
  const nextHour = hours.values.some((hour) => hours.values.includes((hour + 1) % 24));
  return values.length > 1 && nextHour && first + 60 - last < 5;
}
