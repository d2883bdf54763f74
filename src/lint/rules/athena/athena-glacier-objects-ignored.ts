import { readsKnownTable } from '../../../scan/knownTables';
import { analyse } from '../../../scan/scansOf';
import { defineRule } from '../../rule';

/** Files that Athena passes over without a word. */
export const athenaGlacierObjectsIgnored = defineRule({
  code: 'ATH116',
  id: 'athena-glacier-objects-ignored',
  dialects: ['athena'],
  severity: 'warning',
  title: 'Athena does not read archived objects',
  why: 'Objects in the classes Glacier Flexible Retrieval and Deep Archive are passed over, so that their rows are missing from every result. Glacier Instant Retrieval is read like any other class.',
  sources: ['https://docs.aws.amazon.com/athena/latest/ug/other-notable-limitations.html'],
  catalog:
    "CREATE EXTERNAL TABLE old_payments (payment_id string) STORED AS PARQUET LOCATION 's3://lake/old_payments/'; CREATE EXTERNAL TABLE card_payments (payment_id string) STORED AS PARQUET LOCATION 's3://lake/card_payments/'",
  figures: { old_payments: { archivedIn: 'GLACIER' } },
  bad: 'SELECT payment_id FROM old_payments',
  good: 'SELECT payment_id FROM card_payments',
  on: {
    TableRef(ref, { statement, catalog, report }) {
      if (!readsKnownTable(statement, catalog)) return;
      const scan = analyse(statement, catalog).scans.find(
        (each) => each.ref === ref && each.table?.archivedIn !== undefined,
      );
      const table = scan?.table;
      if (table?.archivedIn === undefined) return;
      report(
        ref.name,
        `Objects of ${table.name} are in ${table.archivedIn}, which Athena does not read: their rows are missing.`,
      );
    },
  },
});
