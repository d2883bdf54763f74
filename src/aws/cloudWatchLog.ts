import type { LogLine } from '../pipelines/pipeline';
import type { Connection } from '../connection/connection';
import { Problem } from '../base/problem';
import type { CallAws } from './call';
import type { Clients } from './clients';

/** Which part of a log group is wanted. */
export interface LogWish {
  readonly connection: Connection;
  readonly group: string;
  readonly streams?: readonly string[];
  readonly streamPrefix?: string;
  /** Milliseconds since 1970. */
  readonly from?: number;
  readonly pattern?: string;
  /** The newest lines, at most so many. */
  readonly limit: number;
}

export interface LogEvent extends LogLine {
  readonly stream: string;
}

/** Reads CloudWatch logs; a group or stream that was never written is an empty log, not a fault. */
export function cloudWatchLog(
  clients: Clients,
  callAws: CallAws,
): (wish: LogWish, signal: AbortSignal) => Promise<readonly LogEvent[]> {
  return async (wish, signal) => {
    const { connection, group, limit } = wish;
    const events: LogEvent[] = [];
    let nextToken: string | undefined;
    try {
      do {
        const page = await callAws(
          { action: 'logs:FilterLogEvents', target: group, connection },
          async (options) => {
            const { FilterLogEventsCommand } = await import('@aws-sdk/client-cloudwatch-logs');
            const client = await clients.logs(connection);
            return client.send(
              new FilterLogEventsCommand({
                logGroupName: group,
                logStreamNames: wish.streams === undefined ? undefined : [...wish.streams],
                logStreamNamePrefix: wish.streamPrefix,
                startTime: wish.from,
                filterPattern: wish.pattern,
                nextToken,
              }),
              options,
            );
          },
          signal,
        );
        for (const event of page.events ?? []) {
          events.push({
            text: (event.message ?? '').replace(/\n$/, ''),
            stream: event.logStreamName ?? '',
            ...(event.timestamp === undefined ? {} : { at: new Date(event.timestamp) }),
          });
        }
        // Events come oldest first; only the newest are kept.
        if (events.length > 2 * limit) events.splice(0, events.length - limit);
        nextToken = page.nextToken;
      } while (nextToken !== undefined);
    } catch (error) {
      if (error instanceof Problem && error.kind === 'missing') return [];
      throw error;
    }
    return events.slice(-limit);
  };
}
