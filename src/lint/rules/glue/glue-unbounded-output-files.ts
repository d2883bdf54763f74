import type { PythonDocument } from '../../../documents/python/model';
import { defineRule } from '../../rule';
import { frameOf } from './sources';
import { writesOf, type Write } from './writes';

/** A partitioned write in which every task writes a file into every partition. */
export const glueUnboundedOutputFiles = defineRule({
  code: 'GLU11',
  id: 'glue-unbounded-output-files',
  dialects: ['glue'],
  severity: 'information',
  title: 'Gather rows by partition before a partitioned write',
  why: 'Each task writes a file of its own into each partition it has rows of: 200 tasks and 365 days make up to 73 000 files. Each costs Athena requests and time, and S3 answers 5 500 a second for a prefix.',
  sources: [
    'https://docs.aws.amazon.com/athena/latest/ug/performance-tuning-s3-throttling.html',
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/optimizing-performance.html',
  ],
  bad: `from awsglue.context import GlueContext
from pyspark.context import SparkContext

glue_context = GlueContext(SparkContext.getOrCreate())
spark = glue_context.spark_session

cards = spark.read.parquet("s3://bank-lake/raw/cards/")
cards.write.mode("append").partitionBy("booked_on").parquet("s3://bank-lake/curated/cards/")
`,
  good: `from awsglue.context import GlueContext
from pyspark.context import SparkContext

glue_context = GlueContext(SparkContext.getOrCreate())
spark = glue_context.spark_session

cards = spark.read.parquet("s3://bank-lake/raw/cards/")
cards.repartition("booked_on").write.mode("append").partitionBy("booked_on").parquet("s3://bank-lake/curated/cards/")
`,
  check: {
    glue(document, { report }) {
      if (/maxRecordsPerFile|REBALANCE/i.test(document.text)) return;
      for (const write of writesOf(document)) {
        const { frame, link, partitionBy, format } = write;
        // The writers of table formats gather rows themselves.
        if (
          partitionBy.length === 0 ||
          !['parquet', 'orc', 'csv', 'json', 'text', 'avro'].includes(format ?? '')
        )
          continue;
        const known = frameOf(document, frame);
        // Where the frame comes from elsewhere, it may be gathered there.
        if (known === undefined || known.steps.some(({ name }) => gathers.test(name))) continue;
        const columns = columnsOf(document, write);
        report(
          link.nameSpan,
          'Each task writes a file of its own into each partition: gather the rows by repartition first.',
          columns === undefined
            ? {}
            : {
                fixes: [
                  {
                    title: `Add repartition(${columns})`,
                    edits: [{ start: frame.end, end: frame.end, text: `.repartition(${columns})` }],
                  },
                ],
              },
        );
      }
    },
  },
});

const gathers = /^(?:repartition|repartitionByRange|coalesce|hint|transform|limit)$/;

// As written, where it is certain that they are names of columns.
function columnsOf({ text }: PythonDocument, { partitionBy }: Write): string | undefined {
  return partitionBy.every(({ kind }) => kind === 'string')
    ? partitionBy.map(({ start, end }) => text.slice(start, end)).join(', ')
    : undefined;
}
