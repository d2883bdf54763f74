import { valuesOf } from '../../../scan/domain';
import type { KeyVerdict } from '../../../scan/verdict';
import { defineRule } from '../../rule';
import { qualifierOf, withCondition } from './filterEdits';
import { identifier } from './keyPredicates';
import { isProjected, projectedKey, propertiesOf } from './projection';
import { partitionedScans } from './unfilteredScan';

/** A key whose values Athena can only take from the query. */
export const athenaInjectedProjectionNeedsEquality = defineRule({
  code: 'ATH105',
  id: 'athena-injected-projection-needs-equality',
  dialects: ['athena'],
  severity: 'error',
  title: 'Give an injected partition key its values',
  why: 'Of a key of projection type injected Athena knows no values: they must stand in the query, by = or IN. Without them the query fails; a range, LIKE, subquery or join does not do.',
  sources: [
    'https://docs.aws.amazon.com/athena/latest/ug/partition-projection-supported-types.html',
    'https://github.com/trinodb/trino/blob/master/plugin/trino-hive/src/main/java/io/trino/plugin/hive/projection/InjectedProjection.java',
  ],
  catalog:
    "CREATE EXTERNAL TABLE meter_readings (reading double) PARTITIONED BY (dt string, meter string) STORED AS PARQUET LOCATION 's3://lake/meters/' TBLPROPERTIES ('projection.enabled' = 'true', 'projection.dt.type' = 'date', 'projection.dt.format' = 'yyyy-MM-dd', 'projection.dt.range' = '2023-01-01,NOW', 'projection.meter.type' = 'injected')",
  bad: "SELECT reading FROM meter_readings WHERE dt = '2025-03-09'",
  good: "SELECT reading FROM meter_readings WHERE dt = '2025-03-09' AND meter = 'M-17'",
  on: {
    TableRef(ref, context) {
      // What a view leaves open its readers may give.
      if (context.statement.body.kind === 'CreateView') return;
      for (const scan of partitionedScans(ref, context)) {
        const properties = propertiesOf(scan.table.parameters);
        if (!isProjected(properties)) continue;
        for (const { key, verdict } of scan.keys) {
          if (projectedKey(key, properties)?.kind !== 'injected' || mayHaveValues(verdict)) continue;
          const condition = `${qualifierOf(scan)}${identifier(key.name)} = 'value'`;
          context.report(
            ref.name,
            `${scan.table.name} needs ${key.name} = … or IN (…): its values are injected, and ${faultOf(verdict)}.`,
            {
              subject: ref,
              fixes:
                scan.select === undefined
                  ? []
                  : [
                      {
                        title: `Add ${condition}`,
                        edits: withCondition(scan.select, condition, context.statement.text),
                        scaffold: true,
                      },
                    ],
            },
          );
          return;
        }
      }
    },
  },
});

/** True when the key has values, or when what may give them is not known. */
function mayHaveValues(verdict: KeyVerdict): boolean {
  if (verdict.kind === 'unknown' || verdict.kind === 'late') return true;
  return verdict.kind === 'prunes' && (valuesOf(verdict.domain)?.length ?? 0) > 0;
}

function faultOf(verdict: KeyVerdict): string {
  if (verdict.kind === 'prunes') return 'a range names none';
  if (verdict.kind === 'dynamic') return `a ${verdict.by} gives them too late`;
  return verdict.kind === 'blocked' ? 'the filter comes too late' : 'the query names none';
}
