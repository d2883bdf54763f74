import type { Option, UnloadStatement } from '../../../sql/ast';
import { defineRule } from '../../rule';
import type { RuleContext } from '../../rule';
import { optionWord, removal } from './optionEdits';
import { optionNamed, textOnly, unloadFormat } from './unloadFormat';

/** In MB; AWS gives the upper one as 6.2 GB. */
const fileSize = { least: 5, most: 6.2 * 1024 };
const rowGroupSize = { least: 32, most: 128 };

/** Options of an UNLOAD that exclude each other, or a size outside its range. */
export const redshiftUnloadOptionConflict = defineRule({
  code: 'RS210',
  id: 'redshift-unload-option-conflict',
  dialects: ['redshift'],
  severity: 'error',
  title: 'UNLOAD options that exclude each other',
  why: 'The statement fails: CLEANPATH with ALLOWOVERWRITE, the options of text files with PARQUET, FIXEDWIDTH or ADDQUOTES with CSV, HEADER with FIXEDWIDTH, MAXFILESIZE outside 5 MB to 6.2 GB and ROWGROUPSIZE outside 32 to 128 MB.',
  sources: ['https://docs.aws.amazon.com/redshift/latest/dg/r_UNLOAD.html'],
  bad: "UNLOAD ('SELECT branch_id, city FROM branches')\nTO 's3://bank-lake/exports/branches/'\nIAM_ROLE default\nFORMAT AS PARQUET\nHEADER\nCLEANPATH",
  good: "UNLOAD ('SELECT branch_id, city FROM branches')\nTO 's3://bank-lake/exports/branches/'\nIAM_ROLE default\nFORMAT AS PARQUET\nCLEANPATH",
  on: {
    UnloadStatement(unload, context) {
      checkFormat(unload, context);
      checkPairs(unload, context);
      checkSize(optionNamed(unload, 'MAXFILESIZE'), { ...fileSize, range: '5 MB to 6.2 GB' }, context);
      checkSize(optionNamed(unload, 'ROWGROUPSIZE'), { ...rowGroupSize, range: '32 MB to 128 MB' }, context);
    },
  },
});

function checkFormat(unload: UnloadStatement, { report, statement: { text } }: RuleContext): void {
  const format = unloadFormat(unload)?.name;
  for (const option of unload.options) {
    const word = optionWord(option);
    const refused =
      (format === 'PARQUET' && textOnly.has(word)) ||
      (format === 'CSV' && (word === 'FIXEDWIDTH' || word === 'ADDQUOTES'));
    if (!refused) continue;
    report(option, `UNLOAD as ${format ?? ''} does not take ${word}.`, {
      fixes: [{ title: `Remove ${word}`, edits: [removal(option, text)] }],
    });
  }
}

function checkPairs(unload: UnloadStatement, { report, statement: { text } }: RuleContext): void {
  const overwrite = optionNamed(unload, 'ALLOWOVERWRITE');
  if (overwrite !== undefined && optionNamed(unload, 'CLEANPATH') !== undefined) {
    report(overwrite, 'ALLOWOVERWRITE and CLEANPATH exclude each other.', {
      // What stays then deletes the files under the path: a choice of the user's.
      fixes: [{ title: 'Remove ALLOWOVERWRITE', edits: [removal(overwrite, text)], scaffold: true }],
    });
  }
  const header = optionNamed(unload, 'HEADER');
  if (header === undefined || optionNamed(unload, 'FIXEDWIDTH') === undefined) return;
  if (unloadFormat(unload)?.name !== 'TEXT') return;
  report(header, 'HEADER cannot be combined with FIXEDWIDTH.', {
    fixes: [{ title: 'Remove HEADER', edits: [removal(header, text)] }],
  });
}

function checkSize(
  option: Option | undefined,
  { least, most, range }: { readonly least: number; readonly most: number; readonly range: string },
  { report }: RuleContext,
): void {
  const match = /^(\d+(?:\.\d+)?)(?: (MB|GB))?$/i.exec(option?.value ?? '');
  if (option === undefined || match === null) return;
  const megabytes = Number(match[1]) * (match[2]?.toUpperCase() === 'GB' ? 1024 : 1);
  if (megabytes >= least && megabytes <= most) return;
  report(option, `${optionWord(option)} must be within ${range}.`);
}
