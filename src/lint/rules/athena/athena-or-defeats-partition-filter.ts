import { defineRule } from '../../rule';
import { afterCondition, qualifierOf } from './filterEdits';
import { identifier, literalFor } from './keyPredicates';
import {
  isDefeatedByOr,
  partitionedScans,
  readsEveryPartition,
  severityOf,
  whatIsRead,
} from './unfilteredScan';

/** A filter on a key that an OR undoes. */
export const athenaOrDefeatsPartitionFilter = defineRule({
  code: 'ATH103',
  id: 'athena-or-defeats-partition-filter',
  dialects: ['athena'],
  severity: 'warning',
  title: 'Keep the partition filter outside of an OR with other columns',
  why: 'A partition can be skipped only when the whole condition is false for all its rows. Where an OR offers a way around the key, each row has to be looked at, so every partition is read.',
  sources: [
    'https://github.com/trinodb/trino/blob/master/core/trino-main/src/main/java/io/trino/sql/planner/DomainTranslator.java',
    'https://github.com/trinodb/trino/blob/master/core/trino-main/src/main/java/io/trino/sql/planner/LayoutConstraintEvaluator.java',
  ],
  catalog:
    'CREATE EXTERNAL TABLE logins (login_id string, account string, succeeded boolean) PARTITIONED BY (dt string) STORED AS PARQUET',
  bad: "SELECT login_id FROM logins WHERE dt = '2025-03-09' OR account = 'A-17'",
  good: "SELECT login_id FROM logins WHERE dt >= '2025-03-01' AND (dt = '2025-03-09' OR account = 'A-17')",
  on: {
    TableRef(ref, context) {
      const scan = partitionedScans(ref, context).find(
        (each) => readsEveryPartition(each) && isDefeatedByOr(each),
      );
      if (scan === undefined) return;
      const { table } = scan;
      for (const [index, { key, verdict }] of scan.keys.entries()) {
        if (verdict.kind !== 'blocked' || verdict.reason !== 'or') continue;
        const { at } = verdict;
        const newest = table.newestPartition?.[index];
        const bound =
          newest === undefined
            ? undefined
            : `${qualifierOf(scan)}${identifier(key.name)} >= ${literalFor(key, newest)}`;
        const inSelect =
          scan.select !== undefined &&
          at !== undefined &&
          at.start >= scan.select.start &&
          at.end <= scan.select.end;
        context.report(
          at ?? ref,
          `The filter on ${key.name} is undone by OR with a condition that is not on a partition key of ${table.name}: ${whatIsRead(table)}.`,
          {
            subject: ref,
            severity: severityOf(scan, context),
            fixes:
              bound === undefined || !inSelect
                ? []
                : [
                    {
                      title: `Bound the partitions beside the OR: ${bound}`,
                      edits: afterCondition(at, 'or', { condition: bound, text: context.statement.text }),
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
