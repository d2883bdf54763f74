import { allColumns } from '../../../scan/plan';
import { analyse } from '../../../scan/scansOf';
import { defineRule } from '../../rule';
import { identifier } from './keyPredicates';
import { outerSelects } from './outerSelects';
import { listed } from './unfilteredScan';

/** Columns that go into partitions by the place they happen to stand at. */
export const athenaInsertSelectStarPartitioned = defineRule({
  code: 'ATH315',
  id: 'athena-insert-select-star-partitioned',
  dialects: ['athena'],
  severity: 'warning',
  title: 'Name the columns that go into a partitioned table',
  why: 'INSERT goes by position, and the last columns become the partition keys whatever they are called. With a star the rows land in other partitions as soon as the source gets a column.',
  sources: ['https://docs.aws.amazon.com/athena/latest/ug/insert-into.html'],
  catalog:
    "CREATE EXTERNAL TABLE logins (login_id string, account string) PARTITIONED BY (dt string) STORED AS PARQUET LOCATION 's3://lake/logins/'",
  bad: 'INSERT INTO logins SELECT * FROM landing.logins_export',
  good: 'INSERT INTO logins SELECT login_id, account, dt FROM landing.logins_export',
  on: {
    InsertStatement({ target, query, columns }, { catalog, statement, report }) {
      const table = catalog.table(target.parts.map((part) => part.name));
      if (query === undefined || table === undefined || table.partitionKeys.length === 0) return;
      if (columns.length > 0 || statement.templated) return;
      if (table.kind !== undefined && table.kind !== 'hive') return;
      const keys = table.partitionKeys.map((key) => key.name);
      const { outputs, complete } = analyse(statement, catalog);
      const last = outputs.slice(-keys.length).map(({ name }) => name);
      const named = outputs.map(({ name }) => name);
      // Where all columns are known, a key in the wrong place is ATH301's.
      if (complete && (last.join('\0') === keys.join('\0') || keys.every((key) => named.includes(key))))
        return;
      const selects = outerSelects(query);
      for (const select of selects) {
        const star = select.items.find(({ expression }) => expression.kind === 'Star');
        if (star === undefined || (complete && select.items.length > 1)) continue;
        // A star before named columns leaves the keys to those.
        if (select.items.slice(-keys.length).every(({ expression }) => expression.kind !== 'Star')) continue;
        const names = allColumns(table)
          .map(({ name }) => identifier(name))
          .join(', ');
        report(
          star,
          `The last columns of * become ${listed(keys, 'and')} of ${table.name}, whatever they hold.`,
          {
            fixes:
              select.items.length > 1
                ? []
                : [
                    {
                      title: `Write out the columns of ${table.name}`,
                      edits: [{ start: star.start, end: star.end, text: names }],
                      scaffold: true,
                    },
                  ],
          },
        );
        return;
      }
    },
  },
});
