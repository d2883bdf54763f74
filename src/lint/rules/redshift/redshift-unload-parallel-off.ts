import { defineRule } from '../../rule';
import { isSorted } from './unloadQuery';

/** An UNLOAD that one writer does alone although nothing asks for an order. */
export const redshiftUnloadParallelOff = defineRule({
  code: 'RS211',
  id: 'redshift-unload-parallel-off',
  dialects: ['redshift'],
  severity: 'information',
  title: 'PARALLEL OFF writes with one slice only',
  why: 'With PARALLEL OFF the slices take turns, so an UNLOAD takes as many times longer as there are slices, and it still starts a new file every 6.2 GB. It is worth that for a file whose rows have to be in order.',
  sources: ['https://docs.aws.amazon.com/redshift/latest/dg/r_UNLOAD.html'],
  bad: "UNLOAD ('SELECT branch_id, city FROM branches')\nTO 's3://bank-lake/exports/branches/'\nIAM_ROLE default\nFORMAT AS PARQUET\nPARALLEL OFF\nCLEANPATH",
  good: "UNLOAD ('SELECT branch_id, city FROM branches')\nTO 's3://bank-lake/exports/branches/'\nIAM_ROLE default\nFORMAT AS PARQUET\nCLEANPATH",
  on: {
    UnloadStatement(unload, { report, statement: { text } }) {
      const parallel = unload.options.find(({ key }) => key === 'PARALLEL');
      if (parallel === undefined || !/^(OFF|FALSE)$/i.test(parallel.value ?? '')) return;
      if (isSorted(unload, text)) return;
      const at = parallel.valueSpan;
      report(
        parallel,
        'PARALLEL OFF lets one slice write at a time, and this query has no ORDER BY that would need it.',
        {
          fixes:
            at === undefined
              ? []
              : [{ title: 'Change to PARALLEL ON', edits: [{ start: at.start, end: at.end, text: 'ON' }] }],
        },
      );
    },
  },
});
