import { wholeText } from '../../../documents/python/values';
import { defineRule } from '../../rule';
import { commandOf, flexWorkers, jobRequestsOf, versionOf } from './jobRequests';

/** Flex, together with what it does not go with. */
export const glueFlexInvalid = defineRule({
  code: 'GLU06',
  id: 'glue-flex-invalid',
  dialects: ['glue'],
  severity: 'warning',
  title: 'Ask for Flex only where Glue grants it',
  why: 'Flex is for Spark jobs (glueetl) of Glue 3.0 and later on workers G.1X and G.2X. With anything else the request is refused.',
  sources: [
    'https://docs.aws.amazon.com/glue/latest/dg/add-job.html',
    'https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-jobs-job.html',
  ],
  unconfirmed: 'which worker types and versions Flex takes today: the lists may have grown',
  bad: `import boto3

glue = boto3.client("glue")

glue.create_job(
    Name="cards-history",
    Role="cards-etl",
    Command={"Name": "glueetl", "ScriptLocation": "s3://bank-lake-code/cards_history.py"},
    GlueVersion="2.0",
    ExecutionClass="FLEX",
    WorkerType="G.1X",
    NumberOfWorkers=4,
    Timeout=120,
)
`,
  good: `import boto3

glue = boto3.client("glue")

glue.create_job(
    Name="cards-history",
    Role="cards-etl",
    Command={"Name": "glueetl", "ScriptLocation": "s3://bank-lake-code/cards_history.py"},
    GlueVersion="4.0",
    ExecutionClass="FLEX",
    WorkerType="G.1X",
    NumberOfWorkers=4,
    Timeout=120,
)
`,
  check: {
    glue(document, { report }) {
      for (const request of jobRequestsOf(document)) {
        const flex = request.value('ExecutionClass');
        if (flex === undefined || wholeText(document, flex) !== 'FLEX') continue;
        const worker = wholeText(document, request.value('WorkerType'));
        const version = versionOf(document, request);
        const command = commandOf(document, request);
        if (command !== undefined && command !== 'glueetl') {
          report(flex, `Flex is for Spark jobs (glueetl), and this one is ${command}.`);
        } else if (version !== undefined && version < 3) {
          report(flex, `Flex needs Glue 3.0 or later, and this job is for ${version.toFixed(1)}.`);
        } else if (worker !== undefined && !flexWorkers.includes(worker)) {
          report(flex, `Flex is for workers ${flexWorkers.join(' and ')}, and this job asks for ${worker}.`);
        }
      }
    },
  },
});
