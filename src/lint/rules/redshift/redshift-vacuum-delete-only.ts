import { defineRule } from '../../rule';

/** A VACUUM that only does what the background does anyway. */
export const redshiftVacuumDeleteOnly = defineRule({
  code: 'RS302',
  id: 'redshift-vacuum-delete-only',
  dialects: ['redshift'],
  severity: 'information',
  title: 'VACUUM DELETE ONLY is seldom needed',
  why: 'Redshift gives the space of deleted rows back in the background while the cluster has little to do; AWS writes that this form is hardly ever needed. It is useful where many rows have just been moved by ALTER TABLE APPEND.',
  sources: ['https://docs.aws.amazon.com/redshift/latest/dg/r_VACUUM_command.html'],
  bad: 'VACUUM DELETE ONLY card_payments',
  good: 'ANALYZE card_payments PREDICATE COLUMNS',
  on: {
    UtilityStatement(utility, { file, report, statement: { text } }) {
      const match = /^VACUUM\s+DELETE\s+ONLY\b/i.exec(text.slice(utility.start));
      if (match === null) return;
      const table = utility.name?.parts.at(-1)?.name;
      if (table !== undefined && file.isAppendedTo(table)) return;
      report(
        { start: utility.start, end: utility.start + match[0].length },
        `Redshift reclaims the deleted rows${table === undefined ? '' : ` of ${table}`} in the background; this VACUUM is hardly ever needed.`,
      );
    },
  },
});
