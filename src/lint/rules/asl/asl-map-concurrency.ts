import { propertyOf } from '../../../documents/data/access';
import { insertProperty } from '../../../documents/data/edits';
import { fieldOf } from '../../../documents/asl/fields';
import { everyState, statesInside } from '../../../documents/asl/graph';
import type { State } from '../../../documents/asl/model';
import { calls, callsFunction } from '../../../documents/asl/resource';
import { defineRule } from '../../rule';
import { isDistributed, writtenItems } from './mapItems';

/** A Map that calls a service for all items at once. */
export const aslMapConcurrency = defineRule({
  code: 'ASL13',
  id: 'asl-map-concurrency',
  dialects: ['asl'],
  severity: 'hint',
  title: 'Say how many items of a Map may run at once',
  why: 'Without MaxConcurrency a Map runs as many items at once as it can, up to 40 of an inline Map. Glue, Athena, Batch and Lambda answer that with throttling, or with jobs that wait for each other.',
  sources: [
    'https://docs.aws.amazon.com/step-functions/latest/dg/state-map-inline.html',
    'https://docs.aws.amazon.com/athena/latest/ug/service-limits.html',
  ],
  bad: `StartAt: EachBranch
States:
  EachBranch:
    Type: Map
    ItemsPath: $.branches
    ItemProcessor:
      StartAt: CloseDay
      States:
        CloseDay:
          Type: Task
          Resource: arn:aws:states:::glue:startJobRun.sync
          Parameters: { JobName: close-day, Timeout: 45 }
          TimeoutSeconds: 3000
          End: true
    End: true
`,
  good: `StartAt: EachBranch
States:
  EachBranch:
    Type: Map
    ItemsPath: $.branches
    MaxConcurrency: 5
    ItemProcessor:
      StartAt: CloseDay
      States:
        CloseDay:
          Type: Task
          Resource: arn:aws:states:::glue:startJobRun.sync
          Parameters: { JobName: close-day, Timeout: 45 }
          TimeoutSeconds: 3000
          End: true
    End: true
`,
  check: {
    asl(document, { report }) {
      for (const { machine, state } of everyState(document)) {
        if (state.type !== 'Map' || isDistributed(state)) continue;
        if (fieldOf(state.node, 'MaxConcurrency') !== undefined) continue;
        if ((writtenItems(machine, state) ?? Number.POSITIVE_INFINITY) <= 10) continue;
        const called = statesInside(state)
          .map(serviceOf)
          .find((service) => service !== undefined);
        if (called === undefined) continue;
        const after = propertyOf(state.node, 'ItemsPath') ?? propertyOf(state.node, 'Type');
        report(
          state.property.keySpan,
          `${state.name} has no MaxConcurrency: up to 40 items call ${called} at once.`,
          {
            fixes: [
              {
                title: 'Add MaxConcurrency',
                edits: insertProperty(document.data, state.node, {
                  key: 'MaxConcurrency',
                  value: 10,
                  ...(after === undefined ? {} : { after }),
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

function serviceOf(state: State): string | undefined {
  if (callsFunction(state)) return 'Lambda';
  if (calls(state, 'glue')) return 'Glue';
  if (calls(state, 'athena')) return 'Athena';
  if (calls(state, 'batch')) return 'Batch';
  return calls(state, 'dynamodb') ? 'DynamoDB' : undefined;
}
