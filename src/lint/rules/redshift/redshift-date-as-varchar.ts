import { defineRule } from '../../rule';
import { characterLength, isCharacter } from './columnTypes';
import { isLaidOut, tableName } from './tableLayout';

const day = /_(date|dt)$/i;
const moment = /_(at|ts|time)$/i;
// A length of time, and names that only end like a moment.
const duration =
  /(^|_)(elapsed|duration|response|wait|waiting|processing|run|execution|lead|delivery|transit|travel|part|full|over|half|real|life|prep|cook|load|up|down|first|last_response|handling)_time$/i;
// Where files land as they come, text is what they are made of.
const landing =
  /^(raw|landing|land|src|source|ext|external|bronze|ingest|import|stg_.*)(_|$)|_(raw|landing|import)$/i;
/** `2026-03-09T10:15` and longer; shorter is a time of day. */
const shortestMoment = 16;

/** A day or a moment kept as text. */
export const redshiftDateAsVarchar = defineRule({
  code: 'RS113',
  id: 'redshift-date-as-varchar',
  dialects: ['redshift'],
  severity: 'information',
  title: 'Store days and moments as DATE and TIMESTAMP',
  why: 'A DATE takes 4 bytes, a TIMESTAMP 8; as text they take more, need a conversion in each filter, and blocks of them can only be skipped while all are written alike. Staging and landing tables may keep the text.',
  sources: ['https://docs.aws.amazon.com/redshift/latest/dg/c_best-practices-timestamp-date-columns.html'],
  bad: 'CREATE TABLE card_renewals (\n  card_id BIGINT DISTKEY SORTKEY,\n  renewal_date VARCHAR(10)\n)',
  good: 'CREATE TABLE card_renewals (\n  card_id BIGINT DISTKEY SORTKEY,\n  renewal_date DATE\n)',
  on: {
    CreateTable(table, { report }) {
      if (!isLaidOut(table) || table.name.parts.some(({ name }) => landing.test(name))) return;
      for (const { name, type } of table.columns) {
        if (type === undefined || !isCharacter(type)) continue;
        const isDay = day.test(name.name);
        if (!isDay && (!moment.test(name.name) || duration.test(name.name))) continue;
        const length = characterLength(type);
        // Ten places hold a day, four a year or a month and a day; of moments only whole ones count.
        if (length !== undefined && length < (isDay ? 6 : shortestMoment)) continue;
        const better = isDay && (length ?? 0) <= 10 ? 'DATE' : isDay ? 'DATE or TIMESTAMP' : 'TIMESTAMP';
        report(type, `${name.name} of ${tableName(table)} keeps a date as text: use ${better}.`, {
          fixes: [
            {
              title: `Change the type to ${isDay ? 'DATE' : 'TIMESTAMP'}`,
              edits: [{ start: type.start, end: type.end, text: isDay ? 'DATE' : 'TIMESTAMP' }],
              // The loads have to agree.
              scaffold: true,
            },
          ],
        });
      }
    },
  },
});
