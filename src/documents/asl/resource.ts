import { textOf } from '../data/access';
import type { DataNode } from '../data/node';
import type { Resource, State } from './model';

// A part of an ARN, which CloudFormation may fill in: `${AWS::AccountId}` has colons of its own.
const part = String.raw`(?:\$\{[^}]*\}|[^:$])*`;
const serviceArn = new RegExp(
  String.raw`^arn:${part}:states:::(aws-sdk:)?([\w-]+):([\w:-]+?)(\.sync(?::2)?|\.waitForTaskToken)?$`,
  'i',
);
const functionArn = new RegExp(`^arn:${part}:lambda:${part}:${part}:function:${part}(?::${part})?$`);
const activityArn = new RegExp(`^arn:${part}:states:${part}:${part}:activity:.+$`);

/**
 * What the `Resource` of a Task names; undefined for a value that a tool fills in and for what no form is known of.
 * https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html
 */
export function resourceOf(node: DataNode | undefined): Resource | undefined {
  const text = textOf(node);
  if (node === undefined || text === undefined) return undefined;
  if (activityArn.test(text)) return { kind: 'activity', node };
  if (functionArn.test(text)) return { kind: 'function', node, arn: text };
  const [, sdk, service = '', action = '', suffix = ''] = serviceArn.exec(text) ?? [];
  if (service === '') return undefined;
  return {
    kind: 'service',
    node,
    service: service.toLowerCase(),
    action,
    isSdk: sdk !== undefined,
    pattern: suffix === '' ? 'request' : suffix.toLowerCase() === '.waitfortasktoken' ? 'token' : 'sync',
  };
}

/** Whether a Task calls an action of a service, through either integration: `calls(state, 'athena', 'startQueryExecution')`. */
export function calls({ resource }: State, service: string, ...actions: readonly string[]): boolean {
  return (
    resource?.kind === 'service' &&
    resource.service === service &&
    (actions.length === 0 || actions.some((action) => action.toLowerCase() === resource.action.toLowerCase()))
  );
}

/** Whether a Task invokes a Lambda function, in the older way or through the service. */
export function callsFunction(state: State): boolean {
  return state.resource?.kind === 'function' || calls(state, 'lambda', 'invoke');
}
