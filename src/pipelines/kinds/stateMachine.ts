import { checkJson } from '../input';
import type { PipelineKind } from '../pipeline';

export const stateMachine: PipelineKind = {
  id: 'state-machine',
  title: 'State machine',
  plural: 'State machines',
  noun: 'state machine',
  nouns: 'state machines',
  run: 'execution',
  icon: 'type-hierarchy',
  input: 'json',
  firstInput: '{}',
  canStop: true,
  check: (input) => checkJson(input, { what: 'state machine', mostBytes: 262_144 }),
};
