import { defineRule } from '../../rule';
import { isColumnar } from './copyFormat';
import { optionWord } from './optionEdits';
import { isPassing, nameParts, tableName } from './tableLayout';

/** A COPY that analyses the compression of a table where that is wasted. */
export const redshiftCopyCompupdate = defineRule({
  code: 'RS202',
  id: 'redshift-copy-compupdate',
  dialects: ['redshift'],
  severity: 'information',
  title: 'COMPUPDATE ON helps only the first load of a lasting table',
  why: 'Redshift reads a sample of the files and chooses encodings from it, which it can only do while the table is empty. On a temporary or staging table that is done again at every load and may take longer than the load; on a table with rows it changes nothing.',
  sources: [
    'https://docs.aws.amazon.com/redshift/latest/dg/copy-parameters-data-load.html',
    'https://docs.aws.amazon.com/redshift/latest/dg/advisor-recommendations.html',
    'https://github.com/move-coop/parsons/pull/223',
  ],
  bad: "COPY stg_card_payments\nFROM 's3://bank-lake/landing/card_payments/'\nIAM_ROLE default\nFORMAT AS CSV\nCOMPUPDATE ON",
  good: "COPY stg_card_payments\nFROM 's3://bank-lake/landing/card_payments/'\nIAM_ROLE default\nFORMAT AS CSV\nCOMPUPDATE OFF\nSTATUPDATE OFF",
  on: {
    CopyStatement(copy, { catalog, file, report, statement }) {
      const option = copy.options.find((one) => optionWord(one) === 'COMPUPDATE');
      // Of columnar files another rule says that the option is not for them.
      if (option === undefined || isColumnar(copy)) return;
      // Without a value it means ON, unless a template may give one; PRESET is part of the key.
      if (option.value === undefined && statement.templated) return;
      const value = option.value ?? 'ON';
      if (!/^(ON|TRUE|PRESET)$/i.test(value)) return;
      const last = copy.target.parts.at(-1)?.name ?? '';
      const passing = isPassing(copy.target) || last.startsWith('#') || file.isTemporary(last);
      if (!passing && (catalog.table(nameParts(copy.target))?.rows ?? 0) === 0) return;
      const name = tableName({ name: copy.target });
      report(
        option,
        passing
          ? `${name} does not last, and COMPUPDATE analyses its compression again at each load.`
          : `${name} has rows already, and COMPUPDATE can only change an empty table.`,
        {
          fixes: [
            {
              title: 'Change to COMPUPDATE OFF',
              edits: [{ start: option.start, end: option.end, text: 'COMPUPDATE OFF' }],
            },
          ],
        },
      );
    },
  },
});
