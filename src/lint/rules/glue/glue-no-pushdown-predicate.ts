import { addArgument, quoted } from '../../../documents/python/edits';
import type { PyCall, PythonDocument } from '../../../documents/python/model';
import { argumentOf, expressionsIn, isOpenCall, textOf, wholeText } from '../../../documents/python/values';
import type { CatalogSnapshot } from '../../../catalog/catalog';
import { defineRule } from '../../rule';
import type { Link } from './chains';
import { bookmarksOf } from './jobScript';
import { frameOf, tableOf, type Source } from './sources';

/** A table whose partitions are all read before a filter drops most of them. */
export const glueNoPushdownPredicate = defineRule({
  code: 'GLU07',
  id: 'glue-no-pushdown-predicate',
  dialects: ['glue'],
  severity: 'warning',
  title: 'Choose partitions when a table is read, not afterwards',
  why: 'A DynamicFrame of a table lists and reads every partition; a filter behind it works on what is in memory by then. push_down_predicate and catalogPartitionPredicate leave the other partitions unread.',
  sources: ['https://docs.aws.amazon.com/glue/latest/dg/aws-glue-programming-etl-partitions.html'],
  catalog: `CREATE EXTERNAL TABLE cards (id string, amount decimal(12,2))
PARTITIONED BY (booked_year string, booked_month string)
STORED AS PARQUET
LOCATION 's3://bank-lake/curated/cards/'`,
  bad: `from awsglue.context import GlueContext
from pyspark.context import SparkContext

glue_context = GlueContext(SparkContext.getOrCreate())
spark = glue_context.spark_session

cards = glue_context.create_dynamic_frame.from_catalog(
    database="bank_lake", table_name="cards", transformation_ctx="src_cards"
).toDF()
cards = cards.filter("booked_year = '2026' and booked_month = '11'")
`,
  good: `from awsglue.context import GlueContext
from pyspark.context import SparkContext

glue_context = GlueContext(SparkContext.getOrCreate())
spark = glue_context.spark_session

cards = glue_context.create_dynamic_frame.from_catalog(
    database="bank_lake",
    table_name="cards",
    push_down_predicate="booked_year = '2026' and booked_month = '11'",
    transformation_ctx="src_cards",
).toDF()
`,
  check: {
    glue(document, { report, catalog }) {
      const seen = new Set<PyCall>();
      const severity = bookmarksOf(document) === 'on' ? 'information' : 'warning';
      for (const call of document.calls) {
        const { callee } = call;
        if (callee.kind !== 'member' || (callee.name !== 'filter' && callee.name !== 'where')) continue;
        const frame = frameOf(document, call);
        const source = frame?.source;
        if (source === undefined || source.method !== 'from_catalog' || seen.has(source.call)) continue;
        if (frame?.steps.at(-1)?.call !== call || !keepsColumns(frame.steps)) continue;
        if (isOpenCall(source.call) || isLimited(document, source)) continue;
        const filtered = columnsIn(document, call);
        const keys = keysOf(document, source, catalog);
        const found = filtered.filter((column) => keys.includes(column));
        if (found.length === 0) continue;
        seen.add(source.call);
        const predicate = filtered.every((column) => keys.includes(column))
          ? predicateOf(document, call)
          : undefined;
        report(
          callee.nameSpan,
          `By now every partition was read: filter ${found.join(' and ')} by push_down_predicate where the table is read.`,
          {
            severity,
            ...(predicate === undefined
              ? {}
              : {
                  fixes: [
                    {
                      title: 'Add push_down_predicate',
                      edits: addArgument(document, source.call, {
                        name: 'push_down_predicate',
                        value: predicate,
                        after: 'table_name',
                      }),
                    },
                  ],
                }),
          },
        );
      }
    },
  },
});

function isLimited(document: PythonDocument, { call }: Source): boolean {
  if (argumentOf(call, 'push_down_predicate', 4) !== undefined) return true;
  const options = argumentOf(call, 'additional_options', 5)?.value;
  if (options === undefined) return false;
  // Options that are not written out may hold the predicate.
  return (
    options.kind !== 'dict' ||
    options.isOpen ||
    options.entries.some(({ key }) => wholeText(document, key) === 'catalogPartitionPredicate')
  );
}

// What is made of the columns in between may bear the same names.
function keepsColumns(steps: readonly Link[]): boolean {
  return steps.every(({ name }) =>
    ['toDF', 'filter', 'where', 'cache', 'persist', 'repartition', 'coalesce'].includes(name),
  );
}

/** The partition keys of the table; where it is not known, the names that hardly anything else is called by. */
function keysOf(document: PythonDocument, source: Source, catalog: CatalogSnapshot): readonly string[] {
  const name = tableOf(document, source);
  const table = name === undefined ? undefined : (catalog.table(name) ?? catalog.table(name.slice(-1)));
  return table?.partitionKeys.map((key) => key.name) ?? ['year', 'month', 'day', 'dt'];
}

const keywords = /^(?:and|or|not|in|between|like|is|null|true|false|cast|as|date|string|int|timestamp)$/;

function columnsIn(document: PythonDocument, call: PyCall): readonly string[] {
  const found = new Set<string>();
  for (const { value } of call.arguments) {
    const condition = textOf(document, value)?.text;
    const words = condition?.replace(/'[^']*'/g, '').matchAll(/\$\{hole\}|[A-Za-z_]\w*/g) ?? [];
    for (const [word] of words) {
      if (word !== '${hole}' && !keywords.test(word.toLowerCase())) found.add(word.toLowerCase());
    }
    for (const inner of condition === undefined ? expressionsIn(value) : []) {
      const isColumn =
        inner.kind === 'call' &&
        /^(?:F\.)?col(?:umn)?$/.test(document.text.slice(inner.callee.start, inner.callee.end));
      const name = isColumn
        ? inner.arguments[0]?.value
        : inner.kind === 'subscript'
          ? inner.index
          : undefined;
      const text = name === undefined ? undefined : wholeText(document, name);
      if (text !== undefined) found.add(text.toLowerCase());
      if (inner.kind === 'member' && inner.object.kind === 'name') found.add(inner.name.toLowerCase());
    }
  }
  return [...found];
}

// Spark's condition is taken over as it is written, where it is one text.
function predicateOf(document: PythonDocument, call: PyCall): string | undefined {
  const [condition] = call.arguments;
  if (condition?.value.kind !== 'string') return undefined;
  const { value } = condition;
  return value.isSingle && value.quote.length === 1
    ? document.text.slice(value.start, value.end)
    : value.isWhole
      ? quoted(document, value.value.trim().replaceAll('\n', ' '))
      : undefined;
}
