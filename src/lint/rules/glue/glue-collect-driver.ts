import { textOf } from '../../../documents/python/values';
import type { PythonDocument } from '../../../documents/python/model';
import { defineRule } from '../../rule';
import { frameOf, pathsOf, tableOf, type Frame } from './sources';

/** Bytes that a driver holds with ease. */
const small = 64 * 1024 * 1024;

/** All rows of a frame brought to the driver. */
export const glueCollectDriver = defineRule({
  code: 'GLU12',
  id: 'glue-collect-driver',
  dialects: ['glue'],
  severity: 'warning',
  title: 'Bring no whole frame to the driver',
  why: 'collect() and toPandas() hold every row in the memory of one machine, the driver. With data as it grows the job fails one day, out of memory. What is limited or summed up before is harmless.',
  sources: [
    'https://docs.aws.amazon.com/glue/latest/dg/monitor-profile-debug-oom-abnormalities.html',
    'https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.DataFrame.collect.html',
  ],
  bad: `from awsglue.context import GlueContext
from pyspark.context import SparkContext

glue_context = GlueContext(SparkContext.getOrCreate())
spark = glue_context.spark_session

cards = spark.read.parquet("s3://bank-lake/curated/cards/")
for card in cards.collect():
    print(card["id"])
`,
  good: `from awsglue.context import GlueContext
from pyspark.context import SparkContext

glue_context = GlueContext(SparkContext.getOrCreate())
spark = glue_context.spark_session

cards = spark.read.parquet("s3://bank-lake/curated/cards/")
for card in cards.limit(100).collect():
    print(card["id"])
`,
  check: {
    glue(document, { report, catalog }) {
      for (const call of document.calls) {
        const { callee } = call;
        if (callee.kind !== 'member' || (callee.name !== 'collect' && callee.name !== 'toPandas')) continue;
        const frame = frameOf(document, callee.object);
        // What a statement of SQL gives is not known here.
        if (frame === undefined || frame.source.kind === 'sql' || isBounded(document, frame)) continue;
        const name = tableOf(document, frame.source);
        const bytes = name === undefined ? undefined : catalog.table(name)?.bytes;
        if (bytes !== undefined && bytes < small) continue;
        report(
          callee.nameSpan,
          `${callee.name}() brings every row to the driver: limit or sum up before, or write the frame.`,
        );
      }
    },
  },
});

const bounding =
  /^(?:limit|agg|groupBy|groupby|head|take|tail|sample|distinct|dropDuplicates|drop_duplicates|count|sum|max|min|avg|describe|summary|approxQuantile|collect|first|rdd)$/;

function isBounded(document: PythonDocument, { source, steps }: Frame): boolean {
  if (steps.some(({ name }) => bounding.test(name))) return true;
  const [path] = pathsOf(document, source);
  const text = path === undefined ? tableOf(document, source)?.at(-1) : textOf(document, path)?.text;
  // Nothing is known of where it is read from.
  if (text === undefined && source.kind !== 'frame') return path === undefined;
  return /(?:^|[/_.-])(?:lookups?|dims?|refs?|reference|config|conf|params?|parameters?|mappings?|codes?|schema|metadata|control|calendar)(?:[/_.-]|$)/i.test(
    text ?? '',
  );
}
