import { propertyOf } from '../../../documents/data/access';
import { insertProperty } from '../../../documents/data/edits';
import { fieldOf, mayHave } from '../../../documents/asl/fields';
import { everyState } from '../../../documents/asl/graph';
import type { State } from '../../../documents/asl/model';
import { calls } from '../../../documents/asl/resource';
import { defineRule } from '../../rule';

/** A task that nothing ends when its answer never comes. */
export const aslNoTimeout = defineRule({
  code: 'ASL03',
  id: 'asl-no-timeout',
  dialects: ['asl'],
  severity: 'hint',
  title: 'Bound the time that a task may wait',
  why: 'Without TimeoutSeconds a task waits 99 999 999 seconds, three years. A callback or an activity whose worker died is never answered, and the execution hangs unseen until somebody looks: a warning. A job of another service ends some day, but perhaps much later than anybody wants: a hint.',
  sources: [
    'https://docs.aws.amazon.com/step-functions/latest/dg/sfn-stuck-execution.html',
    'https://docs.aws.amazon.com/step-functions/latest/dg/state-task.html',
  ],
  bad: `StartAt: AskController
States:
  AskController:
    Type: Task
    Resource: arn:aws:states:::sqs:sendMessage.waitForTaskToken
    Parameters:
      QueueUrl: \${ControllerQueue}
      MessageBody:
        token.$: $$.Task.Token
    ResultPath: $.answer
    End: true
`,
  good: `StartAt: AskController
States:
  AskController:
    Type: Task
    Resource: arn:aws:states:::sqs:sendMessage.waitForTaskToken
    Parameters:
      QueueUrl: \${ControllerQueue}
      MessageBody:
        token.$: $$.Task.Token
    TimeoutSeconds: 86400
    ResultPath: $.answer
    End: true
`,
  check: {
    asl(document, { report }) {
      // A limit of the whole machine ends what hangs inside it.
      if (document.machines.some(({ node }) => fieldOf(node, 'TimeoutSeconds') !== undefined)) return;
      for (const { state } of everyState(document)) {
        const waits = waitOf(state);
        if (waits === undefined) continue;
        if (fieldOf(state.node, 'TimeoutSeconds') !== undefined) continue;
        if (waits === 'answer' && fieldOf(state.node, 'HeartbeatSeconds') !== undefined) continue;
        const resource = propertyOf(state.node, 'Resource');
        report(
          state.property.keySpan,
          waits === 'answer'
            ? `${state.name} waits for an answer without TimeoutSeconds or HeartbeatSeconds: if none comes, the execution hangs.`
            : `${state.name} waits for a job without TimeoutSeconds: as long as the job hangs, so does the execution.`,
          {
            severity: waits === 'answer' ? 'warning' : 'hint',
            fixes: [
              {
                title: 'Add TimeoutSeconds',
                edits: insertProperty(document.data, state.node, {
                  key: 'TimeoutSeconds',
                  value: waits === 'answer' ? 86_400 : 7200,
                  ...(resource === undefined ? {} : { after: resource }),
                }),
                scaffold: true,
              },
            ],
          },
        );
      }
    },
  },
});

function waitOf(state: State): 'answer' | 'job' | undefined {
  const { resource, input } = state;
  if (resource?.kind === 'activity') return 'answer';
  if (resource?.kind !== 'service' || resource.pattern === 'request') return undefined;
  if (resource.pattern === 'token') return 'answer';
  // Athena ends a query by itself, and these two end a job at the time they are given.
  if (calls(state, 'athena')) return undefined;
  if ((calls(state, 'glue') || calls(state, 'batch')) && mayHave(input, 'Timeout')) return undefined;
  return 'job';
}
