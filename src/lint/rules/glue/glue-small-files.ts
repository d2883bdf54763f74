import { addArgument, addEntry, quoted } from '../../../documents/python/edits';
import { argumentOf, dictOf, entryOf, isOpenCall } from '../../../documents/python/values';
import { defineRule } from '../../rule';
import { sourcesOf, tableOf } from './sources';

/** Above so many objects Glue groups them by itself. */
const groupedByItself = 50_000;
/** Below so many there is little to win. */
const fewObjects = 1000;
/** Bytes. */
const small = 16 * 1024 * 1024;

/** Thousands of small text files that each become a task. */
export const glueSmallFiles = defineRule({
  code: 'GLU08',
  id: 'glue-small-files',
  dialects: ['glue'],
  severity: 'information',
  title: 'Read many small CSV or JSON files in groups',
  why: "Each file becomes a task of its own, and their bookkeeping takes longer than the data. groupFiles='inPartition' reads many of them in one; by itself Glue does so only above 50 000 files. How many there are is known where a crawler wrote it down at the table.",
  sources: [
    'https://docs.aws.amazon.com/glue/latest/dg/grouping-input-files.html',
    'https://docs.aws.amazon.com/glue/latest/dg/table-properties-crawler.html',
  ],
  catalog: `CREATE EXTERNAL TABLE card_events (id string, kind string)
ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
LOCATION 's3://bank-lake/raw/card_events/'
TBLPROPERTIES ('classification'='json', 'objectCount'='18000', 'sizeKey'='900000000')`,
  bad: `from awsglue.context import GlueContext
from pyspark.context import SparkContext

glue_context = GlueContext(SparkContext.getOrCreate())
spark = glue_context.spark_session

events = glue_context.create_dynamic_frame.from_catalog(
    database="bank_lake", table_name="card_events", transformation_ctx="src_card_events"
)
`,
  good: `from awsglue.context import GlueContext
from pyspark.context import SparkContext

glue_context = GlueContext(SparkContext.getOrCreate())
spark = glue_context.spark_session

events = glue_context.create_dynamic_frame.from_catalog(
    database="bank_lake",
    table_name="card_events",
    additional_options={"groupFiles": "inPartition", "groupSize": "134217728"},
    transformation_ctx="src_card_events",
)
`,
  check: {
    glue(document, { report, catalog }) {
      for (const source of sourcesOf(document)) {
        const name = tableOf(document, source);
        if (name === undefined || isOpenCall(source.call)) continue;
        const table = catalog.table(name) ?? catalog.table(name.slice(-1));
        const objects = Number(table?.parameters?.['objectCount']);
        const bytes = Number(table?.parameters?.['sizeKey'] ?? table?.bytes);
        // Parquet, ORC and Avro are not grouped.
        if (table === undefined || !['json', 'csv', 'text'].includes(table.format ?? '')) continue;
        if (!(objects > fewObjects && objects <= groupedByItself) || !(bytes / objects < small)) continue;
        const given = argumentOf(source.call, 'additional_options', 5)?.value;
        const options = dictOf(document, given);
        if (given !== undefined && (options === undefined || options.isOpen)) continue;
        if (entryOf(document, options, 'groupFiles') !== undefined) continue;
        const text = (value: string): string => quoted(document, value);
        const edits =
          options === undefined
            ? addArgument(document, source.call, {
                name: 'additional_options',
                value: `{${text('groupFiles')}: ${text('inPartition')}, ${text('groupSize')}: ${text('134217728')}}`,
                after: 'table_name',
              })
            : addEntry(document, options, { key: 'groupFiles', value: text('inPartition') });
        const each = Math.max(1, Math.round(bytes / objects / 1024));
        report(
          source.link.nameSpan,
          `${name.join('.')} has ${objects} files of ${each} KB on average: each becomes a task of its own.`,
          {
            fixes: [{ title: 'Read the files in groups', edits }],
          },
        );
      }
    },
  },
});
