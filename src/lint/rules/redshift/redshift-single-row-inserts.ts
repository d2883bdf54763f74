import { rowInsertHead } from '../../fileFacts';
import { defineRule } from '../../rule';
import { tableName } from './tableLayout';

const series = 3;
/** In a transaction, fewer rows than this are a correction rather than a load. */
const many = 20;

/** One-row INSERTs, one after the other. */
export const redshiftSingleRowInserts = defineRule({
  code: 'RS207',
  id: 'redshift-single-row-inserts',
  dialects: ['redshift'],
  severity: 'warning',
  title: 'Insert many rows by one statement',
  why: 'Each INSERT is planned, run and committed by itself, and one row compresses badly: a thousand take minutes where one INSERT with a thousand rows of VALUES takes about a second, and a COPY less. Reported at the third in a row; in a transaction it is a hint there and a warning at the twentieth.',
  sources: ['https://docs.aws.amazon.com/redshift/latest/dg/c_best-practices-multi-row-inserts.html'],
  bad: "INSERT INTO shop_types (type_id, label) VALUES (1, 'kiosk');\nINSERT INTO shop_types (type_id, label) VALUES (2, 'market');\nINSERT INTO shop_types (type_id, label) VALUES (3, 'online')",
  good: "INSERT INTO shop_types (type_id, label) VALUES (1, 'kiosk'), (2, 'market'), (3, 'online')",
  on: {
    InsertStatement(insert, { file, report, statement: { body } }) {
      const head = body === insert ? rowInsertHead(insert) : undefined;
      if (head === undefined) return;
      const count = file.rowInsertsBefore(head) + 1;
      if (count !== series && count !== many) return;
      const inTransaction = file.inTransaction();
      if (count === many && !inTransaction) return;
      report(
        insert,
        `This is the ${count === series ? 'third' : 'twentieth'} INSERT of one row into ${tableName({ name: insert.target })} in a row: one with all rows of VALUES, or a COPY, is far faster.`,
        { severity: inTransaction && count === series ? 'hint' : 'warning' },
      );
    },
  },
});
