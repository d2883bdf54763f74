import { numberOf, propertyOf, valueOf } from '../../../documents/data/access';
import { everyState } from '../../../documents/asl/graph';
import type { State } from '../../../documents/asl/model';
import { calls } from '../../../documents/asl/resource';
import { fieldOf } from '../../../documents/asl/fields';
import { defineRule } from '../../rule';

/** Data that is carried from state to state instead of being left where it lies. */
export const aslLargePayload = defineRule({
  code: 'ASL12',
  id: 'asl-large-payload',
  dialects: ['asl'],
  severity: 'information',
  title: 'Pass on where data lies, not the data',
  why: 'The input and output of a state hold at most 256 KiB (262 144 bytes). A larger answer fails the execution with States.DataLimitExceeded, which no Catch can catch: it works in tests, and fails on the day with more rows.',
  sources: [
    'https://docs.aws.amazon.com/step-functions/latest/dg/sfn-best-practices.html',
    'https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html',
    'https://docs.aws.amazon.com/step-functions/latest/dg/connect-athena.html',
  ],
  bad: `StartAt: ReadRates
States:
  ReadRates:
    Type: Task
    Resource: arn:aws:states:::aws-sdk:s3:getObject
    Parameters: { Bucket: bank-lake, Key: rates/latest.json }
    ResultPath: $.rates
    Next: Booked
  Booked:
    Type: Succeed
`,
  good: `StartAt: ReadRates
States:
  ReadRates:
    Type: Task
    Resource: arn:aws:states:::aws-sdk:s3:headObject
    Parameters: { Bucket: bank-lake, Key: rates/latest.json }
    ResultPath: $.rates
    Next: Booked
  Booked:
    Type: Succeed
`,
  check: {
    asl(document, { report }) {
      for (const { state } of everyState(document)) {
        const { resource } = state;
        const answer = answerOf(state);
        if (resource === undefined || answer === undefined || isCutDown(state)) continue;
        report(
          resource.node,
          `${state.name} carries ${answer} on in the state, which holds 262,144 bytes: more fail the execution, and nothing can catch that.`,
        );
      }
    },
  },
});

// With a limit of this many rows an answer is taken to be a small one.
const few = 100;

function answerOf(state: State): string | undefined {
  const limited = (key: string): boolean => {
    const field = fieldOf(state.input, key);
    return field !== undefined && (numberOf(field.value) ?? few) <= few;
  };
  if (state.input?.kind !== 'object') return undefined;
  if (calls(state, 'athena', 'getQueryResults'))
    return limited('MaxResults') ? undefined : 'the rows of a query';
  if (calls(state, 's3', 'getObject'))
    return fieldOf(state.input, 'Range') === undefined ? 'a whole object' : undefined;
  if (calls(state, 'dynamodb', 'query', 'scan')) return limited('Limit') ? undefined : 'all items that match';
  return undefined;
}

function isCutDown({ node, language }: State): boolean {
  const resultPath = valueOf(node, 'ResultPath');
  if (resultPath?.kind === 'scalar' && resultPath.value === null) return true;
  return propertyOf(node, language === 'jsonata' ? 'Output' : 'ResultSelector') !== undefined;
}
