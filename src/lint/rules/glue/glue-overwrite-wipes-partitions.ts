import type { PythonDocument } from '../../../documents/python/model';
import { textOf } from '../../../documents/python/values';
import type { Severity } from '../../finding';
import { defineRule } from '../../rule';
import { lineageOf } from './chains';
import { argumentsIn, mentionsDate, takesDate } from './parameters';
import { writesOf, type Write } from './writes';

/** An overwrite that replaces a whole table by the partitions of one run. */
export const glueOverwriteWipesPartitions = defineRule({
  code: 'GLU01',
  id: 'glue-overwrite-wipes-partitions',
  dialects: ['glue'],
  severity: 'error',
  title: 'Overwrite the partitions of the run, not all of them',
  why: 'By default Spark empties the whole path before an overwrite, whatever it is partitioned by: a run for one day deletes every other day. With partitionOverwriteMode=dynamic it replaces only the partitions that it writes. A job that is not run for a date, and so perhaps writes everything each time, is only pointed out.',
  sources: [
    'https://spark.apache.org/docs/latest/configuration.html',
    'https://spark.apache.org/docs/latest/sql-data-sources-load-save-functions.html',
  ],
  bad: `import sys

from awsglue.context import GlueContext
from awsglue.utils import getResolvedOptions
from pyspark.context import SparkContext

args = getResolvedOptions(sys.argv, ["JOB_NAME", "booking_date"])
glue_context = GlueContext(SparkContext.getOrCreate())
spark = glue_context.spark_session

bookings = spark.read.parquet("s3://bank-lake/raw/ledger/" + args["booking_date"])
bookings.repartition("booked_on").write.mode("overwrite").partitionBy("booked_on").parquet(
    "s3://bank-lake/curated/ledger/"
)
`,
  good: `import sys

from awsglue.context import GlueContext
from awsglue.utils import getResolvedOptions
from pyspark.context import SparkContext

args = getResolvedOptions(sys.argv, ["JOB_NAME", "booking_date"])
glue_context = GlueContext(SparkContext.getOrCreate())
spark = glue_context.spark_session
spark.conf.set("spark.sql.sources.partitionOverwriteMode", "dynamic")

bookings = spark.read.parquet("s3://bank-lake/raw/ledger/" + args["booking_date"])
bookings.repartition("booked_on").write.mode("overwrite").partitionBy("booked_on").parquet(
    "s3://bank-lake/curated/ledger/"
)
`,
  check: {
    glue(document, { report }) {
      if (isPerhapsDynamic(document)) return;
      for (const write of writesOf(document)) {
        const { mode, partitionBy, last, format, path } = write;
        if (mode?.text !== 'overwrite' || partitionBy.length === 0) continue;
        if (last.name === 'insertInto' || last.name === 'saveAsTable' || !isFiles(format)) continue;
        // A path of its own for each date is emptied rightly.
        if (path !== undefined && mentionsDate(document, [path])) continue;
        report(mode.link === undefined ? last.nameSpan : write.link.nameSpan, messageOf(document, write), {
          severity: severityOf(document, write),
          ...(mode.link?.call === undefined
            ? {}
            : {
                fixes: [
                  {
                    title: 'Overwrite only the partitions that are written',
                    edits: [
                      {
                        start: mode.link.call.end,
                        end: mode.link.call.end,
                        text: '.option("partitionOverwriteMode", "dynamic")',
                      },
                    ],
                  },
                ],
              }),
        });
      }
    },
  },
});

function isFiles(format: string | undefined): boolean {
  return format !== undefined && ['parquet', 'orc', 'csv', 'json', 'text', 'avro'].includes(format);
}

// A session from another module, or settings that only the running job knows, may have made it dynamic.
function isPerhapsDynamic({ text, imports, calls }: PythonDocument): boolean {
  if (/partitionOverwriteMode(?!["']?\s*[,=:]\s*["']?static)/i.test(text)) return true;
  const makesSession = [...imports.values()].some((path) =>
    /^(?:awsglue\.context|pyspark\.context\.SparkContext|pyspark\.SparkContext|pyspark\.sql\.(?:session\.)?SparkSession|pyspark\.sql|pyspark)/.test(
      path,
    ),
  );
  if (!makesSession) return true;
  return calls.some(({ callee, arguments: given }) => {
    if (callee.kind !== 'member' || given.length === 0) return false;
    const [first] = given;
    const isConfig = callee.name === 'config' || callee.name === 'setAll';
    const isSet = callee.name === 'set' && callee.object.kind === 'member' && callee.object.name === 'conf';
    return (isConfig || isSet) && first?.value.kind !== 'string';
  });
}

function severityOf(document: PythonDocument, write: Write): Severity {
  const { links } = lineageOf(document, write.frame);
  const isOfDate = mentionsDate(document, argumentsIn(links));
  if (!isOfDate && !takesDate(document)) return 'information';
  const path = write.path === undefined ? undefined : textOf(document, write.path);
  // A folder that only the running job knows may be one of the date.
  const isKnownPath =
    path !== undefined && !/^s3[an]?:\/\/[^/]*\/.*\$\{hole\}/.test(path.text) && path.text.startsWith('s3');
  return isOfDate && isKnownPath ? 'error' : 'warning';
}

function messageOf(document: PythonDocument, write: Write): string {
  const path = write.path === undefined ? undefined : textOf(document, write.path);
  const target = path?.isWhole === true ? path.text : 'the path';
  return `This empties all of ${target} before it writes: partitions that the run does not write are lost.`;
}
