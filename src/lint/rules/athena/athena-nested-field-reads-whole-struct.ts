import { readsKnownTable } from '../../../scan/knownTables';
import { analyse } from '../../../scan/scansOf';
import type { ColumnRef, Expression, Field } from '../../../sql/ast';
import { walk } from '../../../sql/walk';
import { defineRule, type RuleContext } from '../../rule';
import { eachStatement } from './wholeStatement';

const heavy = 0.25;

/** A field of a large nested column. */
export const athenaNestedFieldReadsWholeStruct = defineRule({
  code: 'ATH124',
  id: 'athena-nested-field-reads-whole-struct',
  dialects: ['athena'],
  severity: 'hint',
  title: 'A field of a nested Parquet column may cost all of it',
  why: 'AWS names it as an issue of Parquet that nested columns are read whole when one field is asked for. A column of its own for such a field, or ORC, avoids it.',
  sources: ['https://docs.aws.amazon.com/athena/latest/ug/performance-tuning-s3-throttling.html'],
  unconfirmed:
    'Whether the engine of today still reads such a column whole; newer versions of Trino skip the other fields.',
  catalog:
    'CREATE EXTERNAL TABLE app_log (event string, account string, body struct<client:struct<id:string>,raw:string>) PARTITIONED BY (dt string) STORED AS PARQUET',
  figures: { app_log: { columnBytes: { event: 40, account: 60, body: 900 } } },
  bad: "SELECT body.client.id FROM app_log WHERE dt = '2025-03-09'",
  good: "SELECT account FROM app_log WHERE dt = '2025-03-09'",
  on: eachStatement(checkFields),
});

function checkFields({ statement, catalog, report }: RuleContext): void {
  if (!readsKnownTable(statement, catalog)) return;
  const { scans } = analyse(statement, catalog);
  for (const { table, ref } of scans) {
    const bytes = table?.columnBytes;
    if (table === undefined || bytes === undefined || table.format !== 'parquet') continue;
    const whole = Object.values(bytes).reduce((sum, each) => sum + each, 0);
    for (const { name, type } of table.columns) {
      const share = (bytes[name] ?? 0) / whole;
      if (!/^(struct|map|array|row)\b/.test(type) || share <= heavy) continue;
      const uses = usesOf(name, ref.alias?.name ?? table.name, statement.body);
      const [first] = uses;
      if (first === undefined || uses.some(({ field }) => !field)) continue;
      report(
        first.at,
        `${name} holds ${Math.round(share * 100)} % of ${table.name}, and may be read whole for one field.`,
      );
      return;
    }
  }
}

interface Use {
  readonly at: ColumnRef | Field;
  /** False where the column is used as a whole. */
  readonly field: boolean;
}

function usesOf(column: string, table: string, body: Parameters<typeof walk>[0]): readonly Use[] {
  const uses: Use[] = [];
  walk(body, (node) => {
    const use = useIn(node as Expression, column, table);
    if (use === undefined) return true;
    uses.push(use);
    return false;
  });
  return uses;
}

function useIn(node: Expression, column: string, table: string): Use | undefined {
  if (node.kind === 'Field') {
    const inner = node.base.kind === 'ColumnRef' ? useIn(node.base, column, table) : undefined;
    return inner === undefined ? undefined : { at: node, field: true };
  }
  if (node.kind !== 'ColumnRef') return undefined;
  const [first, second] = node.name.parts.map(({ name }) => name);
  const count = node.name.parts.length;
  if (first === column) return { at: node, field: count > 1 };
  return first === table && second === column ? { at: node, field: count > 2 } : undefined;
}
