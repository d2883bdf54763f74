import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openAws } from '../../src/aws/open';
import { followIndex } from '../../src/partitionBrowser/followIndex';
import { type Answer, awsServer, json, jsonFault } from '../support/awsServer';

const never = new AbortController().signal;
const table = { database: 'lake', name: 'sales' };

async function indexesOf(answer: Answer) {
  const server = await awsServer(answer);
  const { indexes } = openAws({ log: { record: () => undefined }, attempts: 1, transport: { proxy: '' } });
  return { server, indexes, connection: server.connection };
}

test('indexes come from all pages with their keys, states and why they failed', async (t) => {
  const { server, indexes, connection } = await indexesOf((request, response) => {
    const second = request.body.includes('"NextToken":"2"');
    json(response, {
      PartitionIndexDescriptorList: [
        second
          ? {
              IndexName: 'b',
              Keys: [{ Name: 'day', Type: 'string' }],
              IndexStatus: 'FAILED',
              BackfillErrors: [
                { Code: 'INVALID_PARTITION_TYPE_DATA_ERROR', Partitions: [{ Values: ['2024', 'x'] }] },
              ],
            }
          : {
              IndexName: 'a',
              Keys: [
                { Name: 'year', Type: 'string' },
                { Name: 'month', Type: 'string' },
              ],
              IndexStatus: 'ACTIVE',
            },
      ],
      ...(second ? {} : { NextToken: '2' }),
    });
  });
  t.after(() => server.close());
  assert.deepEqual(await indexes.list(connection, table, never), [
    { name: 'a', keys: ['year', 'month'], state: 'active', errors: [] },
    { name: 'b', keys: ['day'], state: 'failed', errors: ['INVALID_PARTITION_TYPE_DATA_ERROR at 2024/x'] },
  ]);
});

test('the same index that is there already counts as made, another one of its name does not', async (t) => {
  const { server, indexes, connection } = await indexesOf((request, response) => {
    if (request.operation === 'AWSGlue.CreatePartitionIndex') jsonFault(response, 'AlreadyExistsException');
    else {
      json(response, {
        PartitionIndexDescriptorList: [
          { IndexName: 'by_year', Keys: [{ Name: 'year', Type: 'string' }], IndexStatus: 'CREATING' },
        ],
      });
    }
  });
  t.after(() => server.close());
  await indexes.create(connection, { table, name: 'by_year', keys: ['year'] }, never);
  await assert.rejects(indexes.create(connection, { table, name: 'by_year', keys: ['month'] }, never), {
    name: 'Problem',
  });
});

test('an index is followed from being made to being in use', async (t) => {
  let looks = 0;
  const { server, indexes, connection } = await indexesOf((_, response) => {
    looks += 1;
    json(response, {
      PartitionIndexDescriptorList: [
        { IndexName: 'by_year', Keys: [], IndexStatus: looks < 3 ? 'CREATING' : 'ACTIVE' },
      ],
    });
  });
  t.after(() => server.close());
  const told: string[] = [];
  const request = {
    connection,
    table,
    name: 'by_year',
    until: 'made' as const,
    firstWaitMs: 1,
    onState: (state: string) => void told.push(state),
  };
  assert.equal((await followIndex(indexes, request, never))?.state, 'active');
  assert.deepEqual(told, ['creating', 'creating', 'active']);
  await assert.rejects(
    followIndex(indexes, { ...request, name: 'other' }, never),
    /has no index other of lake\.sales any more/,
  );
});

test('a denied call names the action and the table', async (t) => {
  const { server, indexes, connection } = await indexesOf((_, response) =>
    jsonFault(response, 'AccessDeniedException', 'not allowed'),
  );
  t.after(() => server.close());
  for (const [call, action] of [
    [indexes.list(connection, table, never), 'glue:GetPartitionIndexes'],
    [indexes.create(connection, { table, name: 'x', keys: ['year'] }, never), 'glue:CreatePartitionIndex'],
    [indexes.remove(connection, { table, name: 'x' }, never), 'glue:DeletePartitionIndex'],
  ] as const) {
    await assert.rejects(
      call,
      (error: Error) => error.message.includes(action) && error.message.includes('lake.sales'),
    );
  }
});
