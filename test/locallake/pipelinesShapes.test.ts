import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import * as Logs from '@aws-sdk/client-cloudwatch-logs';
import * as Glue from '@aws-sdk/client-glue';
import * as Lambda from '@aws-sdk/client-lambda';
import * as Sfn from '@aws-sdk/client-sfn';
import * as Sns from '@aws-sdk/client-sns';
import { pipelineServices } from '../../src/locallake/jobs/pipelineServices';
import type { Service } from '../../src/locallake/service';
import { SyntheticPartitions } from '../../src/locallake/faults/syntheticPartitions';
import { CatalogStore } from '../../src/locallake/store/catalogStore';
import { ObjectStore } from '../../src/locallake/store/objects';
import { ended, pipelineClients } from '../contract/pipelineClients';
import { inputMembers, schemaFaults } from '../contract/schema';
import { startLake, type TestLake } from '../support/localLake';

type Library = Readonly<Record<string, unknown>>;

describe('the answers of what runs have the shapes of the SDK', () => {
  let lake: TestLake;
  let executionArn = '';
  const stateMachineArn = 'arn:aws:states:us-east-1:111122223333:stateMachine:banking-data-etl';
  before(async () => {
    lake = await startLake();
    const clients = pipelineClients(lake);
    await clients.glue.send(new Glue.StartCrawlerCommand({ Name: 'banking-data-crawler' }));
    const input = JSON.stringify({ execution_date: '2025-01-07' });
    const started = await clients.sfn.send(new Sfn.StartExecutionCommand({ stateMachineArn, input }));
    executionArn = started.executionArn ?? '';
    await ended(clients, executionArn);
  });
  after(() => lake.stop());

  const asked: readonly (readonly [library: Library, target: string, name: string, input: () => unknown])[] =
    [
      [Sfn, 'AWSStepFunctions', 'ListStateMachines', () => ({})],
      [Sfn, 'AWSStepFunctions', 'DescribeStateMachine', () => ({ stateMachineArn })],
      [Sfn, 'AWSStepFunctions', 'ListExecutions', () => ({ stateMachineArn })],
      [Sfn, 'AWSStepFunctions', 'DescribeExecution', () => ({ executionArn })],
      [Sfn, 'AWSStepFunctions', 'GetExecutionHistory', () => ({ executionArn })],
      [Sfn, 'AWSStepFunctions', 'StopExecution', () => ({ executionArn })],
      [Glue, 'AWSGlue', 'GetJobs', () => ({})],
      [Glue, 'AWSGlue', 'GetJobRuns', () => ({ JobName: 'migrate-legacy-data' })],
      [Glue, 'AWSGlue', 'GetCrawlers', () => ({})],
      [Glue, 'AWSGlue', 'ListCrawls', () => ({ CrawlerName: 'banking-data-crawler' })],
      [Glue, 'AWSGlue', 'GetCrawlerMetrics', () => ({})],
      [Logs, 'Logs_20140328', 'DescribeLogGroups', () => ({})],
      [Logs, 'Logs_20140328', 'DescribeLogStreams', () => ({ logGroupName: '/aws-glue/jobs/error' })],
      [Logs, 'Logs_20140328', 'FilterLogEvents', () => ({ logGroupName: '/aws-glue/jobs/error' })],
      [
        Logs,
        'Logs_20140328',
        'GetLogEvents',
        () => ({ logGroupName: '/aws-glue/crawlers', logStreamName: 'banking-data-crawler' }),
      ],
    ];
  for (const [library, target, name, input] of asked) {
    test(name, async () => {
      const headers = { 'x-amz-target': `${target}.${name}` };
      const answer = await fetch(lake.endpoint, { method: 'POST', headers, body: JSON.stringify(input()) });
      const value = (await answer.json()) as Record<string, unknown>;
      assert.equal(answer.status, 200, JSON.stringify(value));
      assert.deepEqual(schemaFaults(library[`${name}$`], value), []);
      // An empty list would prove nothing.
      const lists = Object.entries(value).filter(([member]) => member !== 'searchedLogStreams');
      assert.ok(lists.every(([, each]) => !Array.isArray(each) || each.length > 0));
    });
  }

  test('ListFunctions', async () => {
    const answer = await fetch(`${lake.endpoint}/2015-03-31/functions`);
    assert.deepEqual(schemaFaults((Lambda as Library)['ListFunctions$'], await answer.json()), []);
  });
});

test('every member that an operation of what runs honours is one of its input in the SDK', () => {
  const nothing = { all: () => new Map(), put: () => {}, remove: () => {}, close: () => {} };
  const empty = (name: string): Service => ({ name, invalid: '', operations: {} });
  const { services } = pipelineServices({
    store: new ObjectStore('no-such-folder', nothing),
    catalog: new CatalogStore(nothing, new SyntheticPartitions()),
    journal: nothing,
    glue: empty('glue'),
    athena: empty('athena'),
  });
  const libraries: Readonly<Record<string, Library>> = { glue: Glue, logs: Logs, sns: Sns, states: Sfn };
  let count = 0;
  for (const { name: service, operations } of services) {
    for (const [name, { members }] of Object.entries(operations)) {
      const real = inputMembers(libraries[service]?.[`${name}$`]);
      assert.deepEqual(
        members.filter((member) => !real.includes(member)),
        [],
        `${service} ${name}`,
      );
      count++;
    }
  }
  assert.ok(count >= 43, String(count));
});
