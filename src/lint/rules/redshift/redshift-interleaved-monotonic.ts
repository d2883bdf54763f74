import { defineRule } from '../../rule';
import { identity } from './columnTypes';
import { columnNamed, interleaved, isDateOrTimestamp, tableName, toCompound } from './tableLayout';

/** An interleaved sort key over values that only grow. */
export const redshiftInterleavedMonotonic = defineRule({
  code: 'RS107',
  id: 'redshift-interleaved-monotonic',
  dialects: ['redshift'],
  severity: 'warning',
  title: 'No interleaved sort key on dates, timestamps and identities',
  why: 'AWS advises against it: such values grow with every load, and an interleaved key spreads what it has seen so far, so new rows fall outside its ranges until a VACUUM REINDEX, the slowest of all, sorts the table anew. On Serverless the key becomes a compound one anyway.',
  sources: [
    'https://docs.aws.amazon.com/redshift/latest/dg/t_Sorting_data.html',
    'https://docs.aws.amazon.com/redshift/latest/dg/r_CREATE_TABLE_NEW.html',
  ],
  bad: 'CREATE TABLE branch_visits (\n  branch_id INT DISTKEY,\n  visited_at TIMESTAMP\n) INTERLEAVED SORTKEY(branch_id, visited_at)',
  good: 'CREATE TABLE branch_visits (\n  branch_id INT DISTKEY,\n  visited_at TIMESTAMP\n) COMPOUND SORTKEY(visited_at, branch_id)',
  on: {
    CreateTable(table, { report }) {
      for (const { option, columns } of interleaved(table)) {
        const growing = columns.find((name) => {
          const column = columnNamed(table, name);
          return column !== undefined && (isDateOrTimestamp(column) || identity(column) !== undefined);
        });
        if (growing === undefined) continue;
        report(
          option,
          `${growing} of ${tableName(table)} grows with each load: an interleaved sort key needs a VACUUM REINDEX to keep up with it.`,
          { fixes: toCompound(option) },
        );
      }
    },
  },
});
