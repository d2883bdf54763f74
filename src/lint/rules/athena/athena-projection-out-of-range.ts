import type { Table } from '../../../catalog/catalog';
import { valuesOf } from '../../../scan/domain';
import type { TableScan } from '../../../scan/scan';
import { defineRule } from '../../rule';
import { isProjected, projectedKey, propertiesOf, readFormatted, type Projected } from './projection';
import { partitionedScans } from './unfilteredScan';

/** A filter on values that projection never makes. */
export const athenaProjectionOutOfRange = defineRule({
  code: 'ATH106',
  id: 'athena-projection-out-of-range',
  dialects: ['athena'],
  severity: 'warning',
  title: 'Filter on partitions that are projected',
  why: 'Partition projection makes up the partitions from the ranges of the table. A value outside is no error: the query runs and gives no rows.',
  sources: ['https://docs.aws.amazon.com/athena/latest/ug/partition-projection.html'],
  catalog:
    "CREATE EXTERNAL TABLE meter_readings (reading double) PARTITIONED BY (dt string) STORED AS PARQUET LOCATION 's3://lake/meters/' TBLPROPERTIES ('projection.enabled' = 'true', 'projection.dt.type' = 'date', 'projection.dt.format' = 'yyyy-MM-dd', 'projection.dt.range' = '2023-01-01,NOW')",
  bad: "SELECT reading FROM meter_readings WHERE dt = '2021-03-09'",
  good: "SELECT reading FROM meter_readings WHERE dt = '2025-03-09'",
  on: {
    TableRef(ref, context) {
      for (const scan of partitionedScans(ref, context)) {
        const fault = faultIn(scan);
        if (fault === undefined) continue;
        context.report(ref.name, fault, { subject: ref });
        return;
      }
    },
  },
});

function faultIn({ table, keys }: TableScan & { readonly table: Table }): string | undefined {
  const properties = propertiesOf(table.parameters);
  if (!isProjected(properties)) return undefined;
  for (const { key, verdict } of keys) {
    const values = verdict.kind === 'prunes' ? (valuesOf(verdict.domain) ?? []) : [];
    const projected = projectedKey(key, properties);
    if (projected === undefined || values.length === 0) continue;
    const texts = values.map((value) =>
      value.kind === 'text' ? value.text : value.kind === 'whole' ? String(value.whole) : undefined,
    );
    if (!texts.every((text) => text !== undefined && isOutside(text, projected))) continue;
    const [first = ''] = texts;
    return `${table.name} projects ${key.name} as ${described(projected)}, and ${first} is not among it: there are no rows.`;
  }
  return undefined;
}

function isOutside(text: string, projected: Projected): boolean {
  if (projected.kind === 'enum') return !projected.values.includes(text);
  if (projected.kind === 'integer') {
    const number = /^-?\d+$/.test(text) ? Number(text) : undefined;
    return number !== undefined && (number < projected.from || number > projected.to);
  }
  if (projected.kind !== 'date') return false;
  const { format, range } = projected;
  // Without a clock an end that counts from NOW lets anything through.
  const [from, to] = range.map((end) => readFormatted(end, format));
  const at = readFormatted(text, format);
  // A value of another format is ATH107's.
  if (typeof at !== 'number') return false;
  return (typeof from === 'number' && at < from) || (typeof to === 'number' && at > to);
}

function described(projected: Projected): string {
  if (projected.kind === 'enum')
    return projected.values.slice(0, 4).join(', ') + (projected.values.length > 4 ? '…' : '');
  if (projected.kind === 'integer') return `${projected.from} to ${projected.to}`;
  return projected.kind === 'date' ? projected.range.join(' to ') : 'injected';
}
