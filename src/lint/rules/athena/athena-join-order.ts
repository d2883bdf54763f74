import { formatBytes } from '../../../base/format';
import { readsKnownTable } from '../../../scan/knownTables';
import { analyse } from '../../../scan/scansOf';
import type { Join, TableExpression } from '../../../sql/ast';
import { defineRule, type RuleContext } from '../../rule';
import { bytesRead } from './scanEstimate';

const large = 1024 ** 3;
const times = 10;

/** The large table where every worker has to hold it. */
export const athenaJoinOrder = defineRule({
  code: 'ATH134',
  id: 'athena-join-order',
  dialects: ['athena'],
  severity: 'information',
  title: 'Put the larger table on the left of a join',
  why: 'Athena holds the right table in the memory of the workers and streams the left one past it. With statistics of the columns of both in Glue it finds the better order by itself.',
  sources: ['https://docs.aws.amazon.com/athena/latest/ug/performance-tuning.html'],
  catalog:
    'CREATE EXTERNAL TABLE logins (account string, device string) STORED AS PARQUET; CREATE EXTERNAL TABLE accounts (account string, segment string) STORED AS PARQUET',
  figures: {
    logins: { bytes: 40_000_000_000, columnStatistics: false },
    accounts: { bytes: 90_000_000, columnStatistics: false },
  },
  bad: 'SELECT a.segment, l.device FROM accounts a JOIN logins l ON l.account = a.account',
  good: 'SELECT a.segment, l.device FROM logins l JOIN accounts a ON l.account = a.account',
  on: {
    Join(join, context) {
      if (join.type !== 'INNER' || join.natural) return;
      const left = sizeOf(join.left, context);
      const right = sizeOf(join.right, context);
      if (left === undefined || right === undefined) return;
      // With statistics on both sides the order is the optimizer's.
      if (left.statistics !== false && right.statistics !== false) return;
      if (right.bytes <= large || right.bytes <= times * left.bytes) return;
      context.report(
        join.keyword,
        `${right.name} (about ${formatBytes(right.bytes)} read) is larger than ${left.name} (${formatBytes(left.bytes)}): put it on the left.`,
        { fixes: fixesFor(join, context) },
      );
    },
  },
});

function sizeOf(table: TableExpression, { statement, catalog }: RuleContext) {
  if (table.kind !== 'TableRef' || !readsKnownTable(statement, catalog)) return undefined;
  const scan = analyse(statement, catalog).scans.find(
    (each) => each.ref === table && each.view === undefined,
  );
  const bytes = scan === undefined ? undefined : bytesRead(scan);
  if (scan?.table === undefined || bytes === undefined) return undefined;
  return { bytes, name: scan.table.name, statistics: scan.table.columnStatistics };
}

function fixesFor({ left, right, on, using }: Join, { statement: { text } }: RuleContext) {
  // USING gives its columns the place of the left table's, and a star would turn around.
  if (on === undefined || using.length > 0 || /[\s,.]\*/.test(text)) return [];
  const of = ({ start, end }: TableExpression): string => text.slice(start, end);
  return [
    {
      title: 'Swap the two tables',
      edits: [
        { start: left.start, end: left.end, text: of(right) },
        { start: right.start, end: right.end, text: of(left) },
      ],
    },
  ];
}
