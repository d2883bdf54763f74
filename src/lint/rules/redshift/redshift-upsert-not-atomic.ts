import { walk } from '../../../sql/walk';
import { isTemporaryTable } from '../../fileFacts';
import { defineRule } from '../../rule';
import { tableName } from './tableLayout';

/** Rows deleted and inserted anew in two transactions. */
export const redshiftUpsertNotAtomic = defineRule({
  code: 'RS308',
  id: 'redshift-upsert-not-atomic',
  dialects: ['redshift'],
  severity: 'warning',
  title: 'Replace rows in one transaction',
  why: 'Each of the two statements commits by itself: between them, readers miss the rows, and when the INSERT fails they are gone. Put BEGIN before the DELETE and COMMIT behind the INSERT, or use MERGE.',
  sources: [
    'https://docs.aws.amazon.com/redshift/latest/dg/r_MERGE.html',
    'https://docs.aws.amazon.com/redshift/latest/dg/r_DELETE.html',
  ],
  bad: 'DELETE FROM cards USING stg_cards WHERE cards.card_id = stg_cards.card_id;\nINSERT INTO cards SELECT card_id, holder FROM stg_cards',
  good: 'BEGIN;\nDELETE FROM cards USING stg_cards WHERE cards.card_id = stg_cards.card_id;\nINSERT INTO cards SELECT card_id, holder FROM stg_cards;\nCOMMIT',
  on: {
    InsertStatement(insert, { file, report, statement: { body, templated } }) {
      // What a template writes around them may open a transaction.
      if (body !== insert || templated || insert.query === undefined) return;
      const last = insert.target.parts.at(-1)?.name ?? '';
      const by = file.deletedBefore(last);
      if (by === undefined || file.inTransaction()) return;
      // Nobody else sees a temporary table.
      if (file.isTemporary(last) || isTemporaryTable({ name: insert.target, temporary: false })) return;
      let source: string | undefined;
      walk(insert.query, (node) => {
        const name = node.kind === 'TableRef' ? node.name.parts.at(-1)?.name : undefined;
        if (name !== undefined && by.includes(name)) source ??= name;
      });
      if (source === undefined) return;
      report(
        insert.target,
        `The rows of ${tableName({ name: insert.target })} that ${source} replaces are deleted and inserted in two transactions: between them they are missing.`,
      );
    },
  },
});
