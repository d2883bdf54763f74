import type { TextEdit } from '../../../base/text';
import { plainOf, propertyOf } from '../../../documents/data/access';
import { insertProperty, replaceValue } from '../../../documents/data/edits';
import type { DataDocument, DataValue } from '../../../documents/data/node';
import { everyState } from '../../../documents/asl/graph';
import type { State } from '../../../documents/asl/model';
import { defineRule } from '../../rule';

/** A function called by its ARN instead of through the service. */
export const aslLambdaDirectArn = defineRule({
  code: 'ASL05',
  id: 'asl-lambda-direct-arn',
  dialects: ['asl'],
  severity: 'hint',
  title: 'Call a function through lambda:invoke',
  why: 'A function ARN as Resource still works, but it is the older form: the console no longer edits it, the call cannot be given a token, and the ARN ties the definition to one account and region. lambda:invoke wraps the answer, so OutputPath $.Payload has to take it out.',
  sources: [
    'https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html',
    'https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html',
  ],
  bad: `{
  "StartAt": "RateCards",
  "States": {
    "RateCards": {
      "Type": "Task",
      "Resource": "arn:aws:lambda:eu-west-1:\${AWS::AccountId}:function:rate-cards",
      "Retry": [{ "ErrorEquals": ["Lambda.ServiceException"], "MaxAttempts": 4 }],
      "End": true
    }
  }
}`,
  good: `{
  "StartAt": "RateCards",
  "States": {
    "RateCards": {
      "Type": "Task",
      "Resource": "arn:aws:states:::lambda:invoke",
      "Parameters": { "FunctionName": "rate-cards", "Payload.$": "$" },
      "OutputPath": "$.Payload",
      "Retry": [{ "ErrorEquals": ["Lambda.ServiceException"], "MaxAttempts": 4 }],
      "End": true
    }
  }
}`,
  check: {
    asl(document, { report }) {
      for (const { state } of everyState(document)) {
        const { resource } = state;
        if (resource?.kind !== 'function') continue;
        const edits = throughService(document.data, state);
        report(resource.node, `${state.name} calls its function in the older form, by the ARN as Resource.`, {
          fixes:
            edits.length === 0 ? [] : [{ title: 'Call it through lambda:invoke', edits, scaffold: true }],
        });
      }
    },
  },
});

// Where the answer is put into a place of its own, no field could take it out of its wrapper: whoever reads it must be changed.
function throughService(data: DataDocument, state: State): readonly TextEdit[] {
  const { node, resource, input, language } = state;
  const resourceProperty = propertyOf(node, 'Resource');
  const has = (key: string): boolean => propertyOf(node, key) !== undefined;
  if (resource?.kind !== 'function' || resourceProperty === undefined) return [];
  const isJsonata = language === 'jsonata';
  const resultPath = propertyOf(node, 'ResultPath')?.value;
  const isDropped = resultPath?.kind === 'scalar' && resultPath.value === null;
  const reads = isJsonata ? ['Output', 'Assign'] : ['OutputPath', 'ResultSelector', 'Assign'];
  if (reads.some(has) || (resultPath !== undefined && !isDropped)) return [];
  const name = { FunctionName: resource.arn };
  const whole: DataValue = isJsonata
    ? { ...name, Payload: '{% $states.input %}' }
    : { ...name, 'Payload.$': '$' };
  const request =
    input === undefined
      ? insertProperty(data, node, {
          key: isJsonata ? 'Arguments' : 'Parameters',
          value: whole,
          after: resourceProperty,
        })
      : replaceValue(data, input, { ...name, Payload: plainOf(input) as DataValue });
  const output = isJsonata
    ? { key: 'Output', value: '{% $states.result.Payload %}' }
    : { key: 'OutputPath', value: '$.Payload' };
  const partition = resource.arn.split(':')[1] ?? 'aws';
  return [
    ...replaceValue(data, resource.node, `arn:${partition}:states:::lambda:invoke`),
    ...request,
    ...(isDropped ? [] : insertProperty(data, node, output)),
  ];
}
