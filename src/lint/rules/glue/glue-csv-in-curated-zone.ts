import type { TextEdit } from '../../../base/text';
import type { PyCall, PyExpression, PythonDocument } from '../../../documents/python/model';
import { argumentOf, dictOf, entryOf, textOf, wholeText } from '../../../documents/python/values';
import { defineRule } from '../../rule';
import { writesOf, type Write } from './writes';

const texts = ['csv', 'json', 'text'];

/** Data for analysis, written as text. */
export const glueCsvInCuratedZone = defineRule({
  code: 'GLU15',
  id: 'glue-csv-in-curated-zone',
  dialects: ['glue'],
  severity: 'information',
  title: 'Write what is queried as Parquet or ORC',
  why: 'Athena reads, and bills, all of a CSV or JSON file for one column of it. Parquet and ORC are read by column, are smaller, and can be skipped by their statistics. Text is for what comes in raw and for what goes out to others.',
  sources: ['https://aws.amazon.com/blogs/big-data/top-10-performance-tuning-tips-for-amazon-athena/'],
  bad: `from awsglue.context import GlueContext
from pyspark.context import SparkContext

glue_context = GlueContext(SparkContext.getOrCreate())
spark = glue_context.spark_session

cards = spark.read.parquet("s3://bank-lake/raw/cards/")
cards.write.mode("append").csv("s3://bank-lake/curated/cards/")
`,
  good: `from awsglue.context import GlueContext
from pyspark.context import SparkContext

glue_context = GlueContext(SparkContext.getOrCreate())
spark = glue_context.spark_session

cards = spark.read.parquet("s3://bank-lake/raw/cards/")
cards.write.mode("append").parquet("s3://bank-lake/curated/cards/")
`,
  check: {
    glue(document, { report }) {
      for (const write of writesOf(document)) {
        if (!texts.includes(write.format ?? '') || !isForAnalysis(document, write.path)) continue;
        const edits = editsOf(document, write);
        report(write.last.nameSpan, sentence(write.format ?? ''), {
          fixes: edits.length === 0 ? [] : [{ title: 'Write Parquet', edits }],
        });
      }
      for (const call of document.calls) {
        const sink = sinkOf(document, call);
        if (sink === undefined || !texts.includes(sink.text) || !isForAnalysis(document, sink.path)) continue;
        const { format } = sink;
        const hasOptions = argumentOf(call, 'format_options') !== undefined;
        report(format, sentence(sink.text), {
          fixes:
            hasOptions || format.kind !== 'string'
              ? []
              : [{ title: 'Write Parquet', edits: [replaced(format)] }],
        });
      }
    },
  },
});

function sentence(format: string): string {
  return `Queries of this data read all of it, for it is ${format === 'text' ? 'text' : format.toUpperCase()}: Parquet is read by column.`;
}

function isForAnalysis(document: PythonDocument, path: PyExpression | undefined): boolean {
  const text = path === undefined ? undefined : textOf(document, path)?.text;
  if (
    text === undefined ||
    /(?:^|[/_.-])(?:exports?|partners?|outbound|extracts?|feeds?|delivery|downloads?|reports?|errors?|rejects?|logs?|metrics)(?:[/_.-]|$)/i.test(
      text,
    )
  )
    return false;
  return /(?:^|[/_.-])(?:processed|curated|analytics|silver|gold)(?:[/_.-]|$)/i.test(text);
}

// Options of CSV mean nothing to Parquet, so that only a write without any is changed.
function editsOf({ text }: PythonDocument, { last, call, settings }: Write): readonly TextEdit[] {
  const isPlain = call.arguments.every(
    ({ name }) => name === undefined || name === 'mode' || name === 'path' || name === 'partitionBy',
  );
  if (
    !isPlain ||
    call.arguments.length === 0 ||
    settings.some(({ name }) => name === 'option' || name === 'options')
  )
    return [];
  if (last.name !== 'save') return [{ ...last.nameSpan, text: 'parquet' }];
  const format = settings.findLast(({ name }) => name === 'format')?.call?.arguments[0]?.value;
  return format?.kind === 'string' && text.charAt(format.start) === format.quote ? [replaced(format)] : [];
}

function replaced({ start, end, quote }: PyExpression & { readonly kind: 'string' }): TextEdit {
  return { start, end, text: `${quote}parquet${quote}` };
}

// `glue_context.write_dynamic_frame.from_options(frame=…, connection_type="s3", connection_options={"path": …}, format="csv")`
function sinkOf(
  document: PythonDocument,
  call: PyCall,
):
  | { readonly text: string; readonly format: PyExpression; readonly path: PyExpression | undefined }
  | undefined {
  const { callee } = call;
  if (callee.kind !== 'member' || callee.name !== 'from_options' || callee.object.kind !== 'member')
    return undefined;
  if (callee.object.name !== 'write_dynamic_frame') return undefined;
  const format = argumentOf(call, 'format', 3)?.value;
  const text = wholeText(document, format)?.toLowerCase();
  if (format === undefined || text === undefined) return undefined;
  const options = dictOf(document, argumentOf(call, 'connection_options', 2)?.value);
  return { text, format, path: entryOf(document, options, 'path')?.value };
}
