import { mayHave } from '../../../documents/asl/fields';
import { startJobRunTasks } from '../../../documents/asl/glueJobs';
import { propertyOf } from '../../../documents/data/access';
import { insertProperty } from '../../../documents/data/edits';
import { addArgument, addEntry } from '../../../documents/python/edits';
import type { PythonDocument } from '../../../documents/python/model';
import { numberOf } from '../../../documents/python/values';
import { defineRule } from '../../rule';
import { commandOf, jobRequestsOf, versionOf, type JobRequest } from './jobRequests';

/** Minutes: long enough for most jobs, and an hour's pay instead of two days' where one hangs. */
const minutes = 120;

/** A job that runs, and is paid for, until the default ends it. */
export const glueNoTimeout = defineRule({
  code: 'GLU13',
  id: 'glue-no-timeout',
  dialects: ['glue', 'asl'],
  severity: 'warning',
  title: 'Give each job a timeout',
  why: 'A batch job without one is ended after 2 880 minutes, two days: with ten DPUs a job that hangs has then cost about $211 (10 x 48 h x $0.44). A run takes over the timeout of its job, which is not seen here, so that it is only a hint.',
  sources: [
    'https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-jobs-job.html',
    'https://aws.amazon.com/glue/pricing/',
  ],
  unconfirmed: 'the default of Glue 5.0 and later, which may be shorter: no figure is named for it',
  bad: `import boto3

glue = boto3.client("glue")

glue.create_job(
    Name="ledger-daily",
    Role="ledger-etl",
    Command={"Name": "glueetl", "ScriptLocation": "s3://bank-lake-code/ledger_daily.py"},
    GlueVersion="4.0",
    WorkerType="G.1X",
    NumberOfWorkers=10,
)
`,
  good: `import boto3

glue = boto3.client("glue")

glue.create_job(
    Name="ledger-daily",
    Role="ledger-etl",
    Command={"Name": "glueetl", "ScriptLocation": "s3://bank-lake-code/ledger_daily.py"},
    GlueVersion="4.0",
    WorkerType="G.1X",
    NumberOfWorkers=10,
    Timeout=120,
)
`,
  check: {
    glue(document, { report }) {
      for (const request of jobRequestsOf(document)) {
        const { kind, call, update, isOpen, value } = request;
        if (isOpen || value('Timeout') !== undefined) continue;
        const command = commandOf(document, request);
        if (command === 'gluestreaming' || command === 'glueray') continue;
        const edits =
          update === undefined
            ? addArgument(document, call, { name: 'Timeout', value: String(minutes) })
            : addEntry(document, update, { key: 'Timeout', value: String(minutes) });
        report(call.callee.kind === 'member' ? call.callee.nameSpan : call, sentence(document, request), {
          severity: kind === 'run' ? 'hint' : 'warning',
          fixes: [{ title: `Add Timeout ${minutes}`, edits, scaffold: true }],
        });
      }
    },
    asl(document, { report }) {
      for (const { data, state, request } of startJobRunTasks(document)) {
        if (mayHave(request, 'Timeout')) continue;
        const after = propertyOf(request, 'JobName');
        report(state.property.keySpan, ofRun, {
          severity: 'hint',
          fixes: [
            {
              title: `Add Timeout ${minutes}`,
              edits: insertProperty(data, request, {
                key: 'Timeout',
                value: minutes,
                ...(after === undefined ? {} : { after }),
              }),
              scaffold: true,
            },
          ],
        });
      }
    },
  },
});

const ofRun =
  "This run has no timeout of its own: if it hangs, only that of the job ends it, and else the service's.";

function sentence(document: PythonDocument, request: JobRequest): string {
  if (request.kind === 'run') return ofRun;
  const version = versionOf(document, request);
  if (version === undefined || version >= 5)
    return 'This job has no timeout: if it hangs, it is paid for until the default of the service ends it.';
  const workers = numberOf(document, request.value('NumberOfWorkers'));
  const worker = request.value('WorkerType');
  const isOneDpu = worker?.kind === 'string' && worker.value === 'G.1X';
  const cost =
    workers !== undefined && isOneDpu && commandOf(document, request) === 'glueetl'
      ? `, about $${Math.round(workers * 48 * 0.44)} with its ${workers} workers`
      : '';
  return `This job has no timeout: if it hangs, it runs for 48 hours${cost}.`;
}
