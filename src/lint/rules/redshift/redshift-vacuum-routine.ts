import { defineRule } from '../../rule';
import { nameParts } from './tableLayout';
import { readVacuum } from './vacuum';

/** VACUUM leaves a table alone that is sorted better than this by default. */
const sortedEnough = 5;

/** A VACUUM of a table that Redshift keeps in order by itself. */
export const redshiftVacuumRoutine = defineRule({
  code: 'RS301',
  id: 'redshift-vacuum-routine',
  dialects: ['redshift'],
  severity: 'information',
  title: 'A routine VACUUM is seldom needed',
  why: 'Redshift reclaims deleted rows and sorts tables in the background, a full VACUUM passes over the sorting of a table that is 95 % sorted, and only one VACUUM of a cluster runs at a time. It is useful after large deletes and loads out of order. A hint where the state of the table is not known.',
  sources: ['https://docs.aws.amazon.com/redshift/latest/dg/r_VACUUM_command.html'],
  catalog: 'CREATE TABLE card_payments (payment_id BIGINT, card_id BIGINT DISTKEY, paid_on DATE SORTKEY)',
  figures: { card_payments: { rows: 80_000_000, unsortedPercent: 1 } },
  bad: 'VACUUM card_payments',
  good: 'VACUUM SORT ONLY card_payments TO 99 PERCENT',
  on: {
    UtilityStatement(utility, { catalog, file, report, statement: { text } }) {
      const vacuum = readVacuum(utility, text);
      if (vacuum?.form !== 'FULL' || vacuum.tableName === undefined) return;
      // Whatever else changes the table here may be what it is for.
      if (file.use(vacuum.tableName.parts.at(-1)?.name ?? '').changed > 0) return;
      const unsorted = catalog.table(nameParts(vacuum.tableName))?.unsortedPercent;
      if (unsorted !== undefined && unsorted >= sortedEnough) return;
      const table = vacuum.table ?? '';
      report(
        vacuum.head,
        unsorted === undefined
          ? `Redshift sorts ${table} and reclaims its deleted rows in the background; run this after large deletes or loads out of order.`
          : `Only ${unsorted} % of ${table} is unsorted: this VACUUM has nothing to sort.`,
        { severity: unsorted === undefined ? 'hint' : 'information' },
      );
    },
  },
});
