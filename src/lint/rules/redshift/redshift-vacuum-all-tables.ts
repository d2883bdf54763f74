import { defineRule } from '../../rule';
import { readVacuum } from './vacuum';

/** A VACUUM that names no table. */
export const redshiftVacuumAllTables = defineRule({
  code: 'RS305',
  id: 'redshift-vacuum-all-tables',
  dialects: ['redshift'],
  severity: 'warning',
  title: 'Name the table to VACUUM',
  why: 'Without one, every table of the database is gone through, one after the other, for hours and with the disk at work all the time; no other VACUUM can run meanwhile.',
  sources: ['https://docs.aws.amazon.com/redshift/latest/dg/r_VACUUM_command.html'],
  bad: 'VACUUM SORT ONLY',
  good: 'VACUUM SORT ONLY card_payments',
  on: {
    UtilityStatement(utility, { report, statement: { text, templated } }) {
      const vacuum = templated ? undefined : readVacuum(utility, text);
      if (vacuum === undefined || vacuum.table !== undefined) return;
      // Those need a table, or what they say does: an error of its own.
      if (vacuum.form === 'REINDEX' || vacuum.form === 'RECLUSTER') return;
      if (vacuum.threshold !== undefined || vacuum.boost !== undefined) return;
      report(vacuum.head, 'This VACUUM names no table and goes through all of them, one after the other.');
    },
  },
});
