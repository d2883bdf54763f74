import { checkArguments } from '../input';
import type { PipelineKind } from '../pipeline';

export const glueJob: PipelineKind = {
  id: 'glue-job',
  title: 'Glue job',
  plural: 'Glue jobs',
  noun: 'Glue job',
  nouns: 'Glue jobs',
  run: 'job run',
  icon: 'tools',
  input: 'arguments',
  firstInput: '{}',
  canStop: true,
  check: checkArguments,
};
