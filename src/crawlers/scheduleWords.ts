import { monthNames, weekdayNames, type CronField, type SpecialDay } from './cronFields';
import type { CronFields } from './schedule';

/** A schedule in words: `every day at 02:15 UTC`, `every 15 minutes from 08:00 to 17:59 UTC, Monday to Friday`. */
export function scheduleWords(fields: CronFields): string {
  const days = daysText(fields);
  const when = [monthsText(fields.month), yearsText(fields.year)].filter((part) => part !== '');
  const time = timeText(fields);
  const utc = /\d:\d/.test(time) ? ' UTC' : '';
  const main = time.startsWith('at ')
    ? `${days} ${time}${utc}`
    : `${time}${utc}${days === 'every day' ? '' : `, ${days}`}`;
  return [main, ...when].join(', ');
}

function timeText({ minutes, hours }: CronFields): string {
  const count = minutes.values.length * hours.values.length;
  if (count <= 6) {
    const times = hours.values.flatMap((hour) => minutes.values.map((minute) => clock(hour, minute)));
    return `at ${listed(times)}`;
  }
  const span = hoursText(hours);
  const step = stepOf(minutes.values, 60);
  if (minutes.values.length === 1) {
    const [minute = 0] = minutes.values;
    const every = stepOf(hours.values, 24);
    const past = minute === 0 ? '' : `, ${minute} ${minute === 1 ? 'minute' : 'minutes'} past`;
    return every === undefined || every === 1
      ? `every hour${past}${span}`
      : `every ${every} hours from ${clock(hours.values[0] ?? 0, minute)}`;
  }
  if (step !== undefined) {
    const [offset = 0] = minutes.values;
    return `every ${step} minutes${offset === 0 ? '' : ` from minute ${offset}`}${span}`;
  }
  return `every hour at minutes ${listed(minutes.values.map(String))}${span}`;
}

function hoursText({ values }: CronField): string {
  if (values.length === 24) return '';
  const [first = 0, last = 0] = [values[0], values.at(-1)];
  if (last - first + 1 === values.length) return ` from ${clock(first, 0)} to ${clock(last, 59)}`;
  return ` in the hours ${listed(values.map((hour) => String(hour).padStart(2, '0')))}`;
}

/** The distance of values that lie evenly over a whole round. */
function stepOf(values: readonly number[], round: number): number | undefined {
  const [first = 0, second] = values;
  if (second === undefined) return undefined;
  const step = second - first;
  const even = values.every((value, at) => value === first + at * step);
  return even && first < step && (values.at(-1) ?? 0) + step >= round ? step : undefined;
}

function daysText({ monthDay, weekDay }: CronFields): string {
  if (monthDay.text === '?') {
    if (weekDay.values.length === 7) return 'every day';
    const names = weekDay.values.map((day) => weekdayNames[day - 1] ?? '');
    const [first = 0, last = 0] = [weekDay.values[0], weekDay.values.at(-1)];
    const row = names.length > 2 && last - first + 1 === names.length;
    const plain =
      names.length === 0
        ? []
        : [row ? `${names[0] ?? ''} to ${names.at(-1) ?? ''}` : `every ${listed(names)}`];
    return [...plain, ...weekDay.special.map(specialText)].join(' and ');
  }
  if (monthDay.values.length === 31) return 'every day';
  const step = stepOf(
    monthDay.values.map((day) => day - 1),
    31,
  );
  if (step !== undefined) return `every ${step} days from day 1 of the month`;
  const { values } = monthDay;
  const plain =
    values.length === 0
      ? []
      : [`on ${values.length === 1 ? 'day' : 'days'} ${listed(values.map(String))} of the month`];
  return [...plain, ...monthDay.special.map(specialText)].join(' and ');
}

function specialText(day: SpecialDay): string {
  switch (day.kind) {
    case 'last-day':
      return 'on the last day of the month';
    case 'last-weekday':
      return 'on the last weekday of the month';
    case 'nearest-weekday':
      return `on the weekday nearest to day ${day.day} of the month`;
    case 'last-of-week':
      return `on the last ${weekdayNames[day.day - 1] ?? ''} of the month`;
    case 'nth-of-week':
      return `on the ${['first', 'second', 'third', 'fourth', 'fifth'][day.nth - 1] ?? ''} ${weekdayNames[day.day - 1] ?? ''} of the month`;
  }
}

function monthsText({ values, all }: CronField): string {
  if (all || values.length === 12) return '';
  return `in ${listed(values.map((month) => monthNames[month - 1] ?? ''))}`;
}

function yearsText({ values, all }: CronField): string {
  if (all) return '';
  const [first = 0, last = 0] = [values[0], values.at(-1)];
  if (values.length > 2 && last - first + 1 === values.length) return `from ${first} to ${last}`;
  return values.length > 6 ? `in ${values.length} years from ${first}` : `in ${listed(values.map(String))}`;
}

function clock(hour: number, minute: number): string {
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

function listed(items: readonly string[]): string {
  return items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`;
}
