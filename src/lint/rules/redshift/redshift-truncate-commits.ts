import { defineRule } from '../../rule';
import { tableName } from './tableLayout';

/** A TRUNCATE in a transaction, which ends it. */
export const redshiftTruncateCommits = defineRule({
  code: 'RS307',
  id: 'redshift-truncate-commits',
  dialects: ['redshift'],
  severity: 'warning',
  title: 'TRUNCATE commits the transaction it is in',
  why: 'Everything since BEGIN is committed with it and nothing of it can be rolled back: when a later step fails, the table is empty and stays so. DELETE waits for the COMMIT.',
  sources: ['https://docs.aws.amazon.com/redshift/latest/dg/r_TRUNCATE.html'],
  bad: 'BEGIN;\nTRUNCATE shop_totals;\nINSERT INTO shop_totals SELECT shop_id, SUM(amount) FROM shop_orders GROUP BY shop_id;\nCOMMIT',
  good: 'BEGIN;\nDELETE FROM shop_totals;\nINSERT INTO shop_totals SELECT shop_id, SUM(amount) FROM shop_orders GROUP BY shop_id;\nCOMMIT',
  on: {
    UtilityStatement(utility, { file, report, statement: { body } }) {
      const { verb, verbSpan, name } = utility;
      if (body !== utility || !/^TRUNCATE( TABLE)?$/.test(verb) || name === undefined) return;
      if (!file.inTransaction()) return;
      report(
        utility,
        `TRUNCATE commits what was begun above: ${tableName({ name })} stays empty if a later step fails.`,
        {
          fixes: [
            {
              title: 'Use DELETE FROM',
              edits: [{ start: verbSpan.start, end: verbSpan.end, text: 'DELETE FROM' }],
            },
          ],
        },
      );
    },
  },
});
