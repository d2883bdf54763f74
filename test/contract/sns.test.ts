import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
  CreateTopicCommand,
  DeleteTopicCommand,
  ListTopicsCommand,
  PublishCommand,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import { startLake, type TestLake } from '../support/localLake';
import { type PipelineClients, pipelineClients } from './pipelineClients';

describe('SNS on the local lake', () => {
  let lake: TestLake;
  let clients: PipelineClients;
  before(async () => {
    lake = await startLake({ empty: true });
    clients = pipelineClients(lake);
  });
  after(() => lake.stop());

  test('a published message is kept, and read on the control path', async () => {
    const { TopicArn } = await clients.sns.send(new CreateTopicCommand({ Name: 'alarms' }));
    assert.equal(TopicArn, 'arn:aws:sns:us-east-1:111122223333:alarms');
    const { MessageId } = await clients.sns.send(
      new PublishCommand({ TopicArn, Subject: 'Grüße', Message: 'a & b <c>\n"d"' }),
    );
    const { messages } = (await (await fetch(`${lake.endpoint}/_lake/messages`)).json()) as {
      messages: readonly Record<string, unknown>[];
    };
    assert.deepEqual(
      messages.map(({ id, topicArn, subject, message }) => ({ id, topicArn, subject, message })),
      [{ id: MessageId, topicArn: TopicArn, subject: 'Grüße', message: 'a & b <c>\n"d"' }],
    );
  });

  test('topics are listed and removed, and a missing one is named', async () => {
    await clients.sns.send(new CreateTopicCommand({ Name: 'other' }));
    const { Topics = [] } = await clients.sns.send(new ListTopicsCommand({}));
    assert.deepEqual(
      Topics.map(({ TopicArn }) => TopicArn?.split(':').at(-1)),
      ['alarms', 'other'],
    );
    const TopicArn = 'arn:aws:sns:us-east-1:111122223333:other';
    await clients.sns.send(new DeleteTopicCommand({ TopicArn }));
    await assert.rejects(clients.sns.send(new PublishCommand({ TopicArn, Message: 'x' })), {
      name: 'NotFoundException',
    });
  });

  test('what is not implemented is refused by name', async () => {
    const TopicArn = 'arn:aws:sns:us-east-1:111122223333:alarms';
    await assert.rejects(
      clients.sns.send(new SubscribeCommand({ TopicArn, Protocol: 'email' })),
      /Subscribe/,
    );
    await assert.rejects(
      clients.sns.send(new PublishCommand({ TopicArn, Message: 'x', MessageGroupId: 'g' })),
      /member MessageGroupId of Publish/,
    );
  });
});
