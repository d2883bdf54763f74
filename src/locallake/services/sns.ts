import { randomUUID } from 'node:crypto';
import { AwsError, accountId, type Fields, region, type Service } from '../service';
import type { Journal } from '../store/journal';
import { text } from '../wire/input';
import { pageOf } from './paging';

/** A message that was published; `time` in milliseconds since 1970. */
export interface Message {
  readonly id: string;
  readonly topicArn: string;
  readonly subject?: string;
  readonly message: string;
  readonly time: number;
}

/** The topics of the lake and what was published to them. Nobody subscribes: tests read the messages. */
export class Topics {
  readonly #journal: Journal;

  constructor(journal: Journal) {
    this.#journal = journal;
  }

  arns(): readonly string[] {
    return [...this.#journal.all('topic').keys()].toSorted();
  }

  create(name: string): string {
    const arn = `arn:aws:sns:${region}:${accountId}:${name}`;
    this.#journal.put('topic', arn, name);
    return arn;
  }

  remove(arn: string): void {
    this.#journal.remove('topic', arn);
  }

  /** Gives the message id; NotFound when there is no such topic. */
  publish({ topicArn, message, subject }: Pick<Message, 'topicArn' | 'message' | 'subject'>): string {
    if (!this.#journal.all('topic').has(topicArn))
      throw new AwsError('NotFound', 'Topic does not exist', { status: 404 });
    const id = randomUUID();
    this.#journal.put('message', id, {
      id,
      topicArn,
      message,
      time: Date.now(),
      ...(subject === undefined ? {} : { subject }),
    });
    return id;
  }

  /** Oldest first. */
  messages(): readonly Message[] {
    return [...this.#journal.all('message').values()] as readonly Message[];
  }
}

const invalid = 'InvalidParameter';

/** SNS: topics and publishing. */
export function snsService(topics: Topics): Service {
  return {
    name: 'sns',
    invalid,
    operations: {
      CreateTopic: {
        members: ['Name'],
        run: (input) => {
          const name = text(input, 'Name') ?? '';
          if (!/^[\w-]{1,256}(\.fifo)?$/.test(name))
            throw new AwsError(invalid, 'Invalid parameter: Topic Name');
          return { TopicArn: topics.create(name) };
        },
      },
      DeleteTopic: {
        members: ['TopicArn'],
        run: (input) => {
          topics.remove(needed(input, 'TopicArn'));
          return {};
        },
      },
      ListTopics: {
        members: ['NextToken'],
        run: (input) => {
          const { items, next } = pageOf(
            topics.arns(),
            { NextToken: input['NextToken'] },
            { default: 100, most: 100, invalid },
          );
          return { Topics: { member: items.map((TopicArn) => ({ TopicArn })) }, ...next };
        },
      },
      Publish: {
        members: ['TopicArn', 'TargetArn', 'Message', 'Subject'],
        run: (input) => {
          const subject = text(input, 'Subject');
          return {
            MessageId: topics.publish({
              topicArn: text(input, 'TargetArn') ?? needed(input, 'TopicArn'),
              message: needed(input, 'Message'),
              ...(subject === undefined ? {} : { subject }),
            }),
          };
        },
      },
    },
  };
}

function needed(input: Fields, name: string): string {
  const value = text(input, name);
  if (value === undefined || value === '') throw new AwsError(invalid, `Invalid parameter: ${name}`);
  return value;
}
