import { checkJson } from '../input';
import type { PipelineKind } from '../pipeline';

/** Lambda keeps no list of invocations and cannot stop one: they are read from its log. */
export const lambda: PipelineKind = {
  id: 'lambda',
  title: 'Lambda function',
  plural: 'Lambda functions',
  noun: 'Lambda function',
  nouns: 'Lambda functions',
  run: 'invocation',
  icon: 'zap',
  input: 'json',
  firstInput: '{}',
  canStop: false,
  check: (input) => checkJson(input, { what: 'function', mostBytes: 6_291_456 }),
};
