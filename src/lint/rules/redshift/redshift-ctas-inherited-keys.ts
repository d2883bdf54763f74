import type { Query } from '../../../sql/ast';
import { defineRule } from '../../rule';
import { isTemporaryTable } from '../../fileFacts';
import { insertion, isPassing, mostUsed, tableName } from './tableLayout';

/** A CREATE TABLE AS whose layout is left to the plan of its query. */
export const redshiftCtasInheritedKeys = defineRule({
  code: 'RS120',
  id: 'redshift-ctas-inherited-keys',
  dialects: ['redshift'],
  severity: 'information',
  title: 'Say how a CREATE TABLE AS is laid out',
  why: 'Without DISTKEY and SORTKEY the new table takes whatever the plan of its query ends with: after a join or GROUP BY seldom what the next statement joins on. Constraints, identities, defaults and encodings are lost as well. Reported when a statement in sight joins the new table.',
  sources: ['https://docs.aws.amazon.com/redshift/latest/dg/r_CTAS_usage_notes.html'],
  bad: 'CREATE TABLE shop_totals AS\nSELECT o.shop_id, SUM(o.amount) AS total\nFROM shop_orders o\nGROUP BY o.shop_id;\n\nSELECT s.city, t.total\nFROM shop_totals t\nJOIN shops s ON s.shop_id = t.shop_id',
  good: 'CREATE TABLE shop_totals DISTKEY(shop_id) SORTKEY(shop_id) AS\nSELECT o.shop_id, SUM(o.amount) AS total\nFROM shop_orders o\nGROUP BY o.shop_id;\n\nSELECT s.city, t.total\nFROM shop_totals t\nJOIN shops s ON s.shop_id = t.shop_id',
  on: {
    CreateTableAs(table, { file, report }) {
      const { name, options, columns, query } = table;
      if (table.external || isTemporaryTable(table) || isPassing(name)) return;
      if (options.some(({ key }) => /^(DISTSTYLE|DISTKEY|SORTKEY)/.test(key)) || !isReshaping(query)) return;
      const joined = mostUsed(file.use(name.parts.at(-1)?.name ?? '').joined, 1)?.name;
      if (joined === undefined) return;
      const isOutput = query.body.kind === 'Select' && query.body.items.some(isNamed(joined));
      report(
        name,
        `${tableName(table)} is joined on ${joined} later, but its distribution and sort key are left to the plan of this query.`,
        {
          fixes:
            isOutput && columns.length === 0
              ? [
                  {
                    title: `Add DISTKEY(${joined}) SORTKEY(${joined})`,
                    edits: [insertion(name.end, ` DISTKEY(${joined}) SORTKEY(${joined})`)],
                    scaffold: true,
                  },
                ]
              : [],
        },
      );
    },
  },
});

// Of a query over one table the new one takes over the keys.
function isReshaping({ body, orderBy, limit }: Query): boolean {
  if (orderBy.length > 0 || limit !== undefined) return true;
  if (body.kind !== 'Select') return false;
  return body.groupBy !== undefined || body.from.length > 1 || body.from[0]?.kind === 'Join';
}

function isNamed(wanted: string) {
  return ({ alias, expression }: Extract<Query['body'], { kind: 'Select' }>['items'][number]): boolean => {
    const own = expression.kind === 'ColumnRef' ? expression.name.parts.at(-1)?.name : undefined;
    return (alias?.name ?? own) === wanted;
  };
}
