import { textOf, valueOf } from '../../../documents/data/access';
import { replaceValue } from '../../../documents/data/edits';
import { textsIn } from '../../../documents/asl/fields';
import { everyState, reachedFrom } from '../../../documents/asl/graph';
import type { State } from '../../../documents/asl/model';
import { calls } from '../../../documents/asl/resource';
import { defineRule } from '../../rule';
import { notifies } from './handlers';

/**
 * The calls that start a job and can wait for its end with `.sync`; not those that others are often meant to outlive,
 * such as a started execution. https://docs.aws.amazon.com/step-functions/latest/dg/integrate-optimized.html
 */
const jobs: Readonly<Record<string, readonly string[]>> = {
  glue: ['startJobRun'],
  athena: ['startQueryExecution'],
  batch: ['submitJob'],
  ecs: ['runTask'],
  elasticmapreduce: ['createCluster', 'addStep'],
  'emr-containers': ['startJobRun'],
  'emr-serverless': ['startJobRun'],
  databrew: ['startJobRun'],
  codebuild: ['startBuild', 'startBuildBatch'],
  sagemaker: [
    'createTrainingJob',
    'createTransformJob',
    'createProcessingJob',
    'createHyperParameterTuningJob',
  ],
};

/** A job that is still running when the next state begins. */
export const aslJobNotSync = defineRule({
  code: 'ASL04',
  id: 'asl-job-not-sync',
  dialects: ['asl'],
  severity: 'warning',
  title: 'Wait for a job whose result is needed',
  why: 'Without .sync the call returns as soon as the job is started. The next state then works on what was there before, and a failure of the job is never seen.',
  sources: [
    'https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html',
    'https://docs.aws.amazon.com/step-functions/latest/dg/integrate-optimized.html',
    'https://docs.aws.amazon.com/step-functions/latest/dg/connect-glue.html',
  ],
  bad: `StartAt: LoadLedger
States:
  LoadLedger:
    Type: Task
    Resource: arn:aws:states:::glue:startJobRun
    Parameters: { JobName: load-ledger, Timeout: 90 }
    ResultPath: $.load
    Next: SumLedger
  SumLedger:
    Type: Task
    Resource: arn:aws:states:::athena:startQueryExecution.sync
    Parameters: { QueryString: 'SELECT sum(amount) FROM ledger', WorkGroup: reports }
    TimeoutSeconds: 900
    End: true
`,
  good: `StartAt: LoadLedger
States:
  LoadLedger:
    Type: Task
    Resource: arn:aws:states:::glue:startJobRun.sync
    Parameters: { JobName: load-ledger, Timeout: 90 }
    ResultPath: $.load
    Next: SumLedger
  SumLedger:
    Type: Task
    Resource: arn:aws:states:::athena:startQueryExecution.sync
    Parameters: { QueryString: 'SELECT sum(amount) FROM ledger', WorkGroup: reports }
    TimeoutSeconds: 900
    End: true
`,
  check: {
    asl(document, { report }) {
      for (const { machine, state } of everyState(document)) {
        const { resource } = state;
        if (resource?.kind !== 'service' || resource.isSdk || resource.pattern !== 'request') continue;
        if (!calls(state, resource.service, ...(jobs[resource.service] ?? ['']))) continue;
        if (isMeant(state)) continue;
        const planned = [...reachedFrom(machine, state, ({ kind }) => kind !== 'catch')];
        if (!planned.some(needsResult) || planned.some((later) => polls(later, resource.service))) continue;
        const arn = textOf(resource.node) ?? '';
        report(
          resource.node,
          `${state.name} only starts the job: the next state runs while it is still working. With .sync the state waits for its end.`,
          {
            fixes: [
              {
                title: 'Wait for the job (.sync)',
                edits: replaceValue(document.data, resource.node, `${arn}.sync`),
                // The answer has another form then; who reads it has to be changed too.
                ...(planned.some(readsAnswer) ? { scaffold: true } : {}),
              },
            ],
          },
        );
      }
    },
  },
});

function isMeant({ name, node }: State): boolean {
  const comment = textOf(valueOf(node, 'Comment')) ?? '';
  return /fire.?and.?forget|async|background|no.?wait|(?:not|n't|without) wait|trigger|kick.?off/i.test(
    `${name} ${comment}`,
  );
}

function needsResult(state: State): boolean {
  if (state.type === 'Map' || state.type === 'Parallel') return true;
  return state.type === 'Task' && !notifies(state);
}

// A Wait means that the machine has its own way to see the end, in whatever state that asks for it.
function polls(state: State, service: string): boolean {
  const { resource, type } = state;
  if (type === 'Wait') return true;
  if (resource?.kind !== 'service' || !resource.service.startsWith(service.replace('elasticmapreduce', 'e')))
    return resource?.kind === 'service' && resource.pattern === 'token';
  return /^(?:get(?!QueryResults)|describe|batchGet)/i.test(resource.action);
}

function readsAnswer(state: State): boolean {
  return textsIn(state.node).some(({ value }) =>
    /\.(?:\w*RunId|QueryExecutionId|JobId|Job(?:Name|Arn)|Tasks|ClusterId|StepId|Build\w*|\w+Arn)\b/.test(
      value,
    ),
  );
}
