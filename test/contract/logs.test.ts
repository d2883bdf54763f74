import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  type FilterLogEventsCommandInput,
  GetLogEventsCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { startLake, type TestLake } from '../support/localLake';
import { type PipelineClients, pipelineClients } from './pipelineClients';

describe('CloudWatch Logs on the local lake', () => {
  let lake: TestLake;
  let clients: PipelineClients;
  const logGroupName = '/test/group';
  const filtered = async (more: Partial<FilterLogEventsCommandInput>): Promise<readonly string[]> => {
    const { events = [] } = await clients.logs.send(new FilterLogEventsCommand({ logGroupName, ...more }));
    return events.map(({ message = '' }) => message);
  };
  before(async () => {
    lake = await startLake({ empty: true });
    clients = pipelineClients(lake);
    await clients.logs.send(new CreateLogGroupCommand({ logGroupName }));
    const streams = { b: ['ERROR one', 'ok two', 'ERRORS three'], a: ['WARN one', 'Task timed out four'] };
    for (const [logStreamName, lines] of Object.entries(streams)) {
      await clients.logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName }));
      const from = logStreamName === 'b' ? 1000 : 2000;
      const logEvents = lines.map((message, at) => ({ message, timestamp: from + at }));
      await clients.logs.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents }));
    }
  });
  after(() => lake.stop());

  test('events of all streams come by time, in pages', async () => {
    const first = await clients.logs.send(new FilterLogEventsCommand({ logGroupName, limit: 3 }));
    const second = await clients.logs.send(
      new FilterLogEventsCommand({ logGroupName, limit: 3, nextToken: first.nextToken }),
    );
    assert.deepEqual(
      [...(first.events ?? []), ...(second.events ?? [])].map(
        ({ message, logStreamName }) => `${logStreamName} ${message}`,
      ),
      ['b ERROR one', 'b ok two', 'b ERRORS three', 'a WARN one', 'a Task timed out four'],
    );
    assert.equal(second.nextToken, undefined);
  });

  const patterns: readonly (readonly [pattern: string, found: readonly string[]])[] = [
    ['ERROR', ['ERROR one']],
    ['one', ['ERROR one', 'WARN one']],
    ['WARN one', ['WARN one']],
    ['?ERROR ?WARN', ['ERROR one', 'WARN one']],
    ['?ERROR ?"Task timed out"', ['ERROR one', 'Task timed out four']],
    ['"ok two"', ['ok two']],
    ['one -WARN', ['ERROR one']],
    ['error', []],
  ];
  for (const [filterPattern, found] of patterns) {
    test(`the pattern ${filterPattern} finds ${found.length} events`, async () => {
      assert.deepEqual(await filtered({ filterPattern }), found);
    });
  }

  test('events are chosen by time, by stream and by the beginning of the stream', async () => {
    assert.deepEqual(await filtered({ startTime: 1002, endTime: 2000 }), ['ERRORS three', 'WARN one']);
    assert.deepEqual(await filtered({ logStreamNames: ['a'] }), ['WARN one', 'Task timed out four']);
    assert.deepEqual(await filtered({ logStreamNamePrefix: 'b', limit: 1 }), ['ERROR one']);
  });

  test('the events of a stream are read from either end', async () => {
    const get = async (more: object) =>
      clients.logs.send(new GetLogEventsCommand({ logGroupName, logStreamName: 'b', limit: 2, ...more }));
    const texts = ({ events = [] }: { events?: { message?: string | undefined }[] | undefined }) =>
      events.map(({ message }) => message);
    const newest = await get({});
    assert.deepEqual(texts(newest), ['ok two', 'ERRORS three']);
    const older = await get({ nextToken: newest.nextBackwardToken });
    assert.deepEqual(texts(older), ['ERROR one']);
    const oldest = await get({ startFromHead: true });
    assert.deepEqual(texts(oldest), ['ERROR one', 'ok two']);
    const rest = await get({ nextToken: oldest.nextForwardToken });
    assert.deepEqual(texts(rest), ['ERRORS three']);
    // The end is where the token stays the same.
    const end = await get({ nextToken: rest.nextForwardToken });
    assert.deepEqual([texts(end), end.nextForwardToken], [[], rest.nextForwardToken]);
  });

  test('groups and streams are listed, streams also by their last event', async () => {
    const { logGroups = [] } = await clients.logs.send(
      new DescribeLogGroupsCommand({ logGroupNamePrefix: '/test' }),
    );
    assert.deepEqual(
      logGroups.map((group) => group.logGroupName),
      [logGroupName],
    );
    const streams = async (more: object) =>
      (await clients.logs.send(new DescribeLogStreamsCommand({ logGroupName, ...more }))).logStreams?.map(
        ({ logStreamName }) => logStreamName,
      );
    assert.deepEqual(await streams({}), ['a', 'b']);
    assert.deepEqual(await streams({ orderBy: 'LastEventTime' }), ['b', 'a']);
    assert.deepEqual(await streams({ orderBy: 'LastEventTime', descending: true, limit: 1 }), ['a']);
  });

  test('what is not there is named, and what cannot be carried out is refused', async () => {
    await assert.rejects(filtered({ logGroupName: '/none' }), { name: 'ResourceNotFoundException' });
    await assert.rejects(filtered({ logStreamNames: ['none'] }), { name: 'ResourceNotFoundException' });
    await assert.rejects(filtered({ filterPattern: '{ $.a = 1 }' }), { name: 'InvalidParameterException' });
    await assert.rejects(filtered({ logStreamNames: ['a'], logStreamNamePrefix: 'b' }), {
      name: 'InvalidParameterException',
    });
    await assert.rejects(clients.logs.send(new CreateLogGroupCommand({ logGroupName })), {
      name: 'ResourceAlreadyExistsException',
    });
  });

  test('lines survive a kill', async () => {
    const { root } = lake;
    await lake.kill('SIGKILL');
    lake = await startLake({ empty: true, root });
    clients = pipelineClients(lake);
    assert.deepEqual(await filtered({ logStreamNames: ['b'] }), ['ERROR one', 'ok two', 'ERRORS three']);
  });
});
