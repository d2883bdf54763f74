import { addLineAtEnd, addLineBefore } from '../../../documents/python/edits';
import type { PyCall, PyStatement, PythonDocument } from '../../../documents/python/model';
import { pathOf } from '../../../documents/python/names';
import { argumentOf, blocksOf, functionAt, numberOf, statementsAt } from '../../../documents/python/values';
import { defineRule } from '../../rule';
import { isNotebook, isStreaming, jobCallsOf } from './jobScript';
import { sourcesOf } from './sources';

/** A job that never says that it is done, so that its bookmarks stay where they were. */
export const glueMissingJobCommit = defineRule({
  code: 'GLU04',
  id: 'glue-missing-job-commit',
  dialects: ['glue'],
  severity: 'error',
  title: 'End a job that is begun by job.init with job.commit',
  why: 'Only commit saves how far the bookmarks came. A run that ends without it, at its end or by an early return, is repeated by the next one: the same data is processed and appended again. Where no source of the script keeps a bookmark it is information.',
  sources: [
    'https://docs.aws.amazon.com/glue/latest/dg/monitor-continuations.html',
    'https://docs.aws.amazon.com/glue/latest/dg/glue-troubleshooting-errors.html',
  ],
  bad: `import sys

from awsglue.context import GlueContext
from awsglue.job import Job
from awsglue.utils import getResolvedOptions
from pyspark.context import SparkContext

args = getResolvedOptions(sys.argv, ["JOB_NAME"])
glue_context = GlueContext(SparkContext.getOrCreate())
job = Job(glue_context)
job.init(args["JOB_NAME"], args)

cards = glue_context.create_dynamic_frame.from_catalog(
    database="bank_lake", table_name="cards", transformation_ctx="src_cards"
)
cards.toDF().write.mode("append").parquet("s3://bank-lake/curated/cards/")
`,
  good: `import sys

from awsglue.context import GlueContext
from awsglue.job import Job
from awsglue.utils import getResolvedOptions
from pyspark.context import SparkContext

args = getResolvedOptions(sys.argv, ["JOB_NAME"])
glue_context = GlueContext(SparkContext.getOrCreate())
job = Job(glue_context)
job.init(args["JOB_NAME"], args)

cards = glue_context.create_dynamic_frame.from_catalog(
    database="bank_lake", table_name="cards", transformation_ctx="src_cards"
)
cards.toDF().write.mode("append").parquet("s3://bank-lake/curated/cards/")

job.commit()
`,
  check: {
    glue(document, { report }) {
      const { inits, commits, isHandedOn } = jobCallsOf(document);
      const [init] = inits;
      if (init === undefined || isStreaming(document) || isNotebook(document)) return;
      const job = nameOf(document, init);
      if (commits.length === 0) {
        if (isHandedOn) return;
        // Where no source that is read here has a transformation_ctx, none keeps a bookmark that could be lost.
        const sources = sourcesOf(document);
        const keepsNone =
          sources.length > 0 &&
          !document.calls.some((call) => argumentOf(call, 'transformation_ctx') !== undefined);
        report(
          init,
          `${job} is begun and never committed: its bookmarks stay where they were, and the next run repeats this one.`,
          {
            ...(keepsNone ? { severity: 'information' } : {}),
            fixes: [
              {
                title: `Add ${job}.commit()`,
                edits: addLineAtEnd(document, bodyAround(document, init), `${job}.commit()`),
              },
            ],
          },
        );
        return;
      }
      if (commits.some((commit) => isInFinally(document, commit))) return;
      const around = functionAt(document, init.start);
      for (const exit of exitsOf(document, around?.block.statements ?? document.body)) {
        const isBetween = exit.start > init.end && commits.every((commit) => commit.start > exit.end);
        const commit = commits.find((one) => functionAt(document, one.start) === around);
        if (!isBetween || commit === undefined) continue;
        report(exit, `The run ends here without ${job}.commit(): its bookmarks stay where they were.`, {
          severity: 'warning',
          fixes: [
            {
              title: `Add ${job}.commit()`,
              edits: addLineBefore(document, exit, `${job}.commit()`),
              scaffold: true,
            },
          ],
        });
      }
    },
  },
});

function nameOf({ text }: PythonDocument, { callee }: PyCall): string {
  return callee.kind === 'member' ? text.slice(callee.object.start, callee.object.end) : 'job';
}

// The block that init stands in: the module, a function, or that of `if __name__ == "__main__"`.
function bodyAround(document: PythonDocument, init: PyCall): { readonly statements: readonly PyStatement[] } {
  const around = statementsAt(document, init.start).toReversed();
  for (const statement of around) {
    const block = blocksOf(statement).find(({ start, end }) => start <= init.start && init.end <= end);
    if (block !== undefined) return block;
  }
  return { statements: document.body };
}

function isInFinally(document: PythonDocument, commit: PyCall): boolean {
  return statementsAt(document, commit.start).some(
    (statement) =>
      statement.kind === 'try' &&
      statement.clauses.some(
        ({ keyword, block }) =>
          keyword === 'finally' && block.start <= commit.start && commit.end <= block.end,
      ),
  );
}

/** Statements that end the run without a failure: `return`, `sys.exit()`, `sys.exit(0)`. */
function exitsOf(document: PythonDocument, statements: readonly PyStatement[]): readonly PyStatement[] {
  return statements.flatMap((statement) => {
    if (statement.kind === 'return') return [statement];
    if (statement.kind === 'expression') {
      const [call] = statement.expressions;
      const isExit =
        call?.kind === 'call' &&
        /^(?:sys\.exit|exit|quit|os\._exit)$/.test(pathOf(document, call.callee) ?? '') &&
        (call.arguments.length === 0 || numberOf(document, call.arguments[0]?.value) === 0);
      return isExit ? [statement] : [];
    }
    if (statement.kind === 'function' || statement.kind === 'class') return [];
    return blocksOf(statement).flatMap((block) => exitsOf(document, block.statements));
  });
}
