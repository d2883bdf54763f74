import type { ColumnDefinition } from '../../../sql/ast';
import { defineRule } from '../../rule';
import { characterLength, encoding, isNumberOrMoment, isVarying } from './columnTypes';
import { isLaidOut, keyClauses, tableName } from './tableLayout';

const wide = 64;

/** A column that takes its full width on disk although no range filter needs it. */
export const redshiftEncodeRawWide = defineRule({
  code: 'RS111',
  id: 'redshift-encode-raw-wide',
  dialects: ['redshift'],
  severity: 'information',
  title: 'Compress what is not a sort key',
  why: 'RAW stores values as they are, so more blocks have to be read for the same rows. It is right for sort keys, booleans and floating point numbers; for the rest Redshift itself would take AZ64 for numbers and dates and LZO for text.',
  sources: ['https://docs.aws.amazon.com/redshift/latest/dg/c_Compression_encodings.html'],
  bad: 'CREATE TABLE tickets (\n  ticket_id BIGINT ENCODE az64 DISTKEY SORTKEY,\n  complaint VARCHAR(1200) ENCODE raw\n)',
  good: 'CREATE TABLE tickets (\n  ticket_id BIGINT ENCODE az64 DISTKEY SORTKEY,\n  complaint VARCHAR(1200) ENCODE lzo\n)',
  on: {
    CreateTable(table, { report }) {
      if (!isLaidOut(table)) return;
      const sorted = new Set(keyClauses(table, 'SORTKEY').flatMap(({ columns }) => columns));
      for (const column of table.columns) {
        const encode = encoding(column);
        const better = sorted.has(column.name.name) ? undefined : betterThanRaw(column);
        if (encode?.valueSpan === undefined || better === undefined) continue;
        if (encode.value?.toUpperCase() !== 'RAW') continue;
        report(
          encode,
          `${column.name.name} of ${tableName(table)} is not compressed and is no sort key: ${better} would take fewer blocks.`,
          {
            fixes: [{ title: `Change to ENCODE ${better}`, edits: [{ ...encode.valueSpan, text: better }] }],
          },
        );
      }
    },
  },
});

function betterThanRaw({ type }: ColumnDefinition): 'AZ64' | 'LZO' | undefined {
  if (isNumberOrMoment(type)) return 'AZ64';
  return isVarying(type) && (characterLength(type) ?? 0) > wide ? 'LZO' : undefined;
}
