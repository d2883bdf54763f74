import type { SpecialDay } from './cronFields';
import { readSchedule, type CronFields } from './schedule';

const dayMs = 24 * 3_600_000;
/** A leap day on a given day of the week comes back within 28 years, and 40 span a century's gap. */
const farthestDays = 41 * 366;

/** The next moments of a schedule after one, at most so many; fewer where it ends. */
export function nextTimes(fields: CronFields, after: Date, count: number): readonly Date[] {
  const found: Date[] = [];
  const firstYear = Math.max(after.getUTCFullYear(), fields.year.values[0] ?? 0);
  const from =
    firstYear === after.getUTCFullYear()
      ? Math.floor(after.getTime() / dayMs)
      : Date.UTC(firstYear, 0) / dayMs;
  for (let day = from; day < from + farthestDays && found.length < count; day++) {
    const date = new Date(day * dayMs);
    if (!isOn(fields, date)) continue;
    for (const hour of fields.hours.values) {
      for (const minute of fields.minutes.values) {
        const at = new Date(date.getTime() + hour * 3_600_000 + minute * 60_000);
        if (at > after && found.length < count) found.push(at);
      }
    }
  }
  return found;
}

/** A schedule in words; a bad one as it is written. */
export function scheduleShort(text: string): string {
  const schedule = readSchedule(text);
  return schedule.kind === 'valid' ? schedule.words : text;
}

/** A schedule as a sentence without its end: `every day at 02:15 UTC, next at 2024-01-02 02:15 UTC`; what is wrong with a bad one. */
export function scheduleSentence(text: string, now: Date): string {
  const schedule = readSchedule(text);
  if (schedule.kind === 'invalid') return schedule.problems.map(({ message }) => message).join(' ');
  const [next] = nextTimes(schedule.fields, now, 1);
  return `${schedule.words}, ${next === undefined ? 'never again' : `next at ${timeText(next)}`}`;
}

/** `2024-01-02 02:15 UTC`. */
export function timeText(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function isOn({ monthDay, month, weekDay, year }: CronFields, date: Date): boolean {
  if (!year.values.includes(date.getUTCFullYear())) return false;
  if (!month.values.includes(date.getUTCMonth() + 1)) return false;
  const field = monthDay.text === '?' ? weekDay : monthDay;
  const own = monthDay.text === '?' ? date.getUTCDay() + 1 : date.getUTCDate();
  return field.values.includes(own) || field.special.some((special) => isSpecial(special, date));
}

function isSpecial(special: SpecialDay, date: Date): boolean {
  const day = date.getUTCDate();
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  const weekday = date.getUTCDay() + 1;
  switch (special.kind) {
    case 'last-day':
      return day === last;
    case 'last-weekday':
      return day === nearestWeekday(date, last, last);
    case 'nearest-weekday':
      return special.day <= last && day === nearestWeekday(date, special.day, last);
    case 'last-of-week':
      return weekday === special.day && day + 7 > last;
    case 'nth-of-week':
      return weekday === special.day && Math.ceil(day / 7) === special.nth;
  }
}

// Saturday goes back and Sunday forward, but neither into another month.
function nearestWeekday(date: Date, day: number, last: number): number {
  const weekday = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), day)).getUTCDay();
  if (weekday === 6) return day === 1 ? 3 : day - 1;
  if (weekday === 0) return day === last ? day - 2 : day + 1;
  return day;
}
