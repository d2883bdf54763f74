import { quoted } from '../../../documents/python/edits';
import type { PythonDocument } from '../../../documents/python/model';
import { argumentOf } from '../../../documents/python/values';
import { defineRule, type ReportOptions } from '../../rule';
import { pathOf } from '../../../documents/python/names';
import { bookmarksOf, isStreaming } from './jobScript';
import { mentionsDate } from './parameters';
import { pathsOf, sourceName, sourcesOf, type Source } from './sources';

/** A job with bookmarks whose data is read past them. */
export const glueBookmarkWithSparkRead = defineRule({
  code: 'GLU03',
  id: 'glue-bookmark-with-spark-read',
  dialects: ['glue'],
  severity: 'warning',
  title: 'Read through a DynamicFrame where bookmarks are to count',
  why: "Bookmarks know only Glue's own sources. What spark.read reads they never see: the job runs with bookmarks on, and reads everything each time.",
  sources: ['https://docs.aws.amazon.com/glue/latest/dg/monitor-continuations.html'],
  bad: `# job argument: --job-bookmark-option job-bookmark-enable
import sys

from awsglue.context import GlueContext
from awsglue.job import Job
from awsglue.utils import getResolvedOptions
from pyspark.context import SparkContext

args = getResolvedOptions(sys.argv, ["JOB_NAME"])
glue_context = GlueContext(SparkContext.getOrCreate())
spark = glue_context.spark_session
job = Job(glue_context)
job.init(args["JOB_NAME"], args)

cards = spark.read.parquet("s3://bank-lake/raw/cards/")
cards.write.mode("append").parquet("s3://bank-lake/curated/cards/")

job.commit()
`,
  good: `# job argument: --job-bookmark-option job-bookmark-enable
import sys

from awsglue.context import GlueContext
from awsglue.job import Job
from awsglue.utils import getResolvedOptions
from pyspark.context import SparkContext

args = getResolvedOptions(sys.argv, ["JOB_NAME"])
glue_context = GlueContext(SparkContext.getOrCreate())
job = Job(glue_context)
job.init(args["JOB_NAME"], args)

cards = glue_context.create_dynamic_frame.from_options(
    "s3", {"paths": ["s3://bank-lake/raw/cards/"]}, format="parquet", transformation_ctx="src_cards"
).toDF()
cards.write.mode("append").parquet("s3://bank-lake/curated/cards/")

job.commit()
`,
  check: {
    glue(document, { report }) {
      if (bookmarksOf(document) !== 'on' || isStreaming(document)) return;
      const sources = sourcesOf(document);
      if (sources.some(({ kind }) => kind === 'frame')) return;
      for (const source of sources) {
        if (source.kind !== 'read' || source.method === 'jdbc') continue;
        const isOwnLogic = mentionsDate(document, pathsOf(document, source));
        report(
          source.link.nameSpan,
          isOwnLogic
            ? 'Bookmarks are on but see nothing of this source, which the path limits to a date: they may as well be off.'
            : 'Bookmarks are on but see nothing of this source: each run reads all of it.',
          { severity: isOwnLogic ? 'information' : 'warning', fixes: fixesOf(document, source) },
        );
      }
    },
  },
});

function fixesOf(document: PythonDocument, source: Source): NonNullable<ReportOptions['fixes']> {
  const { call, method, settings, link } = source;
  const context = contextName(document);
  const path = argumentOf(call, 'path', 0);
  const isPlain =
    settings.length === 0 && call.arguments.length === 1 && /^(?:parquet|orc|json)$/.test(method);
  if (context === undefined || path === undefined || !isPlain || path.value.kind === 'list') return [];
  const reader = link.object;
  if (reader.kind !== 'member') return [];
  const written = document.text.slice(path.value.start, path.value.end);
  const [s3, paths] = [quoted(document, 's3'), quoted(document, 'paths')];
  const ctx = quoted(document, `src_${sourceName(document, source) ?? 'frame'}`);
  return [
    {
      title: 'Read through a DynamicFrame',
      edits: [
        {
          start: reader.start,
          end: call.end,
          text: `${context}.create_dynamic_frame.from_options(${s3}, {${paths}: [${written}]}, format=${quoted(document, method)}, transformation_ctx=${ctx}).toDF()`,
        },
      ],
      scaffold: true,
    },
  ];
}

// The name that the module gives its GlueContext.
function contextName(document: PythonDocument): string | undefined {
  for (const [name, bindings] of document.scope.bindings) {
    const value = bindings.length === 1 ? bindings[0]?.value : undefined;
    if (value?.kind === 'call' && pathOf(document, value.callee) === 'awsglue.context.GlueContext')
      return name;
  }
  return undefined;
}
