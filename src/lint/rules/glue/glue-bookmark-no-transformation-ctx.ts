import { addArgument, quoted } from '../../../documents/python/edits';
import type { PythonDocument } from '../../../documents/python/model';
import { argumentOf, isOpenCall, textOf, wholeText } from '../../../documents/python/values';
import type { Severity } from '../../finding';
import { defineRule } from '../../rule';
import { bookmarksOf, jobCallsOf } from './jobScript';
import { sourceName, sourcesOf, type Source } from './sources';

/** A source that bookmarks do not keep track of. */
export const glueBookmarkNoTransformationCtx = defineRule({
  code: 'GLU02',
  id: 'glue-bookmark-no-transformation-ctx',
  dialects: ['glue'],
  severity: 'warning',
  title: 'Name each source of a job with bookmarks by transformation_ctx',
  why: 'A bookmark is kept under the transformation_ctx of its source. Without one nothing is kept, and each run reads and writes everything again. Bookmarks are off by default: where nothing in the script asks for them it is information, and where they are known to be off a hint.',
  sources: [
    'https://docs.aws.amazon.com/glue/latest/dg/monitor-continuations.html',
    'https://docs.aws.amazon.com/glue/latest/dg/glue-troubleshooting-errors.html',
  ],
  bad: `import sys

from awsglue.context import GlueContext
from awsglue.job import Job
from awsglue.utils import getResolvedOptions
from pyspark.context import SparkContext

args = getResolvedOptions(sys.argv, ["JOB_NAME"])
glue_context = GlueContext(SparkContext.getOrCreate())
job = Job(glue_context)
job.init(args["JOB_NAME"], args)

cards = glue_context.create_dynamic_frame.from_catalog(database="bank_lake", table_name="cards")
cards.toDF().write.mode("append").parquet("s3://bank-lake/curated/cards/")

job.commit()
`,
  good: `import sys

from awsglue.context import GlueContext
from awsglue.job import Job
from awsglue.utils import getResolvedOptions
from pyspark.context import SparkContext

args = getResolvedOptions(sys.argv, ["JOB_NAME"])
glue_context = GlueContext(SparkContext.getOrCreate())
job = Job(glue_context)
job.init(args["JOB_NAME"], args)

cards = glue_context.create_dynamic_frame.from_catalog(
    database="bank_lake", table_name="cards", transformation_ctx="src_cards"
)
cards.toDF().write.mode("append").parquet("s3://bank-lake/curated/cards/")

job.commit()
`,
  check: {
    glue(document, { report }) {
      const { inits, commits } = jobCallsOf(document);
      if (inits.length === 0 || commits.length === 0) return;
      const taken = new Set<string>();
      for (const source of sourcesOf(document)) {
        if (source.kind !== 'frame' || !isTracked(document, source) || isOpenCall(source.call)) continue;
        const given = argumentOf(source.call, 'transformation_ctx', source.method === 'from_catalog' ? 3 : 4);
        if (given !== undefined) {
          if (wholeText(document, given.value) !== '') continue;
        }
        const name = quoted(document, contextName(document, source, taken));
        report(
          source.link.nameSpan,
          'Without transformation_ctx no bookmark is kept for this source: each run reads all of it.',
          {
            severity: severityIn(document),
            fixes: [
              {
                title: `Add transformation_ctx=${name}`,
                edits:
                  given === undefined
                    ? addArgument(document, source.call, { name: 'transformation_ctx', value: name })
                    : [{ start: given.value.start, end: given.value.end, text: name }],
              },
            ],
          },
        );
      }
    },
  },
});

// Bookmarks are off by default: only a script that sets them up, or names another context, surely counts on them.
function severityIn(document: PythonDocument): Severity {
  const bookmarks = bookmarksOf(document);
  if (bookmarks === 'off') return 'hint';
  const namesContext = document.calls.some((call) => argumentOf(call, 'transformation_ctx') !== undefined);
  return bookmarks === 'on' || namesContext ? 'warning' : 'information';
}

// Bookmarks are kept of S3 and of JDBC; streams and DynamoDB know none.
function isTracked(document: PythonDocument, { method, call }: Source): boolean {
  if (method === 'from_catalog') return true;
  if (method !== 'from_options') return false;
  const type = wholeText(document, argumentOf(call, 'connection_type', 0)?.value);
  return type !== undefined && /^(?:s3|mysql|postgresql|oracle|sqlserver|jdbc)$/.test(type);
}

/** A name that no other source of the file has, for they would share one bookmark. */
function contextName(document: PythonDocument, source: Source, taken: Set<string>): string {
  const base = `src_${sourceName(document, source) ?? 'frame'}`;
  const isTaken = (name: string): boolean =>
    taken.has(name) || document.strings.some((string) => textOf(document, string)?.text === name);
  let name = base;
  for (let count = 2; isTaken(name); count++) name = `${base}_${count}`;
  taken.add(name);
  return name;
}
