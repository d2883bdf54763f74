import { defineRule } from '../../rule';
import { encoding } from './columnTypes';
import { columnNamed, keyClauses, tableName } from './tableLayout';

const heavy = /^(ZSTD|LZO|BYTEDICT|RUNLENGTH|TEXT255|TEXT32K|DELTA|DELTA32K)$/i;

/** The first sort key column compressed so far that its blocks span many values. */
export const redshiftSortkeyCompressed = defineRule({
  code: 'RS109',
  id: 'redshift-sortkey-compressed',
  dialects: ['redshift'],
  severity: 'hint',
  offByDefault: true,
  title: 'Leave the first sort key column uncompressed',
  why: 'The more a column is compressed, the more rows share one of its blocks, and a range filter on the sort key then reads that many rows of every other column. Redshift itself keeps sort keys RAW. Most public tables compress theirs and run well, so this rule is off unless it is asked for.',
  sources: [
    'https://docs.aws.amazon.com/redshift/latest/dg/c_best-practices-use-auto-compression.html',
    'https://docs.aws.amazon.com/redshift/latest/dg/c_Compression_encodings.html',
  ],
  bad: 'CREATE TABLE app_opens (\n  opened_at TIMESTAMP ENCODE lzo SORTKEY,\n  device_id BIGINT ENCODE az64 DISTKEY\n)',
  good: 'CREATE TABLE app_opens (\n  opened_at TIMESTAMP ENCODE raw SORTKEY,\n  device_id BIGINT ENCODE az64 DISTKEY\n)',
  on: {
    CreateTable(table, { report }) {
      const first = keyClauses(table, 'SORTKEY')[0]?.columns[0];
      const column = first === undefined ? undefined : columnNamed(table, first);
      const encode = column === undefined ? undefined : encoding(column);
      const at = encode?.valueSpan;
      if (encode === undefined || at === undefined || !heavy.test(encode.value ?? '')) return;
      report(
        encode,
        `${first ?? ''} leads the sort key of ${tableName(table)}: ${encode.value ?? ''} packs so many rows into its blocks that range filters skip fewer of them.`,
        { fixes: [{ title: 'Change to ENCODE RAW', edits: [{ ...at, text: 'RAW' }] }] },
      );
    },
  },
});
