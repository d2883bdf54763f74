import type { CrawlPolicy } from '../crawl/applyTable';
import type { CrawlTarget } from '../crawl/crawl';
import { AwsError, type Fields, type Operation } from '../service';
import type { Journal } from '../store/journal';
import { fields, list, number, objects, text, texts } from '../wire/input';
import { crawlerLogGroup, type CrawlRecord, type Crawls, crawlSummary } from './glueCrawls';
import { configured } from './glueCrawlerConfiguration';
import { checkSchedule, scheduleOperations, shownSchedule } from './glueCrawlerSchedules';
import { pageOf, required } from './paging';

const invalid = 'InvalidInputException';
const members = [
  'Name',
  'Role',
  'DatabaseName',
  'Description',
  'Targets',
  'Schedule',
  'TablePrefix',
  'SchemaChangePolicy',
  'RecrawlPolicy',
  'Configuration',
];

/** Glue's operations on crawlers and their crawls. */
export function crawlerOperations(journal: Journal, crawls: Crawls): Record<string, Operation> {
  const existing = (input: Fields, member = 'Name'): Fields => {
    const name = required(input, member, invalid);
    const crawler = journal.all('crawler').get(name) as Fields | undefined;
    if (crawler === undefined)
      throw new AwsError('EntityNotFoundException', `Crawler with name ${name} does not exist`);
    return crawler;
  };
  const nameOf = (crawler: Fields): string => text(crawler, 'Name') ?? '';
  const all = (): readonly Fields[] => [...journal.all('crawler').values()] as readonly Fields[];
  const refuseRunning = (crawler: Fields): void => {
    if (crawls.state(nameOf(crawler)) !== 'READY') {
      throw new AwsError(
        'CrawlerRunningException',
        `Crawler with name ${nameOf(crawler)} has already started`,
      );
    }
  };
  const shown = (crawler: Fields): Fields => shownCrawler(crawler, crawls);
  return {
    ...scheduleOperations(journal),
    BatchGetCrawlers: {
      members: ['CrawlerNames'],
      run: (input) => {
        const wanted = texts(input, 'CrawlerNames');
        const found = all().filter((crawler) => wanted.includes(nameOf(crawler)));
        const known = found.map(nameOf);
        return {
          Crawlers: found.map(shown),
          CrawlersNotFound: wanted.filter((name) => !known.includes(name)),
        };
      },
    },
    CreateCrawler: {
      members: [...members, 'Tags'],
      run: (input) => {
        const Name = required(input, 'Name', invalid);
        if (journal.all('crawler').has(Name))
          throw new AwsError('AlreadyExistsException', `Crawler ${Name} already exists`);
        const { Tags: _, ...definition } = input;
        const now = Date.now() / 1000;
        checked(definition);
        journal.put('crawler', Name, { ...definition, CreationTime: now, LastUpdated: now, Version: 1 });
        return {};
      },
    },
    UpdateCrawler: {
      members,
      run: (input) => {
        const crawler = existing(input);
        refuseRunning(crawler);
        const updated = {
          ...crawler,
          ...input,
          LastUpdated: Date.now() / 1000,
          Version: (number(crawler, 'Version') ?? 0) + 1,
        };
        checked(updated);
        journal.put('crawler', nameOf(crawler), updated);
        return {};
      },
    },
    DeleteCrawler: {
      members: ['Name'],
      run: (input) => {
        const crawler = existing(input);
        refuseRunning(crawler);
        crawls.forget(nameOf(crawler));
        journal.remove('crawler', nameOf(crawler));
        return {};
      },
    },
    GetCrawler: { members: ['Name'], run: (input) => ({ Crawler: shown(existing(input)) }) },
    GetCrawlers: {
      members: ['MaxResults', 'NextToken'],
      run: (input) => {
        const { items, next } = pageOf(all(), input, { default: 100, most: 1000 });
        return { Crawlers: items.map(shown), ...next };
      },
    },
    ListCrawlers: {
      members: ['MaxResults', 'NextToken'],
      run: (input) => {
        const { items, next } = pageOf(all(), input, { default: 100, most: 1000 });
        return { CrawlerNames: items.map(nameOf), ...next };
      },
    },
    StartCrawler: {
      members: ['Name'],
      run: (input) => {
        const crawler = existing(input);
        refuseRunning(crawler);
        crawls.start(targetsOf(crawler), policyOf(crawler));
        return {};
      },
    },
    StopCrawler: {
      members: ['Name'],
      run: (input) => {
        const name = nameOf(existing(input));
        const state = crawls.state(name);
        if (state === 'READY')
          throw new AwsError('CrawlerNotRunningException', `Crawler with name ${name} isn't running`);
        if (state === 'STOPPING')
          throw new AwsError('CrawlerStoppingException', `Crawler with name ${name} is already stopping`);
        crawls.stop(name);
        return {};
      },
    },
    GetCrawlerMetrics: {
      members: ['CrawlerNameList', 'MaxResults', 'NextToken'],
      run: (input) => {
        const wanted = texts(input, 'CrawlerNameList');
        const some = all().filter((crawler) => wanted.length === 0 || wanted.includes(nameOf(crawler)));
        const { items, next } = pageOf(some, input, { default: 100, most: 1000 });
        return { CrawlerMetricsList: items.map((crawler) => metrics(nameOf(crawler), crawls)), ...next };
      },
    },
    ListCrawls: {
      members: ['CrawlerName', 'MaxResults', 'Filters', 'NextToken'],
      run: (input) => {
        const crawler = existing(input, 'CrawlerName');
        const filters = objects(input, 'Filters');
        const some = crawls
          .of(nameOf(crawler))
          .filter((crawl) => filters.every((filter) => fits(crawl, filter)));
        const { items, next } = pageOf(some, input, { default: 20, most: 1000 });
        return { Crawls: items.map(shownCrawl), ...next };
      },
    },
  };
}

function shownCrawler(crawler: Fields, crawls: Crawls): Fields {
  const name = text(crawler, 'Name') ?? '';
  const { Schedule: _, ScheduleState: __, ...rest } = crawler;
  const last = crawls.of(name).find(({ state }) => state !== 'RUNNING');
  const state = crawls.state(name);
  const running = crawls.of(name)[0];
  return {
    Classifiers: [],
    RecrawlPolicy: { RecrawlBehavior: 'CRAWL_EVERYTHING' },
    SchemaChangePolicy: { UpdateBehavior: 'UPDATE_IN_DATABASE', DeleteBehavior: 'DEPRECATE_IN_DATABASE' },
    LineageConfiguration: { CrawlerLineageSettings: 'DISABLE' },
    ...rest,
    ...shownSchedule(crawler),
    State: state,
    CrawlElapsedTime: state === 'READY' || running === undefined ? 0 : Date.now() - running.started,
    ...(last === undefined
      ? {}
      : {
          LastCrawl: {
            Status: { COMPLETED: 'SUCCEEDED', FAILED: 'FAILED', STOPPED: 'CANCELLED', RUNNING: undefined }[
              last.state
            ],
            ...(last.error === undefined ? {} : { ErrorMessage: last.error }),
            LogGroup: crawlerLogGroup,
            LogStream: name,
            MessagePrefix: last.id,
            StartTime: last.started / 1000,
          },
        }),
  };
}

function shownCrawl(crawl: CrawlRecord): Fields {
  const hours = ((crawl.ended ?? Date.now()) - crawl.started) / 3_600_000;
  return {
    CrawlId: crawl.id,
    State: crawl.state,
    StartTime: crawl.started / 1000,
    ...(crawl.ended === undefined ? {} : { EndTime: crawl.ended / 1000 }),
    Summary: crawlSummary(crawl.changes),
    ...(crawl.error === undefined ? {} : { ErrorMessage: crawl.error }),
    LogGroup: crawlerLogGroup,
    LogStream: crawl.crawler,
    MessagePrefix: crawl.id,
    // A crawler has two units.
    DPUHour: 2 * hours,
  };
}

function metrics(name: string, crawls: Crawls): Fields {
  const done = crawls.of(name).filter(({ state }) => state === 'COMPLETED');
  const seconds = done
    .map(({ started, ended = started }) => (ended - started) / 1000)
    .toSorted((a, b) => a - b);
  const count = (change: string): number =>
    (done[0]?.changes ?? []).filter((each) => each.of === 'TABLE' && each.change === change).length;
  return {
    CrawlerName: name,
    TimeLeftSeconds: 0,
    StillEstimating: crawls.state(name) !== 'READY',
    LastRuntimeSeconds:
      done[0] === undefined ? 0 : ((done[0].ended ?? done[0].started) - done[0].started) / 1000,
    MedianRuntimeSeconds: seconds[Math.floor(seconds.length / 2)] ?? 0,
    TablesCreated: count('ADD'),
    TablesUpdated: count('UPDATE'),
    TablesDeleted: count('DELETE'),
  };
}

// START_TIME and END_TIME are compared as milliseconds since 1970, DPU_HOUR as a number.
function fits(crawl: CrawlRecord, filter: Fields): boolean {
  const value = text(filter, 'FieldValue') ?? '';
  const field = text(filter, 'FieldName') ?? '';
  const own = {
    CRAWL_ID: crawl.id,
    STATE: crawl.state,
    START_TIME: crawl.started,
    END_TIME: crawl.ended ?? 0,
    DPU_HOUR: Number(shownCrawl(crawl)['DPUHour']),
  }[field];
  if (own === undefined)
    throw new AwsError(invalid, `FieldName ${field} is none that crawls are filtered by.`);
  const wanted = typeof own === 'number' ? Number(value) : value;
  const operator = text(filter, 'FilterOperator') ?? '';
  switch (operator) {
    case 'EQ':
      return own === wanted;
    case 'NE':
      return own !== wanted;
    case 'GT':
      return own > wanted;
    case 'GE':
      return own >= wanted;
    case 'LT':
      return own < wanted;
    case 'LE':
      return own <= wanted;
    default:
      throw new AwsError(invalid, `FilterOperator ${operator} is unknown.`);
  }
}

// What a crawler would do that the lake cannot is refused when it is made, not when it runs.
function checked(crawler: Fields): void {
  checkSchedule(text(crawler, 'Schedule') ?? '');
  const targets = fields(crawler, 'Targets');
  const other = Object.keys(targets).find((kind) => kind !== 'S3Targets' && list(targets, kind).length > 0);
  if (other !== undefined) throw new AwsError(invalid, `The local lake crawls S3 only, not ${other}.`);
  if (targetsOf(crawler).length === 0) throw new AwsError(invalid, 'At least one target is required');
  for (const target of objects(targets, 'S3Targets')) {
    const unknown = Object.keys(target).find((member) => !/^(?:Path|Exclusions|SampleSize)$/.test(member));
    if (unknown !== undefined)
      throw new AwsError(invalid, `The local lake does not implement the member ${unknown} of S3Target.`);
    // The lake reads one file of each folder anyway.
    const size = number(target, 'SampleSize');
    if (size !== undefined && (size < 1 || size > 249))
      throw new AwsError(invalid, 'SampleSize must be between 1 and 249.');
  }
  if (text(crawler, 'DatabaseName') === undefined)
    throw new AwsError(invalid, 'DatabaseName is required for S3 targets');
  const policy = policyOf(crawler);
  if (policy.newFoldersOnly && (policy.update !== 'LOG' || policy.remove !== 'LOG')) {
    throw new AwsError(
      invalid,
      'The SchemaChangePolicy for "Crawl new folders only" Amazon S3 target can have only LOG DeleteBehavior value and LOG UpdateBehavior value.',
    );
  }
}

function targetsOf(crawler: Fields): readonly CrawlTarget[] {
  return objects(fields(crawler, 'Targets'), 'S3Targets').map((target) => ({
    path: (text(target, 'Path') ?? '').replace(/\/?$/, '/'),
    exclusions: texts(target, 'Exclusions'),
  }));
}

function policyOf(crawler: Fields): CrawlPolicy {
  const change = fields(crawler, 'SchemaChangePolicy');
  const update = text(change, 'UpdateBehavior') ?? 'UPDATE_IN_DATABASE';
  const remove = text(change, 'DeleteBehavior') ?? 'DEPRECATE_IN_DATABASE';
  const recrawl = text(fields(crawler, 'RecrawlPolicy'), 'RecrawlBehavior') ?? 'CRAWL_EVERYTHING';
  if (update !== 'LOG' && update !== 'UPDATE_IN_DATABASE')
    throw new AwsError(invalid, `UpdateBehavior ${update} is unknown.`);
  if (remove !== 'LOG' && remove !== 'DELETE_FROM_DATABASE' && remove !== 'DEPRECATE_IN_DATABASE') {
    throw new AwsError(invalid, `DeleteBehavior ${remove} is unknown.`);
  }
  if (recrawl !== 'CRAWL_EVERYTHING' && recrawl !== 'CRAWL_NEW_FOLDERS_ONLY') {
    throw new AwsError(invalid, `The local lake does not implement RecrawlBehavior ${recrawl}.`);
  }
  return {
    crawler: text(crawler, 'Name') ?? '',
    database: (text(crawler, 'DatabaseName') ?? '').toLowerCase(),
    prefix: text(crawler, 'TablePrefix') ?? '',
    update,
    remove,
    newFoldersOnly: recrawl === 'CRAWL_NEW_FOLDERS_ONLY',
    ...configured(text(crawler, 'Configuration')),
  };
}
