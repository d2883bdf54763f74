import type { PyExpression, PythonDocument } from '../../../documents/python/model';
import { textOf } from '../../../documents/python/values';
import { defineRule } from '../../rule';
import { formatOf, pathsOf, sourcesOf, type Source } from './sources';

/** A folder of one partition, read as if it were a table: the column that the folder names is missing. */
export const gluePartitionPathLosesColumn = defineRule({
  code: 'GLU10',
  id: 'glue-partition-path-loses-column',
  dialects: ['glue'],
  severity: 'warning',
  title: 'Give basePath where the path names partitions',
  why: 'Spark takes columns from the folders below the path that it is given, never from the path itself: of .../month=11/ the frame has no month. With basePath, or a filter on the whole table, it has. Where the column is not used it is only worth knowing.',
  sources: ['https://spark.apache.org/docs/latest/sql-data-sources-parquet.html#partition-discovery'],
  bad: `from awsglue.context import GlueContext
from pyspark.context import SparkContext

glue_context = GlueContext(SparkContext.getOrCreate())
spark = glue_context.spark_session

cards = spark.read.parquet("s3://bank-lake/curated/cards/month=11/")
cards.groupBy("month").count().write.mode("append").parquet("s3://bank-lake/reports/cards/")
`,
  good: `from awsglue.context import GlueContext
from pyspark.context import SparkContext

glue_context = GlueContext(SparkContext.getOrCreate())
spark = glue_context.spark_session

cards = spark.read.option("basePath", "s3://bank-lake/curated/cards/").parquet("s3://bank-lake/curated/cards/month=11/")
cards.groupBy("month").count().write.mode("append").parquet("s3://bank-lake/reports/cards/")
`,
  check: {
    glue(document, { report }) {
      for (const source of sourcesOf(document)) {
        const [path, ...more] = pathsOf(document, source);
        if (source.kind !== 'read' || path === undefined || more.length > 0 || hasBasePath(source, document))
          continue;
        const keys = keysIn(document, path);
        if (keys.length === 0 || formatOf(document, source) === 'jdbc') continue;
        const lost = keys.filter((key) => !isMade(document, key));
        const used = lost.filter((key) => isUsed(document, key));
        if (lost.length === 0) continue;
        const base = basePathOf(document, path);
        report(
          source.link.nameSpan,
          used.length > 0
            ? `The frame has no column ${used.join(' or ')}, which is used below: the path itself gives no columns.`
            : `The frame has no column ${lost.join(' or ')}: the path itself gives no columns.`,
          {
            severity: used.length > 0 ? 'warning' : 'information',
            ...(base === undefined
              ? {}
              : {
                  fixes: [
                    {
                      title: 'Add basePath',
                      edits: [
                        {
                          start: source.link.object.end,
                          end: source.link.object.end,
                          text: `.option("basePath", ${base})`,
                        },
                      ],
                    },
                  ],
                }),
          },
        );
      }
    },
  },
});

function hasBasePath({ call, settings }: Source, { text }: PythonDocument): boolean {
  const start = settings[0]?.call?.start ?? call.start;
  return /basePath/i.test(text.slice(start, call.end)) || settings.some(({ name }) => name === 'options');
}

/** The names of partitions in a path: of `…/year=2026/month=*` they are year and month. */
function keysIn(document: PythonDocument, path: PyExpression): readonly string[] {
  const text = textOf(document, path)?.text ?? '';
  if (!/^s3[an]?:\/\/|^\$\{hole\}/.test(text)) return [];
  return [...text.matchAll(/\/([A-Za-z_]\w*)=/g)].map(([, key = '']) => key);
}

// Whoever adds the column again knows that it is missing.
function isMade({ calls, text }: PythonDocument, key: string): boolean {
  return calls.some(({ callee, arguments: given }) => {
    const name = callee.kind === 'member' ? callee.name : '';
    const makes = name === 'withColumn' || name === 'alias' || name === 'withColumnRenamed';
    return makes && given.some(({ start, end }) => isLiteral(text.slice(start, end), key));
  });
}

function isLiteral(written: string, key: string): boolean {
  return written === `"${key}"` || written === `'${key}'`;
}

function isUsed({ strings, calls, text }: PythonDocument, key: string): boolean {
  const word = new RegExp(`\\b${key}\\b(?!=)`);
  const takesColumns =
    /^(?:groupBy|groupby|partitionBy|select|filter|where|orderBy|sort|col|column|drop|dropDuplicates|agg|repartition|join|selectExpr|expr|sum|max|min|count|pivot)$/;
  const inCall = calls.some(({ callee, brackets }) => {
    const name = callee.kind === 'member' || callee.kind === 'name' ? callee.name : '';
    return (
      takesColumns.test(name) &&
      strings.some(
        (string) =>
          string.start >= brackets.start &&
          string.end <= brackets.end &&
          word.test(string.value) &&
          !string.value.includes('://'),
      )
    );
  });
  return (
    inCall ||
    new RegExp(`\\[["']${key}["']\\]`).test(text.replace(/\b(?:args?|event|options|params)\[[^\]]*\]/g, ''))
  );
}

// The literal as it is written, up to the first folder of a partition.
function basePathOf({ text }: PythonDocument, path: PyExpression): string | undefined {
  if (path.kind !== 'string' || !path.isSingle || path.quote.length !== 1) return undefined;
  const written = text.slice(path.start, path.end);
  const at = written.search(/\/[A-Za-z_]\w*=/);
  const base = written.slice(0, at + 1);
  const hasFields = base.includes('{');
  return at === -1 ? undefined : `${hasFields ? base : base.replace(/^[fF]/, '')}${path.quote}`;
}
