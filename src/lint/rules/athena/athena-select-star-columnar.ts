import { formatBytes } from '../../../base/format';
import type { Table } from '../../../catalog/catalog';
import { valuesOf } from '../../../scan/domain';
import type { TableScan } from '../../../scan/scan';
import { readsKnownTable } from '../../../scan/knownTables';
import { analyse } from '../../../scan/scansOf';
import type { Query, Select, Star } from '../../../sql/ast';
import type { Severity } from '../../finding';
import { defineRule, type RuleContext } from '../../rule';
import { mainQuery, outerSelects } from './outerSelects';
import { expansion } from './starExpansion';

type KnownScan = TableScan & { readonly table: Table };

/** A star over many columns of a columnar table. */
export const athenaSelectStarColumnar = defineRule({
  code: 'ATH121',
  id: 'athena-select-star-columnar',
  dialects: ['athena'],
  severity: 'warning',
  title: 'Name the columns of a Parquet or ORC table instead of *',
  why: 'Parquet and ORC keep each column by itself, and Athena reads and bills only those that a query names, at $5 for each terabyte. A star names them all.',
  sources: [
    'https://docs.aws.amazon.com/athena/latest/ug/performance-tuning.html',
    'https://docs.aws.amazon.com/athena/latest/ug/columnar-storage.html',
  ],
  catalog:
    'CREATE EXTERNAL TABLE card_payments (payment_id string, account string, branch string, channel string, currency string, amount decimal(18,2), fee decimal(18,2), merchant string, category string, status string, paid_at timestamp) PARTITIONED BY (dt string) STORED AS PARQUET',
  bad: "SELECT * FROM card_payments WHERE dt = '2025-03-09'",
  good: "SELECT payment_id, account, amount FROM card_payments WHERE dt = '2025-03-09'",
  on: {
    SelectStatement: (_, context) => checkStars(context),
    UnloadStatement: (_, context) => checkStars(context),
    CreateView: (_, context) => checkStars(context),
    InsertStatement: (_, context) => checkStars(context),
    CreateTableAs: (_, context) => checkStars(context),
  },
});

function checkStars(context: RuleContext): void {
  const query = mainQuery(context.statement.body);
  if (query === undefined || !readsKnownTable(context.statement, context.catalog)) return;
  for (const select of outerSelects(query)) {
    for (const { expression } of select.items) {
      if (expression.kind === 'Star') checkStar(expression, { query, select }, context);
    }
  }
}

function checkStar(
  star: Star,
  place: { readonly query: Query; readonly select: Select },
  context: RuleContext,
): void {
  const { stars, scans } = analyse(context.statement, context.catalog);
  const outputs = stars.get(star) ?? [];
  const widest = scans
    .flatMap((scan): { scan: KnownScan; count: number }[] => {
      if (!isOfColumnar(scan)) return [];
      const count = new Set(
        outputs.flatMap(({ term, starred }) =>
          starred === true && term.kind === 'column' && term.relation === scan.relation ? [term.name] : [],
        ),
      ).size;
      return [{ scan, count }];
    })
    .toSorted((a, b) => b.count - a.count)[0];
  if (widest === undefined || widest.count < 6) return;
  const { scan, count } = widest;
  const columns = expansion(star, { outputs, select: place.select, scans });
  const bytes = scan.table.bytes === undefined ? '' : ` (${formatBytes(scan.table.bytes)} in all)`;
  const format =
    scan.table.format === 'orc' ? 'ORC' : scan.table.format === 'parquet' ? 'Parquet' : 'Iceberg';
  context.report(
    star,
    `* reads all ${count} columns of ${scan.table.name}${bytes}, and of ${format} only the columns that are named are billed.`,
    {
      severity: severityOf(count, { scan, place, context }),
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

function isOfColumnar(scan: TableScan): scan is KnownScan {
  const { table } = scan;
  if (table === undefined) return false;
  return table.kind === 'iceberg' || table.format === 'parquet' || table.format === 'orc';
}

interface Facts {
  readonly scan: KnownScan;
  readonly place: { readonly query: Query; readonly select: Select };
  readonly context: RuleContext;
}

function severityOf(count: number, { scan, place, context }: Facts): Severity {
  const { limit } = place.query;
  const few = limit?.kind === 'Literal' && limit.type === 'number' && Number(limit.value) <= 100;
  if (few && scan.keys.length > 0 && scan.keys.every(isOneValue)) return 'hint';
  const { kind } = context.statement.body;
  // A view reads nothing by itself, and of its star the columns that a query names.
  if (kind === 'CreateView') return 'hint';
  // A copy of a table wants every column.
  if (kind === 'InsertStatement' || kind === 'CreateTableAs') return 'information';
  return count > 10 ? 'warning' : 'information';
}

function isOneValue({ verdict }: TableScan['keys'][number]): boolean {
  return verdict.kind === 'prunes' && valuesOf(verdict.domain)?.length === 1;
}
