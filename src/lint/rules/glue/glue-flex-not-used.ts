import { mayHave } from '../../../documents/asl/fields';
import { startJobRunTasks } from '../../../documents/asl/glueJobs';
import { propertyOf, textOf, valueOf } from '../../../documents/data/access';
import { insertProperty } from '../../../documents/data/edits';
import { addArgument, quoted } from '../../../documents/python/edits';
import type { PythonDocument } from '../../../documents/python/model';
import { wholeText } from '../../../documents/python/values';
import { defineRule } from '../../rule';
import {
  canWait,
  commandOf,
  commentsAt,
  flexWorkers,
  jobRequestsOf,
  versionOf,
  type JobRequest,
} from './jobRequests';

/** A job that can wait, and is paid for as if it could not. */
export const glueFlexNotUsed = defineRule({
  code: 'GLU05',
  id: 'glue-flex-not-used',
  dialects: ['glue', 'asl'],
  severity: 'hint',
  title: 'Run what can wait on Flex',
  why: 'A DPU-hour costs $0.29 on Flex instead of $0.44, 34 % less; the run may wait for its machines, and be started anew when they are taken. Flex is taken only where ExecutionClass says so.',
  sources: [
    'https://aws.amazon.com/blogs/big-data/introducing-aws-glue-flex-jobs-cost-savings-on-etl-workloads/',
    'https://aws.amazon.com/glue/pricing/',
  ],
  bad: `import boto3

glue = boto3.client("glue")

# reloads a year of cards, not urgent
glue.start_job_run(JobName="cards-backfill", Timeout=600)
`,
  good: `import boto3

glue = boto3.client("glue")

# reloads a year of cards, not urgent
glue.start_job_run(JobName="cards-backfill", ExecutionClass="FLEX", Timeout=600)
`,
  check: {
    glue(document, { report }) {
      for (const request of jobRequestsOf(document)) {
        const { call, update, name, isOpen, value } = request;
        if (isOpen || update !== undefined || value('ExecutionClass') !== undefined) continue;
        if (!mayBeFlex(document, request)) continue;
        const description = wholeText(document, value('Description'));
        if (!canWait([name, description, commentsAt(document, call)])) continue;
        report(call.callee.kind === 'member' ? call.callee.nameSpan : call, sentence(request.kind), {
          fixes: [
            {
              title: 'Add ExecutionClass="FLEX"',
              edits: addArgument(document, call, {
                name: 'ExecutionClass',
                value: quoted(document, 'FLEX'),
                after: request.kind === 'run' ? 'JobName' : 'Name',
              }),
            },
          ],
        });
      }
    },
    asl(document, { report }) {
      for (const { data, state, request, jobName, comment } of startJobRunTasks(document)) {
        if (mayHave(request, 'ExecutionClass')) continue;
        const worker = textOf(valueOf(request, 'WorkerType'));
        if (worker !== undefined && !flexWorkers.includes(worker)) continue;
        if (!canWait([jobName, state.name, comment])) continue;
        const after = propertyOf(request, 'JobName');
        report(state.property.keySpan, sentence('run'), {
          fixes: [
            {
              title: 'Add ExecutionClass FLEX',
              edits: insertProperty(data, request, {
                key: 'ExecutionClass',
                value: 'FLEX',
                ...(after === undefined ? {} : { after }),
              }),
            },
          ],
        });
      }
    },
  },
});

function sentence(kind: JobRequest['kind']): string {
  const subject = kind === 'run' ? 'This run' : 'This job';
  return `${subject} can wait, as it says, but does not ask for Flex, which costs 34 % less.`;
}

function mayBeFlex(document: PythonDocument, request: JobRequest): boolean {
  const worker = wholeText(document, request.value('WorkerType'));
  if (worker !== undefined && !flexWorkers.includes(worker)) return false;
  const version = versionOf(document, request);
  if (version !== undefined && version < 3) return false;
  const command = commandOf(document, request);
  return request.kind === 'run' || command === 'glueetl';
}
