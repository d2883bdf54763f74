import type { LogEvent, LogGroup, LogStore, LogStream } from '../jobs/logStore';
import { AwsError, accountId, type Fields, type Operation, region, type Service } from '../service';
import { number, objects, text, texts } from '../wire/input';
import { logPattern } from './logsPattern';
import { pageOf, required } from './paging';

const invalid = 'InvalidParameterException';

/** CloudWatch Logs: groups, streams and their lines. */
export function logsService(logs: LogStore): Service {
  return {
    name: 'logs',
    target: 'Logs_20140328',
    invalid,
    operations: { ...groupOperations(logs), ...eventOperations(logs) },
  };
}

function groupOperations(logs: LogStore): Record<string, Operation> {
  return {
    CreateLogGroup: {
      members: ['logGroupName'],
      run: (input) => {
        logs.createGroup(required(input, 'logGroupName', invalid));
        return {};
      },
    },
    CreateLogStream: {
      members: ['logGroupName', 'logStreamName'],
      run: (input) => {
        logs.createStream(
          required(input, 'logGroupName', invalid),
          required(input, 'logStreamName', invalid),
        );
        return {};
      },
    },
    DescribeLogGroups: {
      members: ['logGroupNamePrefix', 'logGroupNamePattern', 'nextToken', 'limit'],
      run: (input) => {
        const prefix = text(input, 'logGroupNamePrefix') ?? '';
        const pattern = (text(input, 'logGroupNamePattern') ?? '').toLowerCase();
        if (prefix !== '' && pattern !== '') {
          throw new AwsError(
            invalid,
            'LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.',
          );
        }
        const all = logs
          .groups()
          .filter(({ name }) => name.startsWith(prefix) && name.toLowerCase().includes(pattern));
        const { items, next } = page(all, input, 50);
        return { logGroups: items.map(shownGroup), ...next };
      },
    },
    DescribeLogStreams: {
      members: [
        'logGroupName',
        'logGroupIdentifier',
        'logStreamNamePrefix',
        'orderBy',
        'descending',
        'nextToken',
        'limit',
      ],
      run: (input) => {
        const byTime = text(input, 'orderBy') === 'LastEventTime';
        const prefix = text(input, 'logStreamNamePrefix');
        if (byTime && prefix !== undefined) {
          throw new AwsError(invalid, 'Cannot order by LastEventTime with a logStreamNamePrefix.');
        }
        const group = logs.group(groupName(input));
        const all = [...group.streams.values()]
          .filter(({ name }) => name.startsWith(prefix ?? ''))
          .toSorted((a, b) =>
            byTime ? lastTime(a) - lastTime(b) || compare(a.name, b.name) : compare(a.name, b.name),
          );
        const { items, next } = page(input['descending'] === true ? all.toReversed() : all, input, 50);
        return { logStreams: items.map((stream) => shownStream(group.name, stream)), ...next };
      },
    },
  };
}

function eventOperations(logs: LogStore): Record<string, Operation> {
  return {
    PutLogEvents: {
      members: ['logGroupName', 'logStreamName', 'logEvents', 'sequenceToken'],
      run: (input) => {
        const group = required(input, 'logGroupName', invalid);
        const stream = required(input, 'logStreamName', invalid);
        logs.stream(group, stream);
        const lines = objects(input, 'logEvents').map((event) => ({
          at: number(event, 'timestamp') ?? Date.now(),
          text: text(event, 'message') ?? '',
        }));
        if (lines.some(({ at }, index) => index > 0 && at < (lines[index - 1]?.at ?? 0))) {
          throw new AwsError(
            invalid,
            'Log events in a single PutLogEvents request must be in chronological order.',
          );
        }
        logs.append({ group, stream }, lines);
        return { nextSequenceToken: String(Date.now()) };
      },
    },
    GetLogEvents: {
      members: [
        'logGroupName',
        'logGroupIdentifier',
        'logStreamName',
        'startTime',
        'endTime',
        'nextToken',
        'limit',
        'startFromHead',
      ],
      run: (input) => getLogEvents(logs, input),
    },
    FilterLogEvents: {
      members: [
        'logGroupName',
        'logGroupIdentifier',
        'logStreamNames',
        'logStreamNamePrefix',
        'startTime',
        'endTime',
        'filterPattern',
        'nextToken',
        'limit',
        'interleaved',
      ],
      run: (input) => filterLogEvents(logs, input),
    },
  };
}

function getLogEvents(logs: LogStore, input: Fields): Fields {
  const stream = logs.stream(groupName(input), required(input, 'logStreamName', invalid));
  const events = stream.events.filter(inTime(input)).toSorted((a, b) => a.at - b.at);
  const limit = limitOf(input, 10_000);
  const token = text(input, 'nextToken');
  const [, way, at] = /^([fb])\/(\d+)$/.exec(token ?? '') ?? [];
  if (token !== undefined && way === undefined)
    throw new AwsError(invalid, 'The specified nextToken is invalid.');
  const forward = way === undefined ? input['startFromHead'] === true : way === 'f';
  const start = forward ? Number(at ?? 0) : Math.max(0, Number(at ?? events.length) - limit);
  const end = forward ? Math.min(events.length, start + limit) : Number(at ?? events.length);
  return {
    events: events
      .slice(start, end)
      .map((event) => ({ timestamp: event.at, message: event.text, ingestionTime: event.ingested })),
    nextForwardToken: `f/${Math.max(start, end)}`,
    nextBackwardToken: `b/${start}`,
  };
}

function filterLogEvents(logs: LogStore, input: Fields): Fields {
  const names = texts(input, 'logStreamNames');
  const prefix = text(input, 'logStreamNamePrefix');
  if (names.length > 0 && prefix !== undefined) {
    throw new AwsError(invalid, 'Cannot use logStreamNames with logStreamNamePrefix.');
  }
  const group = logs.group(groupName(input));
  const missing = names.find((name) => !group.streams.has(name));
  if (missing !== undefined)
    throw new AwsError('ResourceNotFoundException', 'The specified log stream does not exist.');
  const matches = logPattern(text(input, 'filterPattern') ?? '');
  const wanted = [...group.streams.values()].filter(({ name }) =>
    names.length > 0 ? names.includes(name) : name.startsWith(prefix ?? ''),
  );
  const all = wanted
    .flatMap(({ name, events }) => events.filter(inTime(input)).map((event) => ({ ...event, stream: name })))
    .filter((event) => matches(event.text))
    .toSorted((a, b) => a.at - b.at || compare(a.id, b.id));
  const { items, next } = page(all, input, 10_000);
  return {
    events: items.map((event) => ({
      logStreamName: event.stream,
      timestamp: event.at,
      message: event.text,
      ingestionTime: event.ingested,
      eventId: event.id,
    })),
    searchedLogStreams: [],
    ...next,
  };
}

function groupName(input: Fields): string {
  const given = text(input, 'logGroupName') ?? text(input, 'logGroupIdentifier');
  if (given === undefined) return required(input, 'logGroupName', invalid);
  return given.replace(/^arn:aws:logs:[^:]*:\d+:log-group:/, '').replace(/:\*$/, '');
}

// An endTime is not part of the time of FilterLogEvents' documentation: "later than this time are not returned".
function inTime(input: Fields): (event: LogEvent) => boolean {
  const start = number(input, 'startTime') ?? 0;
  const end = number(input, 'endTime') ?? Infinity;
  return ({ at }) => at >= start && at <= end;
}

function limitOf(input: Fields, most: number): number {
  const limit = number(input, 'limit') ?? most;
  if (limit < 1 || limit > most)
    throw new AwsError(invalid, `limit must be between 1 and ${most}, and is ${limit}.`);
  return limit;
}

function page<T>(
  all: readonly T[],
  input: Fields,
  most: number,
): { readonly items: readonly T[]; readonly next: Fields } {
  const limits = { default: most, most, invalid };
  const { items, next } = pageOf(
    all,
    { MaxResults: limitOf(input, most), NextToken: input['nextToken'] },
    limits,
  );
  return { items, next: next.NextToken === undefined ? {} : { nextToken: next.NextToken } };
}

function shownGroup({ name, created, streams }: LogGroup): Fields {
  const arn = `arn:aws:logs:${region}:${accountId}:log-group:${name}`;
  const bytes = [...streams.values()]
    .flatMap(({ events }) => events)
    .reduce((sum, event) => sum + Buffer.byteLength(event.text) + 26, 0);
  return {
    logGroupName: name,
    creationTime: created,
    metricFilterCount: 0,
    arn: `${arn}:*`,
    logGroupArn: arn,
    storedBytes: bytes,
    logGroupClass: 'STANDARD',
  };
}

function shownStream(group: string, { name, created, events }: LogStream): Fields {
  const times = events.map(({ at }) => at);
  return {
    logStreamName: name,
    creationTime: created,
    ...(events.length === 0
      ? {}
      : {
          firstEventTimestamp: Math.min(...times),
          lastEventTimestamp: Math.max(...times),
          lastIngestionTime: events.at(-1)?.ingested,
        }),
    arn: `arn:aws:logs:${region}:${accountId}:log-group:${group}:log-stream:${name}`,
    storedBytes: 0,
  };
}

function lastTime({ events, created }: LogStream): number {
  return events.at(-1)?.at ?? created;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
