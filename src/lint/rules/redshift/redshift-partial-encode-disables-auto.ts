import { defineRule } from '../../rule';
import { isTemporaryTable } from '../../fileFacts';
import { encoding } from './columnTypes';
import { removal } from './optionEdits';
import { tableName } from './tableLayout';
import { hasTemplateBehind } from './templates';

/** ENCODE on some columns only. */
export const redshiftPartialEncodeDisablesAuto = defineRule({
  code: 'RS110',
  id: 'redshift-partial-encode-disables-auto',
  dialects: ['redshift'],
  severity: 'information',
  title: 'ENCODE on one column ends ENCODE AUTO for all',
  why: 'A table without any ENCODE is under ENCODE AUTO: Redshift chooses the encodings and changes them as the data changes. Naming one for a single column takes the whole table out of that, and the others keep what they got at the start.',
  sources: [
    'https://docs.aws.amazon.com/redshift/latest/dg/r_CREATE_TABLE_NEW.html',
    'https://docs.aws.amazon.com/redshift/latest/dg/c_Compression_encodings.html',
  ],
  bad: 'CREATE TABLE cities (\n  city_id INT ENCODE az64,\n  city_name VARCHAR(60)\n) DISTSTYLE ALL SORTKEY(city_id)',
  good: 'CREATE TABLE cities (\n  city_id INT,\n  city_name VARCHAR(60)\n) DISTSTYLE ALL SORTKEY(city_id)',
  on: {
    CreateTable(table, { report, statement }) {
      if (table.external || isTemporaryTable(table)) return;
      // A type or a column that a template writes may be encoded as well.
      if (hasTemplateBehind(statement, table.name.end)) return;
      if (table.options.some(({ key }) => key === 'ENCODE AUTO')) return;
      const encoded = table.columns.flatMap((column) => encoding(column) ?? []);
      const [first] = encoded;
      if (first === undefined || encoded.length === table.columns.length) return;
      const rest = table.columns.length - encoded.length;
      report(
        first,
        `ENCODE on ${encoded.length === 1 ? 'one column' : `${encoded.length} columns`} of ${tableName(table)} turns ENCODE AUTO off for the other ${rest === 1 ? 'one' : rest} as well.`,
        {
          fixes: [
            {
              title: 'Leave all encodings to ENCODE AUTO',
              edits: encoded.map((option) => removal(option, statement.text)),
            },
          ],
        },
      );
    },
  },
});
