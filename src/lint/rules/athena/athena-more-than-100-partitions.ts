import { formatCount } from '../../../base/format';
import { dayMillis, readDate } from '../../../scan/calendar';
import { valuesOf, type Domain } from '../../../scan/domain';
import type { Output } from '../../../scan/plan';
import { prune } from '../../../scan/prune';
import type { TableScan } from '../../../scan/scan';
import { analyse } from '../../../scan/scansOf';
import type { Option } from '../../../sql/ast';
import type { Value } from '../../../scan/value';
import { defineRule, type RuleContext } from '../../rule';
import { property } from './ctasProperties';

/** Athena writes to so many partitions in one query (its guide, "Considerations and limitations for CTAS queries"). */
const most = 100;

/** A query that writes more partitions than Athena opens. */
export const athenaMoreThan100Partitions = defineRule({
  code: 'ATH302',
  id: 'athena-more-than-100-partitions',
  dialects: ['athena'],
  severity: 'warning',
  title: 'Write at most 100 partitions by one query',
  why: 'CREATE TABLE AS, INSERT and UNLOAD keep at most 100 partitions open, buckets counted in, and fail with TOO_MANY_OPEN_PARTITIONS at the next one. Write them in batches.',
  sources: [
    'https://docs.aws.amazon.com/athena/latest/ug/ctas-considerations-limitations.html',
    'https://docs.aws.amazon.com/athena/latest/ug/ctas-insert-into.html',
  ],
  catalog:
    'CREATE EXTERNAL TABLE logins (account string, device string) PARTITIONED BY (dt string) STORED AS PARQUET; CREATE EXTERNAL TABLE logins_clean (account string) PARTITIONED BY (dt string) STORED AS PARQUET',
  bad: "INSERT INTO logins_clean SELECT account, dt FROM logins WHERE dt BETWEEN '2024-01-01' AND '2024-12-31'",
  good: "INSERT INTO logins_clean SELECT account, dt FROM logins WHERE dt BETWEEN '2024-01-01' AND '2024-03-31'",
  on: {
    InsertStatement({ target, columns }, context) {
      const table = context.catalog.table(target.parts.map(({ name }) => name));
      if (table === undefined || columns.length > 0 || table.kind === 'iceberg') return;
      check({ keys: table.partitionKeys.length, buckets: 1, at: target }, context);
    },
    CreateTableAs: ({ properties, name }, context) => checkOptions(properties, name, context),
    UnloadStatement({ options, to }, context) {
      if (to !== undefined) checkOptions(options, to, context);
    },
  },
});

interface Written {
  readonly keys: number;
  readonly buckets: number;
  readonly at: { readonly start: number; readonly end: number };
}

function checkOptions(options: readonly Option[], at: Written['at'], context: RuleContext): void {
  const keys = property(options, 'partitioned_by')?.items?.length ?? 0;
  const buckets = Number(property(options, 'bucket_count')?.value ?? 1);
  check({ keys, buckets: Number.isInteger(buckets) && buckets > 0 ? buckets : 1, at }, context);
}

function check({ keys, buckets, at }: Written, { statement, catalog, report }: RuleContext): void {
  if (keys === 0 || statement.templated) return;
  const { outputs, complete, scans } = analyse(statement, catalog);
  if (!complete || outputs.length <= keys) return;
  const count = countOf(outputs.slice(-keys), scans);
  if (count === undefined || count * buckets <= most) return;
  const times = buckets > 1 ? ` of ${buckets} buckets each` : '';
  report(
    at,
    `This writes up to ${formatCount(count)} partitions${times}, and Athena opens ${most} in one query: write them in batches.`,
  );
}

/** How many partitions there are to write, when each key is one of a single table that is read. */
function countOf(outputs: readonly Output[], scans: readonly TableScan[]): number | undefined {
  const columns = outputs.map(({ term }) => (term.kind === 'column' ? term : undefined));
  const scan = scans.find((each) => each.relation === columns[0]?.relation);
  const own = columns.map((column) =>
    column === undefined || column.relation !== scan?.relation
      ? -1
      : (scan.table?.partitionKeys.findIndex((key) => key.name === column.name) ?? -1),
  );
  if (scan?.table === undefined || own.includes(-1)) return undefined;
  const verdicts = own.map((at) => scan.keys[at]?.verdict);
  if (
    verdicts.some((verdict) => verdict === undefined || ['unknown', 'dynamic', 'late'].includes(verdict.kind))
  )
    return undefined;
  const listed = scan.table.partitionValues;
  if (listed !== undefined) {
    const left = prune(
      scan,
      listed.map((values) => ({ values })),
      0,
    ).partitions;
    return new Set(left.map(({ values }) => JSON.stringify(own.map((at) => values[at])))).size;
  }
  // What is not filtered may be one value as well as many; a long range of days is many.
  return verdicts.reduce<number>((product, verdict) => {
    const count = verdict?.kind === 'prunes' ? sizeOf(verdict.domain) : undefined;
    return product * (count ?? 1);
  }, 1);
}

/** The values of a domain, or the days of its range; undefined for a range of anything else. */
function sizeOf(domain: Domain): number | undefined {
  const values = valuesOf(domain);
  if (values !== undefined) return values.length;
  const [range, ...more] = domain.ranges;
  if (range?.low === undefined || range.high === undefined || more.length > 0) return undefined;
  const [from, to] = [dayIn(range.low.value), dayIn(range.high.value)];
  return from === undefined || to === undefined ? undefined : Math.floor(to - from) + 1;
}

function dayIn(value: Value): number | undefined {
  if (value?.kind === 'date') return value.days;
  if (value?.kind === 'timestamp') return value.millis / dayMillis;
  return value?.kind === 'text' ? readDate(value.text) : undefined;
}
