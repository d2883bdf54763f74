import { scopesOf } from '../../../sql/scopes';
import { defineRule } from '../../rule';

/** Functions that only the leader node has, and what to write instead. */
const leaderOnly: ReadonlyMap<string, string | undefined> = new Map([
  ['now', 'GETDATE()'],
  ['current_timestamp', 'GETDATE()'],
  ['age', undefined],
  ['current_time', undefined],
  ['localtime', undefined],
  ['isfinite', undefined],
  ['to_ascii', undefined],
  ['has_table_privilege', undefined],
  ['has_schema_privilege', undefined],
  ['has_database_privilege', undefined],
  ['current_schema', undefined],
  ['current_schemas', undefined],
]);
// Those are read on the leader node, or on both.
const ofTheLeader = /^(pg_|svv_|svl_|svcs_|sys_|information_schema|dual$)/i;

/** A function of the leader node over rows that the compute nodes hold. */
export const redshiftLeaderOnlyFunction = defineRule({
  code: 'RS409',
  id: 'redshift-leader-only-function',
  dialects: ['redshift'],
  severity: 'warning',
  title: 'A function that only the leader node has',
  why: 'Rows of tables are read by the compute nodes, which do not know these functions: the query fails with "not supported on Redshift tables". GETDATE() and SYSDATE stand in for NOW(). Without a table, or over the system catalog alone, they work.',
  sources: ['https://docs.aws.amazon.com/redshift/latest/dg/c_SQL_functions_leader_node_only.html'],
  unconfirmed:
    'Newer releases are said to accept CURRENT_TIMESTAMP over tables, which is therefore only a hint; NOW() in a condition may be worked out by the leader node first, and is information.',
  bad: 'INSERT INTO load_steps (shop_id, loaded_at)\nSELECT shop_id, NOW() FROM shops',
  good: 'INSERT INTO load_steps (shop_id, loaded_at)\nSELECT shop_id, GETDATE() FROM shops',
  on: {
    Call(call, { file, report, statement }) {
      const called = call.name.parts[0]?.name.toLowerCase() ?? '';
      if (call.name.parts.length > 1 || !leaderOnly.has(called)) return;
      const scope = scopesOf(statement).at(call.start);
      if (scope?.owner.kind !== 'Select') return;
      const table = scope.sources.find(
        ({ kind, ref }) => kind === 'table' && ref !== undefined && isOfUsers(ref.name.parts),
      );
      if (table?.ref === undefined || file.use(called).defined > 0) return;
      const name = table.ref.name.parts.map((part) => part.name).join('.');
      const instead = leaderOnly.get(called);
      // In a condition its value may be worked out before the rows are read.
      const { where } = scope.owner;
      const inCondition = where !== undefined && where.start <= call.start && call.end <= where.end;
      const takesRows = call.args.length > 0;
      report(
        call,
        `${called.toUpperCase()} runs on the leader node only, and ${name} is read on the compute nodes.`,
        {
          severity:
            called === 'current_timestamp' ? 'hint' : inCondition && !takesRows ? 'information' : 'warning',
          fixes:
            instead === undefined || takesRows
              ? []
              : [{ title: `Use ${instead}`, edits: [{ start: call.start, end: call.end, text: instead }] }],
        },
      );
    },
  },
});

function isOfUsers(parts: readonly { readonly name: string }[]): boolean {
  return parts.every(({ name }) => !ofTheLeader.test(name));
}
