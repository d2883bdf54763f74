import { defineRule } from '../../rule';
import { columnNamed, isDateOrTimestamp, keyClauses, tableName } from './tableLayout';

const fewValues = /^(status|type|flag|country|gender)$/i;
const calendar = /(^|_)(dates?|calendar|days?)$/i;

/** A DISTKEY that puts many rows on few slices. */
export const redshiftDistkeySkew = defineRule({
  code: 'RS104',
  id: 'redshift-distkey-skew',
  dialects: ['redshift'],
  severity: 'warning',
  title: 'Distribute by a column with many, evenly spread values',
  why: 'All rows with one value of the DISTKEY sit on one slice. With a date as the key, a query for one day keeps a single slice busy while the others wait; with a status or a flag, most slices stay empty and a few fill up.',
  sources: ['https://docs.aws.amazon.com/redshift/latest/dg/c_best-practices-best-dist-key.html'],
  bad: 'CREATE TABLE card_refunds (\n  refund_id BIGINT,\n  refunded_on DATE DISTKEY SORTKEY\n)',
  good: 'CREATE TABLE card_refunds (\n  refund_id BIGINT DISTKEY,\n  refunded_on DATE SORTKEY\n)',
  on: {
    CreateTable(table, { report }) {
      for (const { option, columns } of keyClauses(table, 'DISTKEY')) {
        const name = columns[0];
        const column = name === undefined ? undefined : columnNamed(table, name);
        if (name === undefined || column === undefined) continue;
        const isDate = isDateOrTimestamp(column);
        const isFlag = /^bool(ean)?$/.test(column.type?.base ?? '');
        if (!isDate && !isFlag && !fewValues.test(name)) continue;
        const isCalendar = isDate && calendar.test(table.name.parts.at(-1)?.name ?? '');
        const effect = isDate
          ? `a query for a short span of ${name} keeps few slices busy`
          : `${name} has few different values, so a few slices hold all rows`;
        report(option, `${tableName(table)} is distributed by ${name}: ${effect}.`, {
          severity: isCalendar ? 'information' : 'warning',
        });
      }
    },
  },
});
