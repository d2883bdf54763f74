import type { PyBinding, PyCall, PyExpression, PythonDocument } from '../../../documents/python/model';
import { bindingOf } from '../../../documents/python/names';
import type { Severity } from '../../finding';
import { defineRule } from '../../rule';
import { frameOf } from './sources';
import { writesOf } from './writes';

const whole = ['count', 'collect', 'toPandas', 'foreach'];
const partial = ['show', 'first', 'head', 'take', 'isEmpty'];
const kept = ['cache', 'persist', 'checkpoint', 'localCheckpoint', 'unpersist'];
/** Steps after which even one row costs all of them. */
const shuffles = [
  'groupBy',
  'groupby',
  'join',
  'distinct',
  'dropDuplicates',
  'drop_duplicates',
  'orderBy',
  'sort',
  'agg',
];

/** A frame that is computed for a count, and once more to be written. */
export const glueActionBeforeWrite = defineRule({
  code: 'GLU09',
  id: 'glue-action-before-write',
  dialects: ['glue'],
  severity: 'warning',
  title: 'Keep a frame that is counted and then written',
  why: 'A frame is a recipe, not its result: count() reads the source and computes everything, and the write does it all again. cache() keeps the result of the first. What takes a few rows only, or counts files as they were read, is a hint.',
  sources: [
    'https://spark.apache.org/docs/latest/rdd-programming-guide.html#rdd-persistence',
    'https://spark.apache.org/docs/latest/sql-performance-tuning.html#caching-data',
  ],
  bad: `from awsglue.context import GlueContext
from pyspark.context import SparkContext

glue_context = GlueContext(SparkContext.getOrCreate())
spark = glue_context.spark_session

cards = spark.read.parquet("s3://bank-lake/raw/cards/").filter("amount > 0").dropDuplicates(["id"])
if cards.count() == 0:
    raise RuntimeError("no cards today")
cards.write.mode("append").parquet("s3://bank-lake/curated/cards/")
`,
  good: `from awsglue.context import GlueContext
from pyspark.context import SparkContext

glue_context = GlueContext(SparkContext.getOrCreate())
spark = glue_context.spark_session

cards = spark.read.parquet("s3://bank-lake/raw/cards/").filter("amount > 0").dropDuplicates(["id"]).cache()
if cards.count() == 0:
    raise RuntimeError("no cards today")
cards.write.mode("append").parquet("s3://bank-lake/curated/cards/")
`,
  check: {
    glue(document, { report }) {
      if (/\bcacheTable\b/.test(document.text)) return;
      const written = new Map<PyBinding, number>();
      for (const { frame, call } of writesOf(document)) {
        const binding = bindingOfFrame(frame);
        if (binding !== undefined) written.set(binding, Math.max(written.get(binding) ?? 0, call.end));
      }
      const reported = new Set<PyBinding>();
      for (const call of document.calls.toSorted((a, b) => a.end - b.end)) {
        const { callee } = call;
        if (callee.kind !== 'member' || !(whole.includes(callee.name) || partial.includes(callee.name)))
          continue;
        const binding = bindingOfFrame(callee.object);
        const value = binding?.value;
        if (binding === undefined || value === undefined || reported.has(binding)) continue;
        if ((written.get(binding) ?? 0) < call.end || isKept(document, call)) continue;
        const severity = severityOf(document, { value, action: callee.name });
        if (severity === undefined) continue;
        reported.add(binding);
        report(
          callee.nameSpan,
          `${callee.name}() computes this frame from its source, and the write below computes it again.`,
          {
            severity,
            fixes: [
              {
                title: 'Keep the frame by cache()',
                edits: [{ start: value.end, end: value.end, text: '.cache()' }],
              },
            ],
          },
        );
      }
    },
  },
});

function bindingOfFrame(expression: PyExpression): PyBinding | undefined {
  return expression.kind === 'name' ? bindingOf(expression) : undefined;
}

// `cards.cache()` as a statement keeps what cards is, too.
function isKept(document: PythonDocument, action: PyCall): boolean {
  const { callee } = action;
  if (callee.kind !== 'member' || callee.object.kind !== 'name') return true;
  const { name } = callee.object;
  return document.calls.some(
    ({ callee: other, end }) =>
      other.kind === 'member' &&
      kept.includes(other.name) &&
      other.object.kind === 'name' &&
      other.object.name === name &&
      end <= action.start,
  );
}

function severityOf(
  document: PythonDocument,
  { value, action }: { readonly value: PyExpression; readonly action: string },
): Severity | undefined {
  const frame = frameOf(document, value);
  if (value.kind !== 'call' || frame === undefined || frame.steps.some(({ name }) => kept.includes(name)))
    return undefined;
  const steps = frame.steps.filter(({ name }) => name !== 'toDF');
  if (whole.includes(action)) return steps.length === 0 ? 'hint' : 'warning';
  return steps.some(({ name }) => shuffles.includes(name)) ? 'warning' : 'hint';
}
