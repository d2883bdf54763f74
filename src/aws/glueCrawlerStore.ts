import type {
  CreateCrawlerCommandInput,
  Crawler,
  CrawlerHistory,
  UpdateCrawlerCommandInput,
} from '@aws-sdk/client-glue';
import { Problem } from '../base/problem';
import type { Connection } from '../connection/connection';
import type { Crawl, CrawlerFacts, CrawlerStore } from '../crawlers/crawlerStore';
import { configurationText } from '../crawlers/editConfiguration';
import type { CallAws } from './call';
import type { Clients } from './clients';

/** Making Glue crawlers, their schedules, and what their crawls changed. */
export function glueCrawlerStore(clients: Clients, callAws: CallAws): CrawlerStore {
  const readCrawler = async (connection: Connection, name: string, signal: AbortSignal): Promise<Crawler> => {
    const answer = await callAws(
      { action: 'glue:GetCrawler', target: name, connection },
      async (options) => {
        const { GetCrawlerCommand } = await import('@aws-sdk/client-glue');
        const client = await clients.glue(connection);
        return client.send(new GetCrawlerCommand({ Name: name }), options);
      },
      signal,
    );
    return answer.Crawler ?? {};
  };

  return {
    async create(connection, { input }, signal) {
      await callAws(
        { action: 'glue:CreateCrawler', target: input.Name, connection },
        async (options) => {
          const { CreateCrawlerCommand } = await import('@aws-sdk/client-glue');
          const client = await clients.glueOnce(connection);
          // Its members were looked over before; what Glue says of a wrong one is the user's to read.
          return client.send(
            new CreateCrawlerCommand(input as unknown as CreateCrawlerCommandInput),
            options,
          );
        },
        signal,
      ).catch((error: unknown) => {
        if (nameOf(error) !== 'AlreadyExistsException') throw error;
        throw new Problem(
          `There is a crawler ${input.Name} already: give this one another name.`,
          'invalid',
          {
            cause: error,
          },
        );
      });
    },

    async update(connection, { input }, signal) {
      await callAws(
        { action: 'glue:UpdateCrawler', target: input.Name, connection },
        async (options) => {
          const { UpdateCrawlerCommand } = await import('@aws-sdk/client-glue');
          const client = await clients.glue(connection);
          return client.send(
            new UpdateCrawlerCommand(input as unknown as UpdateCrawlerCommandInput),
            options,
          );
        },
        signal,
      ).catch((error: unknown) => {
        if (nameOf(error) !== 'CrawlerRunningException') throw error;
        throw new Problem(`The crawler ${input.Name} is running: change it when it has ended.`, 'invalid', {
          cause: error,
        });
      });
    },

    configuration: async (connection, { name }, signal) =>
      configurationText({ ...(await readCrawler(connection, name, signal)) }),

    describe: async (connection, { name }, signal) =>
      factsFrom(await readCrawler(connection, name, signal), name),

    async roles(connection, signal) {
      const page = await callAws(
        { action: 'glue:GetCrawlers', target: 'the crawlers', connection },
        async (options) => {
          const { GetCrawlersCommand } = await import('@aws-sdk/client-glue');
          const client = await clients.glue(connection);
          return client.send(new GetCrawlersCommand({ MaxResults: 100 }), options);
        },
        signal,
      );
      const used = new Map<string, number>();
      for (const { Role } of page.Crawlers ?? []) if (Role) used.set(Role, (used.get(Role) ?? 0) + 1);
      return [...used].toSorted(([, a], [, b]) => b - a).map(([role]) => role);
    },

    async crawls(connection, { name, limit }, signal) {
      const page = await callAws(
        { action: 'glue:ListCrawls', target: name, connection },
        async (options) => {
          const { ListCrawlsCommand } = await import('@aws-sdk/client-glue');
          const client = await clients.glue(connection);
          return client.send(new ListCrawlsCommand({ CrawlerName: name, MaxResults: limit }), options);
        },
        signal,
      );
      return (page.Crawls ?? []).map(crawlFrom);
    },

    async setSchedule(connection, { name, schedule }, signal) {
      await callAws(
        { action: 'glue:UpdateCrawlerSchedule', target: name, connection },
        async (options) => {
          const { UpdateCrawlerScheduleCommand } = await import('@aws-sdk/client-glue');
          const client = await clients.glue(connection);
          return client.send(
            new UpdateCrawlerScheduleCommand({ CrawlerName: name, Schedule: schedule }),
            options,
          );
        },
        signal,
      );
    },

    async switchSchedule(connection, { name, to }, signal) {
      try {
        await callAws(
          {
            action: to === 'running' ? 'glue:StartCrawlerSchedule' : 'glue:StopCrawlerSchedule',
            target: name,
            connection,
          },
          async (options) => {
            const { StartCrawlerScheduleCommand, StopCrawlerScheduleCommand } =
              await import('@aws-sdk/client-glue');
            const client = await clients.glue(connection);
            return to === 'running'
              ? client.send(new StartCrawlerScheduleCommand({ CrawlerName: name }), options)
              : client.send(new StopCrawlerScheduleCommand({ CrawlerName: name }), options);
          },
          signal,
        );
      } catch (error) {
        // It is so already: the first answer may have been lost.
        const already = to === 'running' ? 'SchedulerRunningException' : 'SchedulerNotRunningException';
        if (nameOf(error) !== already) throw error;
      }
    },
  };
}

function nameOf(error: unknown): string {
  return error instanceof Problem && error.cause instanceof Error ? error.cause.name : '';
}

function factsFrom(raw: Crawler, name: string): CrawlerFacts {
  const { Name = name, Role, DatabaseName, Targets, Schedule } = raw;
  const schedule = Schedule?.ScheduleExpression;
  return {
    name: Name,
    ...(Role ? { role: Role } : {}),
    ...(DatabaseName ? { database: DatabaseName } : {}),
    targets: (Targets?.S3Targets ?? []).flatMap(({ Path }) => (Path ? [Path] : [])),
    ...(schedule
      ? { schedule, scheduleState: Schedule?.State === 'NOT_SCHEDULED' ? 'paused' : 'running' }
      : {}),
  };
}

const states: Readonly<Record<string, Crawl['state']>> = {
  RUNNING: 'running',
  COMPLETED: 'succeeded',
  FAILED: 'failed',
  STOPPED: 'stopped',
};

function crawlFrom(raw: CrawlerHistory): Crawl {
  return {
    id: raw.CrawlId ?? '',
    state: states[raw.State ?? ''] ?? 'running',
    ...(raw.StartTime === undefined ? {} : { startedAt: raw.StartTime }),
    ...(raw.EndTime === undefined ? {} : { endedAt: raw.EndTime }),
    ...(raw.ErrorMessage ? { problem: raw.ErrorMessage } : {}),
    ...(raw.Summary ? { summary: raw.Summary } : {}),
  };
}
