import type { Expression, MergeStatement } from '../../../sql/ast';
import { walk } from '../../../sql/walk';
import { defineRule } from '../../rule';
import type { RuleContext } from '../../rule';
import { insertion, nameParts, tableName } from './tableLayout';

/** A MERGE in a form that Redshift's documentation excludes. */
export const redshiftMergeRestriction = defineRule({
  code: 'RS309',
  id: 'redshift-merge-restriction',
  dialects: ['redshift'],
  severity: 'warning',
  title: 'What MERGE does not take',
  why: 'Redshift merges from a table: a subquery or a view as the source, the target itself as the source, and an external table as the target are documented as not supported, and the condition has to compare for equality. Put the rows into a temporary table first.',
  sources: [
    'https://docs.aws.amazon.com/redshift/latest/dg/r_MERGE.html',
    'https://repost.aws/questions/QU2GIjoCpwSYyVe8-7Bz4yKA/merge-statement-with-filter',
  ],
  unconfirmed: 'Which of these forms the newest releases still refuse.',
  bad: 'MERGE INTO cards\nUSING (SELECT card_id, holder FROM stg_cards WHERE holder IS NOT NULL) AS fresh\nON cards.card_id = fresh.card_id\nWHEN MATCHED THEN UPDATE SET holder = fresh.holder\nWHEN NOT MATCHED THEN INSERT VALUES (fresh.card_id, fresh.holder)',
  good: 'CREATE TEMP TABLE fresh AS\nSELECT card_id, holder FROM stg_cards WHERE holder IS NOT NULL;\n\nMERGE INTO cards\nUSING fresh\nON cards.card_id = fresh.card_id\nWHEN MATCHED THEN UPDATE SET holder = fresh.holder\nWHEN NOT MATCHED THEN INSERT VALUES (fresh.card_id, fresh.holder)',
  on: {
    MergeStatement(merge, context) {
      checkSource(merge, context);
      checkTarget(merge, context);
      const { on } = merge;
      if (!comparesEqual(on)) {
        context.report(on, 'MERGE needs a condition that compares source and target for equality.');
      }
    },
  },
});

function checkSource(merge: MergeStatement, { catalog, report, statement: { text } }: RuleContext): void {
  const { source, target } = merge;
  if (source.kind === 'Derived') {
    const alias = source.alias?.name;
    report(source, 'MERGE takes no subquery as its source: put its rows into a temporary table.', {
      fixes:
        alias === undefined || source.columnAliases.length > 0
          ? []
          : [
              {
                title: `Put the rows into the temporary table ${alias}`,
                edits: [
                  insertion(
                    merge.start,
                    `CREATE TEMP TABLE ${alias} AS\n${text.slice(source.query.start, source.query.end)};\n\n`,
                  ),
                  { start: source.start, end: source.end, text: alias },
                ],
              },
            ],
    });
  }
  if (source.kind !== 'TableRef') return;
  if (tableName(source) === tableName(target)) {
    report(source.name, `MERGE cannot take ${tableName(target)} as its own source.`);
  } else if (catalog.table(nameParts(source.name))?.kind === 'view') {
    report(source.name, `${tableName(source)} is a view, and MERGE takes a table as its source.`);
  }
}

function checkTarget({ target }: MergeStatement, { catalog, report }: RuleContext): void {
  const kind = catalog.table(nameParts(target.name))?.kind;
  if (kind === undefined || kind === 'native' || kind === 'view') return;
  report(target.name, `${tableName(target)} is an external table, and MERGE cannot write to it.`);
}

// Unknown parts may hold the comparison.
function comparesEqual(on: Expression): boolean {
  let found = false;
  walk(on, (node) => {
    found ||=
      (node.kind === 'Binary' && node.operator === '=') || node.kind === 'Template' || node.kind === 'Error';
  });
  return found;
}
