import type { Operation } from './operations';
import { newCrawler } from './pipelineOperations';
import { never, type World } from './world';

/** Making crawlers and their schedules. */
export const crawlerOperations: readonly Operation[] = [
  {
    command: 'CreateCrawler',
    at: { action: 'glue:CreateCrawler' },
    action: 'glue:CreateCrawler',
    use: 'Create Crawler',
    repeats: 'never',
    guarantee: 'sent once; a crawler whose answer was lost is there, and making it again says so',
    cell: async (world, number) => {
      const name = `made-${number}`;
      const input = {
        Name: name,
        Role: 'arn:aws:iam::111122223333:role/banking-glue',
        DatabaseName: 'centralbank_data',
        Targets: { S3Targets: [{ Path: 's3://centralbank-data-lake/nothing-here/' }] },
      };
      return {
        target: name,
        run: (ports) => ports.crawlers.create(world.connection, { input }, never),
        effects: async () => {
          const { Crawlers } = await world.ask('AWSGlue.BatchGetCrawlers', { CrawlerNames: [name] });
          return (Crawlers as readonly unknown[]).length;
        },
      };
    },
  },
  {
    command: 'UpdateCrawler',
    at: { action: 'glue:UpdateCrawler' },
    action: 'glue:UpdateCrawler',
    use: 'Edit Crawler',
    repeats: 'safely',
    guarantee:
      'sets what is given: setting it twice is setting it once, and the configuration before can be put back',
    cell: async (world, number) => {
      const { name } = await newCrawler(world, number);
      const input = { Name: name, Description: 'changed' };
      return {
        target: name,
        run: (ports) => ports.crawlers.update(world.connection, { input }, never),
        effects: async () => {
          const { Crawler } = await world.ask('AWSGlue.GetCrawler', { Name: name });
          return (Crawler as { readonly Description?: string }).Description === 'changed' ? 1 : 0;
        },
      };
    },
  },
  {
    command: 'UpdateCrawlerSchedule',
    at: { action: 'glue:UpdateCrawlerSchedule' },
    action: 'glue:UpdateCrawlerSchedule',
    use: 'Change Crawler Schedule',
    repeats: 'safely',
    guarantee: 'sets a schedule: setting it twice is setting it once',
    cell: async (world, number) => {
      const { name } = await newCrawler(world, number);
      const schedule = 'cron(0 4 * * ? *)';
      return {
        target: name,
        run: (ports) => ports.crawlers.setSchedule(world.connection, { name, schedule }, never),
        effects: async () => ((await scheduleAt(world, name))?.ScheduleExpression === schedule ? 1 : 0),
      };
    },
  },
  {
    command: 'StopCrawlerSchedule',
    at: { action: 'glue:StopCrawlerSchedule' },
    action: 'glue:StopCrawlerSchedule',
    use: 'Change Crawler Schedule',
    repeats: 'safely',
    guarantee: 'a schedule that rests already counts as done',
    cell: async (world, number) => {
      const { name } = await newCrawler(world, number);
      await world.ask('AWSGlue.UpdateCrawlerSchedule', { CrawlerName: name, Schedule: 'cron(0 4 * * ? *)' });
      return {
        target: name,
        run: (ports) => ports.crawlers.switchSchedule(world.connection, { name, to: 'paused' }, never),
        effects: async () => ((await scheduleAt(world, name))?.State === 'NOT_SCHEDULED' ? 1 : 0),
      };
    },
  },
  {
    command: 'StartCrawlerSchedule',
    at: { action: 'glue:StartCrawlerSchedule' },
    action: 'glue:StartCrawlerSchedule',
    use: 'Change Crawler Schedule',
    repeats: 'safely',
    guarantee: 'a schedule that runs already counts as done',
    cell: async (world, number) => {
      const { name } = await newCrawler(world, number);
      await world.ask('AWSGlue.UpdateCrawlerSchedule', { CrawlerName: name, Schedule: 'cron(0 4 * * ? *)' });
      await world.ask('AWSGlue.StopCrawlerSchedule', { CrawlerName: name });
      return {
        target: name,
        run: (ports) => ports.crawlers.switchSchedule(world.connection, { name, to: 'running' }, never),
        effects: async () => ((await scheduleAt(world, name))?.State === 'SCHEDULED' ? 1 : 0),
      };
    },
  },
];

async function scheduleAt(
  world: World,
  name: string,
): Promise<{ readonly ScheduleExpression?: string; readonly State?: string } | undefined> {
  const { Crawler } = (await world.ask('AWSGlue.GetCrawler', { Name: name })) as {
    Crawler: { Schedule?: { ScheduleExpression?: string; State?: string } };
  };
  return Crawler.Schedule;
}
