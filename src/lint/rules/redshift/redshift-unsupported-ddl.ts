import type {
  CreateTable,
  CreateTableAs,
  DeleteStatement,
  InsertStatement,
  UpdateStatement,
} from '../../../sql/ast';
import { defineRule } from '../../rule';
import type { RuleContext } from '../../rule';

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

// Clauses that are no Redshift at all, told where the reading of the statement stopped.
const clauses: readonly {
  readonly behind?: RegExp;
  readonly pattern: RegExp;
  readonly message: string;
}[] = [
  { pattern: /^ON\s+CONFLICT\b/i, message: 'Redshift has no ON CONFLICT: MERGE updates or inserts.' },
  { pattern: /^RETURNING\b/i, message: 'Redshift has no RETURNING: query the rows afterwards.' },
  { pattern: /^INHERITS\b/i, message: 'Redshift tables do not inherit.' },
  { pattern: /^TABLESPACE\b/i, message: 'Redshift has no tablespaces: it places the data itself.' },
  {
    pattern: /^PARTITION\s+OF\b/i,
    message: 'Redshift tables have no partitions: a sort key lets it skip blocks.',
  },
  {
    behind: /\bPARTITION\s+BY\s*$/i,
    pattern: /^(RANGE|LIST|HASH)\b/i,
    message: 'Redshift tables have no partitions: a sort key lets it skip blocks.',
  },
  {
    behind: /\bEXCLUDE\s+USING\s*$/i,
    pattern: /^\w+/,
    message: 'Redshift has no EXCLUDE constraints: the load has to keep such rows out.',
  },
];

/** A statement or clause of PostgreSQL that Redshift does not have. */
export const redshiftUnsupportedDdl = defineRule({
  code: 'RS117',
  id: 'redshift-unsupported-ddl',
  dialects: ['redshift'],
  severity: 'error',
  title: 'A PostgreSQL feature that Redshift does not have',
  why: 'There are no indexes, triggers, sequences, tablespaces, partitions, CHECK or EXCLUDE constraints, ON CONFLICT and RETURNING in Redshift: the statement fails. Sort and distribution keys do what indexes and partitions are for, IDENTITY what sequences are for, MERGE what ON CONFLICT is for, and the load has to check values itself.',
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
    InsertStatement: checkClauses,
    UpdateStatement: checkClauses,
    DeleteStatement: checkClauses,
    CreateTableAs: checkClauses,
    CreateTable(table, context) {
      const { external, columns, constraints } = table;
      const { report } = context;
      if (external) return;
      checkClauses(table, context);
      for (const option of [...columns.flatMap(({ options }) => options), ...constraints]) {
        if (option.key === 'CHECK') {
          report(option, 'Redshift has no CHECK constraints: the load has to check the values.');
        }
      }
    },
  },
});

function checkClauses(
  node: InsertStatement | UpdateStatement | DeleteStatement | CreateTable | CreateTableAs,
  { report, statement: { body, problems, templated, text } }: RuleContext,
): void {
  const start = problems[0]?.start;
  if (body !== node || templated || start === undefined) return;
  for (const { behind, pattern, message } of clauses) {
    if (behind !== undefined && !behind.test(text.slice(0, start))) continue;
    const match = pattern.exec(text.slice(start));
    if (match === null) continue;
    report({ start, end: start + match[0].length }, message);
    return;
  }
}
