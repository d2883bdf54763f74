import { AwsError, type Fields, type Operation } from '../service';
import type { Journal } from '../store/journal';
import { text } from '../wire/input';
import { required } from './paging';

const invalid = 'InvalidInputException';

/** Glue's operations on the schedules of crawlers. The lake starts no crawl by itself: a schedule is kept and told. */
export function scheduleOperations(journal: Journal): Record<string, Operation> {
  const existing = (input: Fields): Fields => {
    const name = required(input, 'CrawlerName', invalid);
    const crawler = journal.all('crawler').get(name) as Fields | undefined;
    if (crawler === undefined)
      throw new AwsError('EntityNotFoundException', `Crawler with name ${name} does not exist`);
    return crawler;
  };
  const put = (crawler: Fields): Fields => {
    journal.put('crawler', text(crawler, 'Name') ?? '', crawler);
    return {};
  };
  const scheduled = (crawler: Fields): string => {
    const schedule = text(crawler, 'Schedule') ?? '';
    if (schedule === '') throw new AwsError('NoScheduleException', 'The crawler has no schedule.');
    return schedule;
  };
  return {
    UpdateCrawlerSchedule: {
      members: ['CrawlerName', 'Schedule'],
      run: (input) => {
        const crawler = existing(input);
        const Schedule = text(input, 'Schedule') ?? '';
        checkSchedule(Schedule);
        return put({ ...crawler, Schedule, ScheduleState: 'SCHEDULED' });
      },
    },
    StartCrawlerSchedule: {
      members: ['CrawlerName'],
      run: (input) => {
        const crawler = existing(input);
        scheduled(crawler);
        if (crawler['ScheduleState'] !== 'NOT_SCHEDULED')
          throw new AwsError('SchedulerRunningException', 'The schedule of the crawler is already running.');
        return put({ ...crawler, ScheduleState: 'SCHEDULED' });
      },
    },
    StopCrawlerSchedule: {
      members: ['CrawlerName'],
      run: (input) => {
        const crawler = existing(input);
        scheduled(crawler);
        if (crawler['ScheduleState'] === 'NOT_SCHEDULED')
          throw new AwsError('SchedulerNotRunningException', 'The schedule of the crawler is not running.');
        return put({ ...crawler, ScheduleState: 'NOT_SCHEDULED' });
      },
    },
  };
}

/** The schedule of a crawler as GetCrawler tells it; nothing where it has none. */
export function shownSchedule(crawler: Fields): Fields {
  const expression = text(crawler, 'Schedule') ?? '';
  if (expression === '') return {};
  return {
    Schedule: { ScheduleExpression: expression, State: text(crawler, 'ScheduleState') ?? 'SCHEDULED' },
  };
}

/**
 * Refuses what is no cron expression of six fields, of which one of the two for days is a question mark.
 * https://docs.aws.amazon.com/glue/latest/dg/monitor-data-warehouse-schedule.html
 */
export function checkSchedule(schedule: string): void {
  if (schedule === '') return;
  const [, inner] = /^cron\((.*)\)$/.exec(schedule.trim()) ?? [];
  const parts = inner?.trim().split(/\s+/) ?? [];
  const plain = parts.every((part) => /^[\w*?,/#-]+$/.test(part));
  const [, , dayOfMonth, , dayOfWeek] = parts;
  if (parts.length === 6 && plain && (dayOfMonth === '?') !== (dayOfWeek === '?')) return;
  throw new AwsError(invalid, `Invalid schedule expression: ${schedule}`);
}
