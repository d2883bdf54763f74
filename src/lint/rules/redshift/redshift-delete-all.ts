import { defineRule } from '../../rule';
import { tableName } from './tableLayout';

/** A DELETE of every row. */
export const redshiftDeleteAll = defineRule({
  code: 'RS306',
  id: 'redshift-delete-all',
  dialects: ['redshift'],
  severity: 'warning',
  title: 'Empty a table with TRUNCATE',
  why: 'DELETE marks each row and leaves the space to a VACUUM; TRUNCATE gives it back at once and needs no VACUUM or ANALYZE. But TRUNCATE ends the transaction and cannot be rolled back, and only the owner may do it. Where a condition was forgotten, this is the place to notice it.',
  sources: [
    'https://docs.aws.amazon.com/redshift/latest/dg/r_DELETE.html',
    'https://docs.aws.amazon.com/redshift/latest/dg/r_TRUNCATE.html',
  ],
  bad: 'DELETE FROM staged_cards',
  good: 'TRUNCATE staged_cards',
  on: {
    DeleteStatement(statement, { file, report, statement: { body } }) {
      const { target, using, where } = statement;
      if (where !== undefined || using.length > 0) return;
      const name = tableName(target);
      const last = target.name.parts.at(-1)?.name ?? '';
      const temporary = last.startsWith('#') || file.isTemporary(last);
      const inTransaction = file.inTransaction();
      report(
        statement,
        inTransaction
          ? `This deletes every row of ${name}; TRUNCATE would be faster, but it would end the open transaction.`
          : `This deletes every row of ${name}; TRUNCATE does that faster and needs no VACUUM.`,
        {
          severity: temporary || inTransaction ? 'information' : 'warning',
          fixes:
            inTransaction || body !== statement
              ? []
              : [
                  {
                    // It cannot be rolled back, and the statement may run inside a transaction that starts elsewhere.
                    title: 'Use TRUNCATE, which cannot be rolled back',
                    edits: [{ start: statement.start, end: target.name.start, text: 'TRUNCATE ' }],
                    scaffold: true,
                  },
                ],
        },
      );
    },
  },
});
