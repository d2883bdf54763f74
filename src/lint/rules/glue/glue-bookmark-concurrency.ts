import { dictOf, entryOf, numberOf, wholeText } from '../../../documents/python/values';
import { defineRule } from '../../rule';
import { jobRequestsOf } from './jobRequests';

/** A job with bookmarks that may run beside itself. */
export const glueBookmarkConcurrency = defineRule({
  code: 'GLU17',
  id: 'glue-bookmark-concurrency',
  dialects: ['glue'],
  severity: 'warning',
  title: 'Run a job with bookmarks once at a time',
  why: 'A job has one bookmark for all of its runs. Two at once begin at the same place, and the one that ends last says where the next begins: data is processed twice or passed over.',
  sources: ['https://docs.aws.amazon.com/glue/latest/dg/glue-troubleshooting-errors.html'],
  bad: `import boto3

glue = boto3.client("glue")

glue.create_job(
    Name="ledger-daily",
    Role="ledger-etl",
    Command={"Name": "glueetl", "ScriptLocation": "s3://bank-lake-code/ledger_daily.py"},
    DefaultArguments={"--job-bookmark-option": "job-bookmark-enable"},
    ExecutionProperty={"MaxConcurrentRuns": 4},
    Timeout=120,
)
`,
  good: `import boto3

glue = boto3.client("glue")

glue.create_job(
    Name="ledger-daily",
    Role="ledger-etl",
    Command={"Name": "glueetl", "ScriptLocation": "s3://bank-lake-code/ledger_daily.py"},
    DefaultArguments={"--job-bookmark-option": "job-bookmark-enable"},
    ExecutionProperty={"MaxConcurrentRuns": 1},
    Timeout=120,
)
`,
  check: {
    glue(document, { report }) {
      for (const { value } of jobRequestsOf(document)) {
        const given = dictOf(document, value('DefaultArguments'));
        const bookmark = wholeText(document, entryOf(document, given, '--job-bookmark-option')?.value);
        const property = dictOf(document, value('ExecutionProperty'));
        const runs = entryOf(document, property, 'MaxConcurrentRuns')?.value;
        const count = numberOf(document, runs);
        if (bookmark !== 'job-bookmark-enable' || runs === undefined || count === undefined || count <= 1)
          continue;
        report(
          runs,
          `Up to ${count} runs at once share one bookmark: data is processed twice or passed over.`,
          {
            fixes: [
              { title: 'Allow one run at a time', edits: [{ start: runs.start, end: runs.end, text: '1' }] },
            ],
          },
        );
      }
    },
  },
});
