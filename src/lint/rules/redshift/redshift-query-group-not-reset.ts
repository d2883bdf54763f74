import { defineRule } from '../../rule';

const settings = new Set(['query_group', 'wlm_query_slot_count']);

/** A session setting of workload management that nobody takes back. */
export const redshiftQueryGroupNotReset = defineRule({
  code: 'RS413',
  id: 'redshift-query-group-not-reset',
  dialects: ['redshift'],
  severity: 'information',
  title: 'Reset query_group when the work is done',
  why: 'The setting holds for the rest of the connection: in a pool, whoever gets the connection next waits in that queue too, or holds that many slots of it.',
  sources: ['https://docs.aws.amazon.com/redshift/latest/dg/cm-c-defining-query-queues.html'],
  bad: "SET query_group TO 'night_load';\nREFRESH MATERIALIZED VIEW shop_totals_mv",
  good: "SET query_group TO 'night_load';\nREFRESH MATERIALIZED VIEW shop_totals_mv;\nRESET query_group",
  on: {
    UtilityStatement(utility, { file, report }) {
      const { verb, name, options } = utility;
      const setting = name?.parts[0]?.name.toLowerCase() ?? '';
      if (verb !== 'SET' || !settings.has(setting)) return;
      const value = options.find(({ key }) => !/^(TO|=)$/.test(key))?.key ?? options[0]?.value ?? '';
      // To the default is what RESET does, and one slot is the default.
      if (/^(DEFAULT|1|)$/i.test(value)) return;
      if (file.use(setting).reset > 0 || file.use('all').reset > 0) return;
      report(
        utility,
        `${setting} stays set for whatever runs on this connection afterwards; RESET ${setting} when the work is done.`,
      );
    },
  },
});
