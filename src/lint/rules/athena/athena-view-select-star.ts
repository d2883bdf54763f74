import { analyse } from '../../../scan/scansOf';
import type { Query, Select, Star, TableExpression, TableRef } from '../../../sql/ast';
import { defineRule, type RuleContext } from '../../rule';
import { outerSelects } from './outerSelects';
import { expansion } from './starExpansion';

/** A view whose columns are those its tables had one day. */
export const athenaViewSelectStar = defineRule({
  code: 'ATH123',
  id: 'athena-view-select-star',
  dialects: ['athena'],
  severity: 'information',
  title: 'Name the columns of a view',
  why: 'A view keeps the columns that its star stood for when it was made. Once a table gets another column or type, the view lacks it, or fails as stale.',
  sources: ['https://docs.aws.amazon.com/athena/latest/ug/views.html'],
  unconfirmed: 'Which changes of a table make the view fail, and in which words.',
  catalog:
    "CREATE EXTERNAL TABLE shops (shop string, city string, opened date) STORED AS PARQUET LOCATION 's3://lake/shops/'",
  bad: 'CREATE OR REPLACE VIEW shop_directory AS SELECT * FROM shops',
  good: 'CREATE OR REPLACE VIEW shop_directory AS SELECT shop, city, opened FROM shops',
  on: {
    CreateView({ query }, context) {
      if (context.statement.templated) return;
      for (const select of outerSelects(query)) {
        for (const { expression } of select.items) {
          if (expression.kind === 'Star') checkStar(expression, { query, select }, context);
        }
      }
    },
  },
});

function checkStar(
  star: Star,
  { query, select }: { readonly query: Query; readonly select: Select },
  { statement, catalog, report }: RuleContext,
): void {
  const named = new Set(query.ctes.map(({ name }) => name.name));
  const table = select.from
    .flatMap(tablesIn)
    .find(
      (ref) =>
        !(ref.name.parts.length === 1 && named.has(ref.name.parts[0]?.name ?? '')) && isMeant(star, ref),
    );
  if (table === undefined) return;
  const { stars, scans } = analyse(statement, catalog);
  const outputs = stars.get(star) ?? [];
  const whole = outputs.length > 0 && scans.every((scan) => scan.table !== undefined);
  const columns = whole ? expansion(star, { outputs, select, scans }) : undefined;
  report(
    star,
    `The view keeps the columns that ${table.name.parts.at(-1)?.name ?? ''} has today: name them.`,
    {
      fixes:
        columns === undefined
          ? []
          : [
              {
                title: `Write out the ${outputs.length} columns`,
                edits: [{ start: star.start, end: star.end, text: columns }],
              },
            ],
    },
  );
}

function isMeant({ qualifier }: Star, { name, alias }: TableRef): boolean {
  const wanted = qualifier?.parts.at(-1)?.name;
  return wanted === undefined || wanted === (alias ?? name.parts.at(-1))?.name;
}

function tablesIn(table: TableExpression): readonly TableRef[] {
  if (table.kind === 'TableRef') return [table];
  if (table.kind === 'Join') return [...tablesIn(table.left), ...tablesIn(table.right)];
  return table.kind === 'ParenTable' ? tablesIn(table.inner) : [];
}
