import { formatCount } from '../../../base/format';
import { defineRule } from '../../rule';
import { dayMillis } from '../../../scan/calendar';
import {
  fromNow,
  isProjected,
  projectedKey,
  readFormatted,
  unitMillis,
  type Projected,
  type Properties,
} from './projection';

const most = 1_000_000;
/** NOW is at least this day, the one that the rule was written on: without a clock a range to NOW has a least length. */
const writtenOn = Date.UTC(2026, 9, 1);

/** Projected partitions without end. */
export const athenaProjectionExplosion = defineRule({
  code: 'ATH317',
  id: 'athena-projection-explosion',
  dialects: ['athena'],
  severity: 'warning',
  title: 'Project no more partitions than there are',
  why: 'Athena makes up every projected partition that a query does not rule out, and looks for each in S3. Ranges far beyond the data make every query slow; where most partitions are empty, real ones in the catalog are faster.',
  sources: [
    'https://docs.aws.amazon.com/athena/latest/ug/partition-projection.html',
    'https://docs.aws.amazon.com/athena/latest/ug/performance-tuning.html',
  ],
  bad: "CREATE EXTERNAL TABLE meter_readings (reading double) PARTITIONED BY (year int, meter int) STORED AS PARQUET LOCATION 's3://lake/meters/' TBLPROPERTIES ('projection.enabled' = 'true', 'projection.year.type' = 'integer', 'projection.year.range' = '1900,2100', 'projection.meter.type' = 'integer', 'projection.meter.range' = '1,500000')",
  good: "CREATE EXTERNAL TABLE meter_readings (reading double) PARTITIONED BY (year int, meter string) STORED AS PARQUET LOCATION 's3://lake/meters/' TBLPROPERTIES ('projection.enabled' = 'true', 'projection.year.type' = 'integer', 'projection.year.range' = '2020,2030', 'projection.meter.type' = 'injected')",
  on: {
    CreateTable({ partitionedBy, properties, partitionedBySpan, name }, { report }) {
      const known: Properties = new Map(properties.map(({ key, value }) => [key.toLowerCase(), value ?? '']));
      if (!isProjected(known)) return;
      let product = 1;
      for (const key of partitionedBy) {
        const projected = projectedKey({ name: key.name.name }, known);
        const count = projected === undefined ? undefined : countOf(projected);
        if (projected?.kind === 'date' && isFine(projected) && lengthOf(projected) > 5 * unitMillis.years) {
          report(
            key,
            `${key.name.name} is projected by the ${projected.unit.replace(/s$/, '')} over more than five years: ${formatCount(count ?? 0)} partitions at least.`,
            // A query that names its hours is no slower for the others.
            { severity: 'information' },
          );
          return;
        }
        product *= count ?? 1;
      }
      if (product <= most) return;
      report(
        partitionedBySpan ?? name,
        `${formatCount(product)} partitions are projected, and a query looks for all that it does not rule out.`,
      );
    },
  },
});

function isFine({ unit, step }: Extract<Projected, { kind: 'date' }>): boolean {
  return step * unitMillis[unit] <= unitMillis.hours;
}

/** How many values are projected at least. */
function countOf(projected: Projected): number {
  if (projected.kind === 'enum') return projected.values.length;
  if (projected.kind === 'integer') return Math.floor((projected.to - projected.from) / projected.step) + 1;
  if (projected.kind === 'injected') return 1;
  const length = lengthOf(projected);
  return length <= 0 ? 1 : Math.floor(length / (projected.step * unitMillis[projected.unit])) + 1;
}

function lengthOf({ range, format }: Extract<Projected, { kind: 'date' }>): number {
  const [from, to] = range.map((end) => {
    const distance = fromNow(end);
    return distance === undefined ? readFormatted(end, format) : writtenOn + distance;
  });
  // A range that begins with NOW but does not end with it grows shorter every day.
  if (fromNow(range[0]) !== undefined && fromNow(range[1]) === undefined) return 0;
  return typeof from === 'number' && typeof to === 'number' ? to - from + dayMillis : 0;
}
