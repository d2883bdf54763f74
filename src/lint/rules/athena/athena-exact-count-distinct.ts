import { formatBytes } from '../../../base/format';
import { readsKnownTable } from '../../../scan/knownTables';
import { analyse } from '../../../scan/scansOf';
import type { Call, Select } from '../../../sql/ast';
import { walk } from '../../../sql/walk';
import { defineRule, type RuleContext } from '../../rule';
import { bytesReached } from './scanEstimate';

const large = 10 * 1024 ** 3;

/** Counting different values exactly where an estimate may do. */
export const athenaExactCountDistinct = defineRule({
  code: 'ATH133',
  id: 'athena-exact-count-distinct',
  dialects: ['athena'],
  severity: 'hint',
  title: 'approx_distinct() may be enough',
  why: 'count(DISTINCT) keeps every value in memory. approx_distinct() needs a few kilobytes and is off by 2.3 % as a rule, which will do for a chart, though not for money.',
  sources: ['https://docs.aws.amazon.com/athena/latest/ug/performance-tuning.html'],
  catalog:
    'CREATE EXTERNAL TABLE logins (login_id string, account string) PARTITIONED BY (dt string) STORED AS PARQUET',
  bad: "SELECT count(DISTINCT account) AS accounts, count(DISTINCT login_id) AS logins FROM logins WHERE dt = '2025-03-09'",
  good: "SELECT approx_distinct(account) AS accounts, approx_distinct(login_id) AS logins FROM logins WHERE dt = '2025-03-09'",
  on: { Select: checkCounts },
});

function checkCounts(select: Select, { statement, catalog, report }: RuleContext): void {
  const calls = select.items.flatMap(({ expression }) => countsIn(expression));
  if (calls.length === 0) return;
  const scans = readsKnownTable(statement, catalog)
    ? analyse(statement, catalog).scans.filter((scan) => scan.select === select)
    : [];
  const bytes = scans.reduce((sum, scan) => sum + (bytesReached(scan) ?? 0), 0);
  if (calls.length < 2 && bytes <= large) return;
  const size = bytes > large ? ` over about ${formatBytes(bytes)}` : '';
  for (const call of calls) {
    const [arg] = call.args;
    report(call, `count(DISTINCT)${size} keeps every value in memory: approx_distinct() may be enough.`, {
      fixes:
        arg === undefined || call.args.length > 1
          ? []
          : [
              {
                title: 'Estimate by approx_distinct()',
                edits: [{ start: call.start, end: arg.start, text: 'approx_distinct(' }],
                // Its result is another number.
                scaffold: true,
              },
            ],
    });
  }
}

function countsIn(expression: Select['items'][number]['expression']): readonly Call[] {
  const calls: Call[] = [];
  walk(expression, (node) => {
    if (node.kind === 'Query') return false;
    const isCount = node.kind === 'Call' && node.distinct && node.over === undefined;
    if (isCount && node.name.parts.length === 1 && node.name.parts[0]?.name === 'count') calls.push(node);
    return true;
  });
  return calls;
}
