import { defineRule } from '../../rule';

/** A DROP TABLE that deletes the files. */
export const athenaDropIcebergDeletesData = defineRule({
  code: 'ATH319',
  id: 'athena-drop-iceberg-deletes-data',
  dialects: ['athena'],
  severity: 'warning',
  title: 'Dropping an Iceberg table deletes its data',
  why: 'Athena owns the files of Iceberg tables: DROP TABLE removes them with the table, while those of an external table stay.',
  sources: ['https://docs.aws.amazon.com/athena/latest/ug/querying-iceberg-drop-table.html'],
  catalog:
    "CREATE TABLE orders (order_id bigint) LOCATION 's3://lake/orders/' TBLPROPERTIES ('table_type' = 'ICEBERG')",
  bad: 'DROP TABLE orders',
  good: 'ALTER TABLE orders RENAME TO orders_retired',
  on: {
    UtilityStatement({ verb, verbSpan, name }, { catalog, report, statement }) {
      if (verb !== 'DROP TABLE' || name === undefined) return;
      const table = catalog.table(name.parts.map((part) => part.name));
      const iceberg =
        table?.kind === 'iceberg' || table?.parameters?.['table_type']?.toLowerCase() === 'iceberg';
      if (table === undefined || !iceberg) return;
      // A script that drops what may not be there means to start afresh.
      const guarded = /\bif\s+exists\b/i.test(statement.text.slice(verbSpan.end, name.start));
      report(
        { start: verbSpan.start, end: name.end },
        `${table.name} is an Iceberg table: its data is deleted with it.`,
        {
          severity: guarded ? 'information' : 'warning',
        },
      );
    },
  },
});
