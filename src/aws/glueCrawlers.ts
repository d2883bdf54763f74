import type { Crawler, CrawlerHistory, CrawlerTargets } from '@aws-sdk/client-glue';
import { Problem } from '../base/problem';
import type { Connection } from '../connection/connection';
import type { PipelineCalls, Run, RunState } from '../pipelines/pipeline';
import type { CallAws } from './call';
import type { Clients } from './clients';
import { cloudWatchLog } from './cloudWatchLog';

/** Glue crawlers and their crawls. A crawler runs one crawl at a time, and a start gives it no id. */
export function glueCrawlers(clients: Clients, callAws: CallAws): PipelineCalls {
  const readLog = cloudWatchLog(clients, callAws);

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

  const readCrawls = async (
    connection: Connection,
    request: { readonly name: string; readonly next?: string; readonly limit: number },
    signal: AbortSignal,
  ) =>
    callAws(
      { action: 'glue:ListCrawls', target: request.name, connection },
      async (options) => {
        const { ListCrawlsCommand } = await import('@aws-sdk/client-glue');
        const client = await clients.glue(connection);
        const input = { CrawlerName: request.name, MaxResults: request.limit, NextToken: request.next };
        return client.send(new ListCrawlsCommand(input), options);
      },
      signal,
    );

  return {
    async list(connection, { next }, signal) {
      const page = await callAws(
        { action: 'glue:GetCrawlers', target: 'the crawlers', connection },
        async (options) => {
          const { GetCrawlersCommand } = await import('@aws-sdk/client-glue');
          const client = await clients.glue(connection);
          return client.send(new GetCrawlersCommand({ NextToken: next, MaxResults: 100 }), options);
        },
        signal,
      );
      const items = (page.Crawlers ?? []).map(({ Name = '', Description, Schedule, Targets }) => ({
        kind: 'crawler' as const,
        name: Name,
        id: Name,
        ...(Description ? { description: Description } : {}),
        ...(Schedule?.ScheduleExpression ? { schedule: Schedule.ScheduleExpression } : {}),
        targets: placesOf(Targets),
      }));
      return { items, ...(page.NextToken ? { next: page.NextToken } : {}) };
    },

    async runs(connection, { pipeline, next, limit = 20 }, signal) {
      const page = await readCrawls(
        connection,
        { name: pipeline.name, limit, ...(next === undefined ? {} : { next }) },
        signal,
      );
      return {
        items: (page.Crawls ?? []).map((crawl) => crawlFrom(crawl, pipeline.name)),
        ...(page.NextToken ? { next: page.NextToken } : {}),
      };
    },

    async state(connection, { run }, signal) {
      const crawler = await readCrawler(connection, run.pipeline, signal);
      if (crawler.State === 'RUNNING') return { ...run, state: 'running' };
      if (crawler.State === 'STOPPING') return { ...run, state: 'stopping' };
      const last = crawler.LastCrawl;
      // The clocks of AWS and of this machine may differ; a crawl that began well before the start is another one.
      const begun = last?.StartTime?.getTime() ?? 0;
      if (last === undefined || begun < (run.startedAt?.getTime() ?? 0) - 60_000) return run;
      const newest = (await readCrawls(connection, { name: run.pipeline, limit: 1 }, signal)).Crawls?.[0];
      const told = newest === undefined ? run : crawlFrom(newest, run.pipeline);
      return {
        ...told,
        id: run.id,
        state: endStates[last.Status ?? ''] ?? 'failed',
        endedAt: told.endedAt ?? new Date(),
        targets: placesOf(crawler.Targets),
        ...(last.ErrorMessage ? { problem: last.ErrorMessage } : {}),
      };
    },

    async start(connection, { pipeline, token }, signal) {
      try {
        await callAws(
          { action: 'glue:StartCrawler', target: pipeline.name, connection },
          async (options) => {
            const { StartCrawlerCommand } = await import('@aws-sdk/client-glue');
            const client = await clients.glueOnce(connection);
            return client.send(new StartCrawlerCommand({ Name: pipeline.name }), options);
          },
          signal,
        );
      } catch (error) {
        if (
          error instanceof Problem &&
          error.cause instanceof Error &&
          error.cause.name === 'CrawlerRunningException'
        ) {
          throw new Problem(
            `The crawler ${pipeline.name} is running already: wait for its end or stop it.`,
            'invalid',
            {
              cause: error,
            },
          );
        }
        throw error;
      }
      return {
        kind: 'crawler',
        pipeline: pipeline.name,
        pipelineId: pipeline.id,
        id: `${pipeline.name}:${token}`,
        state: 'running',
        startedAt: new Date(),
      };
    },

    async stop(connection, { run }, signal) {
      try {
        await callAws(
          { action: 'glue:StopCrawler', target: run.pipeline, connection },
          async (options) => {
            const { StopCrawlerCommand } = await import('@aws-sdk/client-glue');
            const client = await clients.glue(connection);
            return client.send(new StopCrawlerCommand({ Name: run.pipeline }), options);
          },
          signal,
        );
      } catch (error) {
        // Stopping twice is stopping once: the first answer may have been lost, or the crawl ended by itself.
        const name = error instanceof Problem && error.cause instanceof Error ? error.cause.name : '';
        if (name !== 'CrawlerStoppingException' && name !== 'CrawlerNotRunningException') throw error;
      }
    },

    async log(connection, { run, limit }, signal) {
      const last = (await readCrawler(connection, run.pipeline, signal)).LastCrawl;
      const group = last?.LogGroup ?? '/aws-glue/crawlers';
      const stream = last?.LogStream ?? run.pipeline;
      const from = run.startedAt === undefined ? {} : { from: run.startedAt.getTime() - 60_000 };
      return readLog({ connection, group, streams: [stream], limit, ...from }, signal);
    },
  };
}

const endStates: Readonly<Record<string, RunState>> = {
  SUCCEEDED: 'succeeded',
  CANCELLED: 'stopped',
  FAILED: 'failed',
};
const crawlStates: Readonly<Record<string, RunState>> = {
  RUNNING: 'running',
  COMPLETED: 'succeeded',
  FAILED: 'failed',
  STOPPED: 'stopped',
};

function crawlFrom(raw: CrawlerHistory, crawler: string): Run {
  const outcome = outcomeOf(raw.Summary);
  return {
    kind: 'crawler',
    pipeline: crawler,
    pipelineId: crawler,
    id: raw.CrawlId ?? '',
    state: crawlStates[raw.State ?? ''] ?? 'running',
    ...(raw.StartTime === undefined ? {} : { startedAt: raw.StartTime }),
    ...(raw.EndTime === undefined ? {} : { endedAt: raw.EndTime }),
    ...(raw.ErrorMessage ? { problem: raw.ErrorMessage } : {}),
    ...(raw.DPUHour === undefined ? {} : { dpuSeconds: raw.DPUHour * 3600 }),
    ...(outcome === undefined ? {} : { outcome }),
  };
}

function placesOf(targets: CrawlerTargets | undefined): readonly string[] {
  return (targets?.S3Targets ?? []).flatMap(({ Path }) => (Path ? [Path] : []));
}

/** A summary is JSON within JSON: `{"PARTITION":"{\"ADD\":{\"Count\":3,…}}"}`. */
function outcomeOf(summary: string | undefined): string | undefined {
  if (summary === undefined || summary === '') return undefined;
  const parts: string[] = [];
  for (const [what, changes] of Object.entries(objectIn(summary))) {
    for (const [change, detail] of Object.entries(objectIn(changes))) {
      const count = Number(objectIn(detail)['Count'] ?? 0);
      if (!(count > 0)) continue;
      const sign = change === 'ADD' ? '+' : change === 'DELETE' ? '−' : '~';
      parts.push(`${sign}${count} ${what.toLowerCase()}${count === 1 ? '' : 's'}`);
    }
  }
  return parts.length === 0 ? undefined : parts.join(', ');
}

function objectIn(value: unknown): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = typeof value === 'string' ? JSON.parse(value) : value;
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
