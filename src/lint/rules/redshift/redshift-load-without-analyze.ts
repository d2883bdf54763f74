import { defineRule } from '../../rule';
import { optionWord } from './optionEdits';
import { insertion, isPassing, tableName } from './tableLayout';

/** A load that leaves the statistics as they were. */
export const redshiftLoadWithoutAnalyze = defineRule({
  code: 'RS208',
  id: 'redshift-load-without-analyze',
  dialects: ['redshift'],
  severity: 'information',
  title: 'Analyze a table that is loaded with STATUPDATE OFF',
  why: 'The planner then still counts on the rows from before the load, and picks join orders and broadcasts by them. Redshift analyzes in the background some time later; the steps that follow in the same run do not wait for it.',
  sources: [
    'https://docs.aws.amazon.com/redshift/latest/dg/copy-parameters-data-load.html',
    'https://docs.aws.amazon.com/redshift/latest/dg/r_ANALYZE.html',
  ],
  bad: "COPY card_payments\nFROM 's3://bank-lake/curated/card_payments/'\nIAM_ROLE default\nFORMAT AS PARQUET\nSTATUPDATE OFF",
  good: "COPY card_payments\nFROM 's3://bank-lake/curated/card_payments/'\nIAM_ROLE default\nFORMAT AS PARQUET\nSTATUPDATE OFF;\n\nANALYZE card_payments PREDICATE COLUMNS",
  on: {
    CopyStatement(copy, { file, report, statement: { text } }) {
      const option = copy.options.find((one) => optionWord(one) === 'STATUPDATE');
      if (option === undefined || !/^(OFF|FALSE)$/i.test(option.value ?? '')) return;
      const last = copy.target.parts.at(-1)?.name ?? '';
      if (isPassing(copy.target) || last.startsWith('#') || file.isTemporary(last)) return;
      if (file.use(last).analyzed > 0) return;
      const written = text.slice(copy.target.start, copy.target.end);
      report(
        option,
        `The statistics of ${tableName({ name: copy.target })} stay as they were before this load, and no ANALYZE of it is in sight.`,
        {
          fixes: [
            {
              title: `Add ANALYZE ${written} PREDICATE COLUMNS`,
              edits: [insertion(copy.end, `;\n\nANALYZE ${written} PREDICATE COLUMNS`)],
            },
          ],
        },
      );
    },
  },
});
