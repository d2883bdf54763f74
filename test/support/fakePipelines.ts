import type { PipelineCalls, Run } from '../../src/pipelines/pipeline';

/** Calls that do nothing but fail loudly; a test gives those it means to be used. */
export function fakeCalls(given: Partial<PipelineCalls>): PipelineCalls {
  const unexpected = (name: string) => async (): Promise<never> => {
    throw new Error(`${name} was not expected`);
  };
  return {
    list: unexpected('list'),
    runs: unexpected('runs'),
    state: unexpected('state'),
    start: unexpected('start'),
    stop: unexpected('stop'),
    log: unexpected('log'),
    ...given,
  };
}

export function runningJob(id: string): Run {
  return { kind: 'glue-job', pipeline: 'migrate', pipelineId: 'migrate', id, state: 'running' };
}
