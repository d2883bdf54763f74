import type { PyExpression, PythonDocument } from '../../../documents/python/model';
import { argumentOf, isTrue, numberOf, textOf, wholeText } from '../../../documents/python/values';
import { defineRule } from '../../rule';
import { formatOf, pathsOf, sourcesOf, type Source } from './sources';

/** A schema that Spark has to read the data for. */
export const glueInferSchema = defineRule({
  code: 'GLU14',
  id: 'glue-infer-schema',
  dialects: ['glue'],
  severity: 'information',
  title: 'Give CSV and JSON a schema instead of having it inferred',
  why: 'To infer the types Spark reads all of the data once before it reads it, and the types change with the data: a column that is empty one day is a string. A schema costs nothing.',
  sources: [
    'https://spark.apache.org/docs/latest/sql-data-sources-csv.html',
    'https://spark.apache.org/docs/latest/sql-data-sources-json.html',
  ],
  bad: `from awsglue.context import GlueContext
from pyspark.context import SparkContext

glue_context = GlueContext(SparkContext.getOrCreate())
spark = glue_context.spark_session

rates = spark.read.csv("s3://bank-lake/raw/rates/", header=True, inferSchema=True)
`,
  good: `from awsglue.context import GlueContext
from pyspark.context import SparkContext

glue_context = GlueContext(SparkContext.getOrCreate())
spark = glue_context.spark_session

rates = spark.read.csv("s3://bank-lake/raw/rates/", header=True, schema="currency string, rate double")
`,
  check: {
    glue(document, { report }) {
      for (const source of sourcesOf(document)) {
        const format = formatOf(document, source);
        if (source.kind !== 'read' || (format !== 'csv' && format !== 'json') || isSmall(document, source))
          continue;
        if (
          source.settings.some(({ name }) => name === 'schema') ||
          argumentOf(source.call, 'schema', 1) !== undefined
        ) {
          if (source.method !== 'load') continue;
        }
        const ratio = optionOf(document, source, 'samplingRatio');
        if (ratio !== undefined) {
          const value = numberOf(document, ratio) ?? Number(wholeText(document, ratio) ?? '0');
          if (value < 1) continue;
        }
        const inferred = optionOf(document, source, 'inferSchema');
        if (
          format === 'csv'
            ? inferred === undefined || !isTrue(document, inferred)
            : !isReadFromPath(document, source)
        )
          continue;
        report(source.link.nameSpan, 'Without a schema all of the data is read once more, to infer it.');
      }
    },
  },
});

/** The value of an option, by `option("x", …)`, `options(x=…)` or an argument of the reader. */
function optionOf(
  document: PythonDocument,
  { call, settings }: Source,
  name: string,
): PyExpression | undefined {
  const own = argumentOf(call, name)?.value;
  if (own !== undefined) return own;
  for (const { name: setter, call: set } of settings.toReversed()) {
    if (set === undefined) continue;
    if (setter === 'option') {
      const key = wholeText(document, argumentOf(set, 'key', 0)?.value);
      if (key?.toLowerCase() === name.toLowerCase()) return argumentOf(set, 'value', 1)?.value;
    }
    const given =
      setter === 'options'
        ? set.arguments.find((one) => one.name?.toLowerCase() === name.toLowerCase())
        : undefined;
    if (given !== undefined) return given.value;
  }
  return undefined;
}

// Reading JSON from an RDD is for what is in memory already.
function isReadFromPath(document: PythonDocument, source: Source): boolean {
  if (
    source.call.arguments.some(({ name }) => name === '**') ||
    source.settings.some(
      ({ name, call }) => name === 'options' && call?.arguments.some((one) => one.name === '**') === true,
    )
  )
    return false;
  return pathsOf(document, source).some((path) => textOf(document, path) !== undefined);
}

function isSmall(document: PythonDocument, source: Source): boolean {
  return pathsOf(document, source).some((path) =>
    /(?:^|[/_.-])(?:configs?|lookups?|mappings?|settings|reference|metadata|schemas?)(?:[/_.-]|$)/i.test(
      textOf(document, path)?.text ?? '',
    ),
  );
}
