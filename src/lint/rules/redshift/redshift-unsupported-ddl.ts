import { defineRule } from '../../rule';

const unsupported: readonly { readonly pattern: RegExp; readonly what: string; readonly instead: string }[] =
  [
    {
      pattern: /^CREATE\s+(?:UNIQUE\s+)?INDEX\b/i,
      what: 'indexes',
      instead: 'a sort key lets it skip blocks',
    },
    {
      pattern: /^CREATE\s+(?:CONSTRAINT\s+)?TRIGGER\b/i,
      what: 'triggers',
      instead: 'the load has to do that work',
    },
    {
      pattern: /^CREATE\s+(?:(?:TEMP|TEMPORARY)\s+)?SEQUENCE\b/i,
      what: 'sequences',
      instead: 'IDENTITY numbers rows',
    },
    { pattern: /^CREATE\s+TABLESPACE\b/i, what: 'tablespaces', instead: 'it places the data itself' },
  ];

/** A statement or clause of PostgreSQL that Redshift does not have. */
export const redshiftUnsupportedDdl = defineRule({
  code: 'RS117',
  id: 'redshift-unsupported-ddl',
  dialects: ['redshift'],
  severity: 'error',
  title: 'A PostgreSQL feature that Redshift does not have',
  why: 'There are no indexes, triggers, sequences, tablespaces and CHECK constraints in Redshift: the statement fails. Sort and distribution keys do what indexes are for, IDENTITY what sequences are for, and the load has to check values itself.',
  sources: ['https://docs.aws.amazon.com/redshift/latest/dg/c_unsupported-postgresql-features.html'],
  catalog:
    'CREATE TABLE shop_orders (order_id BIGINT DISTKEY, shop_id INT, ordered_on DATE) SORTKEY(ordered_on)',
  bad: 'CREATE INDEX shop_orders_by_shop ON shop_orders (shop_id)',
  good: 'ALTER TABLE shop_orders ALTER SORTKEY (shop_id, ordered_on)',
  on: {
    UtilityStatement(utility, { report, statement: { text } }) {
      if (!utility.verb.startsWith('CREATE')) return;
      const own = text.slice(utility.start, utility.end);
      for (const { pattern, what, instead } of unsupported) {
        const match = pattern.exec(own);
        if (match === null) continue;
        report(
          { start: utility.start, end: utility.start + match[0].length },
          `Redshift has no ${what}: ${instead}.`,
        );
      }
    },
    CreateTable({ external, columns, constraints }, { report }) {
      if (external) return;
      for (const option of [...columns.flatMap(({ options }) => options), ...constraints]) {
        if (option.key === 'CHECK') {
          report(option, 'Redshift has no CHECK constraints: the load has to check the values.');
        }
      }
    },
  },
});
