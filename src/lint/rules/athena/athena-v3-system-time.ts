import { defineRule } from '../../rule';

/** The spelling of time travel that engine version 3 dropped. */
export const athenaV3SystemTime = defineRule({
  code: 'ATH208',
  id: 'athena-v3-system-time',
  dialects: ['athena'],
  severity: 'error',
  title: 'Travel in time by FOR TIMESTAMP AS OF and FOR VERSION AS OF',
  why: 'Engine version 3 dropped FOR SYSTEM_TIME AS OF and FOR SYSTEM_VERSION AS OF: the statement fails.',
  sources: ['https://docs.aws.amazon.com/athena/latest/ug/engine-versions-reference-0003.html'],
  catalog:
    "CREATE TABLE orders (order_id bigint, state string) LOCATION 's3://lake/orders/' TBLPROPERTIES ('table_type' = 'ICEBERG')",
  bad: "SELECT order_id, state FROM orders FOR SYSTEM_TIME AS OF TIMESTAMP '2025-03-09 00:00:00 UTC'",
  good: "SELECT order_id, state FROM orders FOR TIMESTAMP AS OF TIMESTAMP '2025-03-09 00:00:00 UTC'",
  on: {
    TableRef({ timeTravel }, { statement, report }) {
      if (timeTravel === undefined) return;
      const clause = statement.text.slice(timeTravel.start, timeTravel.end);
      const found = /^for\s+(system_time|system_version)/i.exec(clause);
      if (found === null) return;
      const end = timeTravel.start + found[0].length;
      const start = end - (found[1] ?? '').length;
      const word = /time$/i.test(found[0]) ? 'TIMESTAMP' : 'VERSION';
      report(
        { start: timeTravel.start, end },
        `Engine version 3 has no ${clause.slice(0, found[0].length).toUpperCase()}: write FOR ${word} AS OF.`,
        { fixes: [{ title: `Write FOR ${word}`, edits: [{ start, end, text: word }] }] },
      );
    },
  },
});
