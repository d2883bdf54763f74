import { defineRule } from '../../rule';
import { columnarFormat } from './copyFormat';
import { optionWord, removal } from './optionEdits';

// What AWS lists for COPY from columnar formats; add new ones here as AWS does.
const allowed = new Set([
  'FORMAT',
  'PARQUET',
  'ORC',
  'IAM_ROLE',
  'CREDENTIALS',
  'ACCESS_KEY_ID',
  'SECRET_ACCESS_KEY',
  'SESSION_TOKEN',
  'ACCEPTINVCHARS',
  'FILLRECORD',
  'STATUPDATE',
  'MANIFEST',
  'EXPLICIT_IDS',
  'SERIALIZETOJSON',
  'JOB',
]);
/** Known to fail, by AWS's documentation or by the message it gives. */
const refused = new Set(['MAXERROR', 'ACCEPTANYDATE', 'REGION', 'TRUNCATECOLUMNS']);

/** An option that COPY does not take for Parquet and ORC. */
export const redshiftCopyColumnarOption = defineRule({
  code: 'RS201',
  id: 'redshift-copy-columnar-option',
  dialects: ['redshift'],
  severity: 'warning',
  title: 'COPY from Parquet or ORC takes few options',
  why: 'For columnar files AWS documents a short list of options: ACCEPTINVCHARS, FILLRECORD, STATUPDATE, MANIFEST, EXPLICIT_IDS and the ones that authorize. REGION and TRUNCATECOLUMNS stop the COPY with "argument is not supported for PARQUET based COPY", and MAXERROR and ACCEPTANYDATE are documented as unsupported: those four are errors. Options for text files, such as DELIMITER or GZIP, mean nothing here, and column encodings are not applied, so COMPUPDATE does nothing.',
  sources: ['https://docs.aws.amazon.com/redshift/latest/dg/copy-usage_notes-copy-from-columnar.html'],
  unconfirmed: 'No failure message was found for COMPUPDATE; it is only outside the documented list.',
  bad: "COPY card_payments\nFROM 's3://bank-lake/curated/card_payments/'\nIAM_ROLE default\nFORMAT AS PARQUET\nCOMPUPDATE OFF",
  good: "COPY card_payments\nFROM 's3://bank-lake/curated/card_payments/'\nIAM_ROLE default\nFORMAT AS PARQUET",
  on: {
    CopyStatement(copy, { report, statement: { text } }) {
      const format = columnarFormat(copy);
      if (format === undefined) return;
      for (const option of copy.options) {
        const key = optionWord(option);
        if (allowed.has(key)) continue;
        report(
          option,
          refused.has(key)
            ? `COPY from ${format} fails with ${key}: the option is not supported for columnar files.`
            : `${key} is not among the options that COPY takes for ${format}.`,
          {
            severity: refused.has(key) ? 'error' : 'warning',
            fixes: [{ title: `Remove ${key}`, edits: [removal(option, text)] }],
          },
        );
      }
    },
  },
});
