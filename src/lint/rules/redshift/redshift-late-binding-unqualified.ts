import type { TableRef } from '../../../sql/ast';
import { scopesOf } from '../../../sql/scopes';
import { defineRule } from '../../rule';
import { insertion, nameParts, tableName } from './tableLayout';

/** A late binding view over names without a schema, and a bound one over external tables. */
export const redshiftLateBindingUnqualified = defineRule({
  code: 'RS411',
  id: 'redshift-late-binding-unqualified',
  dialects: ['redshift'],
  severity: 'error',
  title: 'WITH NO SCHEMA BINDING needs names with a schema',
  why: 'Such a view looks its tables up each time it is read, so CREATE VIEW refuses names without a schema. The other way round, a view over an external table has to be made WITH NO SCHEMA BINDING.',
  sources: ['https://docs.aws.amazon.com/redshift/latest/dg/r_CREATE_VIEW.html'],
  bad: 'CREATE VIEW shop_cities AS\nSELECT shop_id, city FROM shops\nWITH NO SCHEMA BINDING',
  good: 'CREATE VIEW shop_cities AS\nSELECT shop_id, city FROM mart.shops\nWITH NO SCHEMA BINDING',
  on: {
    CreateView(view, { catalog, report, statement }) {
      if (view.materialized) return;
      const tables = scopesOf(statement).tables.flatMap(({ ref }) => (ref === undefined ? [] : [ref]));
      if (view.options.some(({ key }) => key === 'WITH NO SCHEMA BINDING')) {
        for (const ref of tables.filter(isBare)) {
          report(ref.name, `${tableName(ref)} needs its schema here: the view is WITH NO SCHEMA BINDING.`, {
            fixes: [
              {
                title: `Write public.${tableName(ref)}`,
                edits: [insertion(ref.name.start, 'public.')],
                scaffold: true,
              },
            ],
          });
        }
        return;
      }
      const external = tables.find((ref) => {
        const kind = catalog.table(nameParts(ref.name))?.kind;
        return kind !== undefined && kind !== 'native' && kind !== 'view';
      });
      if (external === undefined) return;
      report(
        external.name,
        `${tableName(external)} is an external table: a view over it has to be WITH NO SCHEMA BINDING.`,
        {
          fixes: [
            {
              title: 'Add WITH NO SCHEMA BINDING',
              edits: [insertion(view.end, '\nWITH NO SCHEMA BINDING')],
            },
          ],
        },
      );
    },
  },
});

// The system's own tables are found without a schema.
function isBare({ name: { parts } }: TableRef): boolean {
  const name = parts[0]?.name ?? '';
  return parts.length === 1 && name !== '' && !/^(pg|stl|stv|svl|svv|svcs|sys)_/i.test(name);
}
