import { formatBytes, formatUsd } from '../../../base/format';
import { readsKnownTable } from '../../../scan/knownTables';
import { analyse } from '../../../scan/scansOf';
import { defineRule } from '../../rule';
import { mainQuery } from './outerSelects';
import { bytesRead, costOf } from './scanEstimate';
import { stopsEarly } from './stopsEarly';
import { eachStatement } from './wholeStatement';

/** USD from which one run of a statement is worth a second look. */
const budget = 0.5;

/** A statement that costs more than one would spend unasked. */
export const athenaCostOverBudget = defineRule({
  code: 'ATH117',
  id: 'athena-cost-over-budget',
  dialects: ['athena'],
  severity: 'warning',
  title: 'A run of this costs more than $0.50',
  why: 'Athena bills $5 for each terabyte that it scans. A limit of the workgroup stops a query in the middle, and what it had scanned is billed all the same: look before it runs.',
  sources: [
    'https://aws.amazon.com/athena/pricing/',
    'https://docs.aws.amazon.com/athena/latest/ug/workgroups-setting-control-limits-cloudwatch.html',
  ],
  catalog:
    'CREATE EXTERNAL TABLE card_payments (payment_id string, amount decimal(18,2)) PARTITIONED BY (year string, month string) STORED AS PARQUET',
  figures: { card_payments: { bytes: 4_000_000_000_000, partitionCount: 100 } },
  bad: "SELECT payment_id, amount FROM card_payments WHERE year IN ('2022', '2023', '2024', '2025') AND month IN ('01', '02', '03', '04', '05', '06')",
  good: "SELECT payment_id, amount FROM card_payments WHERE year = '2025' AND month = '03'",
  on: eachStatement(({ statement, catalog, report }) => {
    const { body } = statement;
    if (body.kind === 'CreateView' || body.kind === 'WrapperStatement') return;
    const query = mainQuery(body);
    if (query !== undefined && stopsEarly(query)) return;
    if (!readsKnownTable(statement, catalog)) return;
    let sum = 0;
    let largest: { readonly bytes: number; readonly at: (typeof scans)[number]['ref'] } | undefined;
    const { scans } = analyse(statement, catalog);
    for (const scan of scans) {
      const bytes = bytesRead(scan) ?? 0;
      sum += bytes;
      if (bytes > (largest?.bytes ?? 0)) largest = { bytes, at: scan.ref };
    }
    const cost = costOf(sum);
    if (largest === undefined || cost <= budget) return;
    report(largest.at.name, `This scans about ${formatBytes(sum)}, which costs about ${formatUsd(cost)}.`);
  }),
});
