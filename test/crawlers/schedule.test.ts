import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSchedule } from '../../src/crawlers/schedule';
import { nextTimes, scheduleSentence, timeText } from '../../src/crawlers/scheduleTimes';

const now = new Date('2024-01-15T12:00:00Z'); // a Monday

function words(text: string): string {
  const schedule = readSchedule(text);
  return schedule.kind === 'valid'
    ? schedule.words
    : schedule.problems.map(({ message }) => message).join(' | ');
}

function next(text: string, count = 2, after = now): readonly string[] {
  const schedule = readSchedule(text);
  assert.equal(schedule.kind, 'valid', text);
  return schedule.kind === 'valid' ? nextTimes(schedule.fields, after, count).map(timeText) : [];
}

test('schedules are said in words', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['cron(15 2 * * ? *)', 'every day at 02:15 UTC'],
    ['cron(0 10,22 ? * * *)', 'every day at 10:00 and 22:00 UTC'],
    ['cron(0 18 ? * MON-FRI *)', 'Monday to Friday at 18:00 UTC'],
    ['cron(0 8 1 * ? *)', 'on day 1 of the month at 08:00 UTC'],
    ['cron(0/15 * * * ? *)', 'every 15 minutes'],
    ['cron(0/5 8-17 ? * MON-FRI *)', 'every 5 minutes from 08:00 to 17:59 UTC, Monday to Friday'],
    ['cron(30 * * * ? *)', 'every hour, 30 minutes past'],
    ['cron(0 */6 * * ? *)', 'every day at 00:00, 06:00, 12:00 and 18:00 UTC'],
    ['cron(0 0/2 * * ? *)', 'every 2 hours from 00:00 UTC'],
    ['cron(0 0 L * ? *)', 'on the last day of the month at 00:00 UTC'],
    ['cron(0 0 LW * ? *)', 'on the last weekday of the month at 00:00 UTC'],
    [
      'cron(0 0 15W JAN,JUL ? *)',
      'on the weekday nearest to day 15 of the month at 00:00 UTC, in January and July',
    ],
    ['cron(0 9 ? * 6L *)', 'on the last Friday of the month at 09:00 UTC'],
    ['cron(0 9 ? * MON#1 2025-2027)', 'on the first Monday of the month at 09:00 UTC, from 2025 to 2027'],
    ['cron(0 9 ? * L *)', 'every Saturday at 09:00 UTC'],
    ['cron(0 9 ? * TUE,THU *)', 'every Tuesday and Thursday at 09:00 UTC'],
  ];
  for (const [text, expected] of cases) assert.equal(words(text), expected, text);
});

test('the next moments are those of the calendar, over the ends of months and years', () => {
  assert.deepEqual(next('cron(15 2 * * ? *)'), ['2024-01-16 02:15 UTC', '2024-01-17 02:15 UTC']);
  assert.deepEqual(next('cron(0 12 * * ? *)', 1), ['2024-01-16 12:00 UTC'], 'now itself is over');
  assert.deepEqual(next('cron(0 0 L * ? *)', 3), [
    '2024-01-31 00:00 UTC',
    '2024-02-29 00:00 UTC',
    '2024-03-31 00:00 UTC',
  ]);
  assert.deepEqual(next('cron(0 0 31 * ? *)'), ['2024-01-31 00:00 UTC', '2024-03-31 00:00 UTC']);
  assert.deepEqual(next('cron(0 0 1W * ? *)', 3), [
    '2024-02-01 00:00 UTC',
    '2024-03-01 00:00 UTC',
    '2024-04-01 00:00 UTC',
  ]);
  // June begins with a Saturday: the nearest weekday of that month is the third.
  assert.deepEqual(next('cron(0 0 1W 6 ? *)', 1), ['2024-06-03 00:00 UTC']);
  assert.deepEqual(next('cron(0 0 LW 3,6 ? *)'), ['2024-03-29 00:00 UTC', '2024-06-28 00:00 UTC']);
  assert.deepEqual(next('cron(0 9 ? * 6L *)'), ['2024-01-26 09:00 UTC', '2024-02-23 09:00 UTC']);
  assert.deepEqual(next('cron(0 9 ? * 2#1 *)'), ['2024-02-05 09:00 UTC', '2024-03-04 09:00 UTC']);
  assert.deepEqual(next('cron(0 0 ? * FRI-MON *)', 3), [
    '2024-01-19 00:00 UTC',
    '2024-01-20 00:00 UTC',
    '2024-01-21 00:00 UTC',
  ]);
  assert.deepEqual(next('cron(0 0 29 2 ? *)'), ['2024-02-29 00:00 UTC', '2028-02-29 00:00 UTC']);
  assert.deepEqual(next('cron(0 0 1 1 ? 2099)'), ['2099-01-01 00:00 UTC']);
  assert.deepEqual(next('cron(0 0 1 1 ? 2000)'), []);
  assert.deepEqual(next('cron(0 0 30 2 ? *)'), [], 'a day that never comes');
});

test('a sentence tells the words and the next time, or what is wrong', () => {
  assert.equal(
    scheduleSentence('cron(15 2 * * ? *)', now),
    'every day at 02:15 UTC, next at 2024-01-16 02:15 UTC',
  );
  assert.equal(
    scheduleSentence('cron(0 0 1 1 ? 2000)', now),
    'on day 1 of the month at 00:00 UTC, in January, in 2000, never again',
  );
  assert.match(scheduleSentence('rate(1 day)', now), /^Glue takes no rate\(\)/);
});

test('a bad schedule says what is wrong, where, and how it is mended', () => {
  const cases: readonly (readonly [text: string, message: RegExp, marked: string, mended?: string])[] = [
    ['0 2 * * *', /^A schedule is written cron/, '0 2 * * *', 'cron(0 2 * * ? *)'],
    ['30 2 * * 1-5', /^A schedule is written cron/, '30 2 * * 1-5', 'cron(30 2 ? * 2-6 *)'],
    ['cron(0 2 * * *)', /six fields, not 5, since the year/, 'cron(0 2 * * *)', 'cron(0 2 * * ? *)'],
    ['cron(0 2 * * * *)', /must be \?/, '* * *', 'cron(0 2 * * ? *)'],
    ['cron(0 2 1 * MON *)', /must be \?/, '1 * MON'],
    ['cron(0 2 * * MON *)', /must be \?/, '* * MON', 'cron(0 2 ? * MON *)'],
    ['cron(0 2 ? * ? *)', /Only one of/, '? * ?', 'cron(0 2 ? * * *)'],
    ['cron(60 2 * * ? *)', /60 is outside of the field minutes, which goes from 0 to 59/, '60'],
    ['cron(0 2 * 13 ? *)', /13 is outside of the field month, .* or JAN to DEC/, '13'],
    ['cron(0 2 ? * 0 *)', /0 is outside of the field day of week/, '0'],
    ['cron(0 20-2 * * ? *)', /runs backwards/, '20-2'],
    ['cron(*/2 * * * ? *)', /every 5 minutes/, '*/2'],
    ['cron(3,59 * * * ? *)', /every 5 minutes/, '3,59'],
    ['cron(0 ? * * ? *)', /\? stands for a day only/, '?'],
    ['cron(5L * * * ? *)', /L, W and # stand for days only/, '5L'],
    ['cron(0 2 ? * 2#6 *)', /#6 counts no day/, '2#6'],
    ['cron(0/0 2 * * ? *)', /step of 0/, '0/0'],
    ['cron(x 2 * * ? *)', /x is outside/, 'x'],
    ['cron(1-2-3 2 * * ? *)', /means nothing/, '1-2-3'],
    ['', /^A schedule is written/, ''],
  ];
  for (const [text, message, marked, mended] of cases) {
    const schedule = readSchedule(text);
    assert.equal(schedule.kind, 'invalid', text);
    const [problem] = schedule.kind === 'invalid' ? schedule.problems : [];
    assert.match(problem?.message ?? '', message, text);
    assert.equal(text.slice(problem?.start, problem?.end), marked, text);
    assert.equal(problem?.mended, mended, text);
    if (mended !== undefined) assert.equal(readSchedule(mended).kind, 'valid', mended);
  }
});

test('no text makes the reader throw', () => {
  for (const text of [
    'cron()',
    'cron(',
    'cron(,,, , , , , ,)',
    'cron(1,, * * * ? *)',
    'cron(-1 * * * ? *)',
    '\u0000',
    'cron(99999999999999999999 * * * ? *)',
  ]) {
    assert.equal(readSchedule(text).kind, 'invalid', text);
  }
});
