import { propertyOf } from '../../../documents/data/access';
import { insertProperty } from '../../../documents/data/edits';
import { everyState, statesAround } from '../../../documents/asl/graph';
import { callsFunction } from '../../../documents/asl/resource';
import { defineRule } from '../../rule';

const retry = {
  ErrorEquals: [
    'Lambda.ServiceException',
    'Lambda.AWSLambdaException',
    'Lambda.SdkClientException',
    'Lambda.TooManyRequestsException',
  ],
  IntervalSeconds: 2,
  MaxAttempts: 6,
  BackoffRate: 2,
};

/** A call of a function that fails for good when Lambda is busy for a moment. */
export const aslTaskNoRetry = defineRule({
  code: 'ASL01',
  id: 'asl-task-no-retry',
  dialects: ['asl'],
  severity: 'information',
  title: 'Retry a Lambda task on the errors of Lambda itself',
  why: 'Lambda now and then answers with an error of its own, or with too many requests; without a Retry the first one fails the execution. AWS advises to retry Lambda.ServiceException, Lambda.AWSLambdaException and Lambda.SdkClientException in production. A function that must not run twice may be left without.',
  sources: [
    'https://docs.aws.amazon.com/step-functions/latest/dg/sfn-best-practices.html#bp-lambda-serviceexception',
    'https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html',
  ],
  bad: `{
  "StartAt": "CheckCards",
  "States": {
    "CheckCards": {
      "Type": "Task",
      "Resource": "arn:aws:states:::lambda:invoke",
      "Parameters": { "FunctionName": "check-cards", "Payload.$": "$" },
      "ResultPath": "$.checked",
      "End": true
    }
  }
}`,
  good: `{
  "StartAt": "CheckCards",
  "States": {
    "CheckCards": {
      "Type": "Task",
      "Resource": "arn:aws:states:::lambda:invoke",
      "Parameters": { "FunctionName": "check-cards", "Payload.$": "$" },
      "Retry": [
        {
          "ErrorEquals": [
            "Lambda.ServiceException",
            "Lambda.AWSLambdaException",
            "Lambda.SdkClientException",
            "Lambda.TooManyRequestsException"
          ],
          "IntervalSeconds": 2,
          "MaxAttempts": 6,
          "BackoffRate": 2
        }
      ],
      "ResultPath": "$.checked",
      "End": true
    }
  }
}`,
  check: {
    asl(document, { report }) {
      for (const { machine, state } of everyState(document)) {
        if (!callsFunction(state)) continue;
        const written = propertyOf(state.node, 'Retry');
        if (written !== undefined && !(written.value.kind === 'array' && written.value.items.length === 0))
          continue;
        // A Map or Parallel that is tried again as a whole calls the function again.
        if (statesAround(document, machine).some(({ retriers }) => retriers.length > 0)) continue;
        report(
          state.property.keySpan,
          `${state.name} calls a function without Retry: one error of Lambda itself fails the execution.`,
          {
            // Only the author knows whether the function may run twice.
            fixes:
              written === undefined
                ? [
                    {
                      title: "Retry on Lambda's own errors",
                      edits: insertProperty(document.data, state.node, {
                        key: 'Retry',
                        value: [retry],
                        ...afterCall(
                          propertyOf(state.node, 'Parameters'),
                          propertyOf(state.node, 'Resource'),
                        ),
                      }),
                      scaffold: true,
                    },
                  ]
                : [],
          },
        );
      }
    },
  },
});

function afterCall<T>(...places: readonly (T | undefined)[]): { readonly after?: T } {
  const after = places.find((place) => place !== undefined);
  return after === undefined ? {} : { after };
}
