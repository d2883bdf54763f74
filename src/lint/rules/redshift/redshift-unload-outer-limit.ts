import { defineRule } from '../../rule';
import { insertion } from './tableLayout';

/** LIMIT or TOP in the outermost SELECT of an UNLOAD. */
export const redshiftUnloadOuterLimit = defineRule({
  code: 'RS209',
  id: 'redshift-unload-outer-limit',
  dialects: ['redshift'],
  severity: 'error',
  title: 'UNLOAD takes no LIMIT in its outer SELECT',
  why: 'The slices write their rows independently of each other, and the statement fails. In a subquery LIMIT is fine. TOP is another way to write it; AWS documents only LIMIT, so TOP is a warning.',
  sources: ['https://docs.aws.amazon.com/redshift/latest/dg/r_UNLOAD.html'],
  bad: "UNLOAD ('SELECT branch_id, city FROM branches LIMIT 100')\nTO 's3://bank-lake/exports/branches/'\nIAM_ROLE default\nFORMAT AS PARQUET\nCLEANPATH",
  good: "UNLOAD ('SELECT branch_id, city FROM (SELECT branch_id, city FROM branches LIMIT 100)')\nTO 's3://bank-lake/exports/branches/'\nIAM_ROLE default\nFORMAT AS PARQUET\nCLEANPATH",
  on: {
    UnloadStatement({ query }, { report }) {
      if (query === undefined) return;
      const top = query.body.kind === 'Select' ? query.body.top : undefined;
      const limit = query.limit ?? top;
      if (limit === undefined) return;
      report(
        limit,
        `UNLOAD fails with ${limit === top ? 'TOP' : 'LIMIT'} in its outermost SELECT: put it into a subquery.`,
        {
          severity: limit === top ? 'warning' : 'error',
          fixes: [
            {
              title: 'Wrap the query',
              edits: [insertion(query.start, 'SELECT * FROM ('), insertion(query.end, ')')],
            },
          ],
        },
      );
    },
  },
});
