import type { UnloadStatement } from '../../../sql/ast';
import { defineRule } from '../../rule';
import { optionWord, removal } from './optionEdits';
import { tableRefs } from './starColumns';
import { insertion, nameParts } from './tableLayout';
import { hasTemplateBehind } from './templates';
import { textOnly, unloadFormat } from './unloadFormat';

// Folders that queries read; a folder called csv is meant as it is.
const lake =
  /(^|[/_-])(lake|datalake|parquet|processed|curated|analytics|athena|spectrum|silver|gold)([/_-]|$)/i;
const meantAsText = /csv|json|txt|text|tsv|report|mail|partner|sftp|ftp/i;
const notInParquet = /^(geometry|geography|hllsketch|varbyte|varbinary|super)/;

/** An UNLOAD of text to where queries will read it. */
export const redshiftUnloadText = defineRule({
  code: 'RS212',
  id: 'redshift-unload-text',
  dialects: ['redshift'],
  severity: 'hint',
  title: 'Unload for queries as Parquet',
  why: 'AWS measures Parquet as up to twice as fast to unload and up to six times smaller than text, and Athena and Spectrum then read only the columns they need. Text is right for people and other systems, and for GEOMETRY, HLLSKETCH, VARBYTE and SUPER columns.',
  sources: ['https://docs.aws.amazon.com/redshift/latest/dg/r_UNLOAD.html'],
  bad: "UNLOAD ('SELECT branch_id, city FROM branches')\nTO 's3://bank-lake/curated/branches/'\nIAM_ROLE default\nFORMAT AS CSV\nCLEANPATH",
  good: "UNLOAD ('SELECT branch_id, city FROM branches')\nTO 's3://bank-lake/curated/branches/'\nIAM_ROLE default\nFORMAT AS PARQUET\nCLEANPATH",
  on: {
    UnloadStatement(unload, { catalog, report, statement }) {
      const format = unloadFormat(unload);
      const path = /^s3:\/\/[^/]+\/(.*)$/i.exec(unload.to?.value ?? '')?.[1] ?? '';
      if (format === undefined || format.name === 'PARQUET' || unload.to === undefined) return;
      if (hasTemplateBehind(statement, unload.to.end)) return;
      if (!lake.test(path) || meantAsText.test(path)) return;
      const select = unload.query?.body;
      const tables = select?.kind === 'Select' ? select.from.flatMap(tableRefs) : [];
      const columns = tables.flatMap(({ name }) => catalog.table(nameParts(name))?.columns ?? []);
      if (columns.some(({ type }) => notInParquet.test(type))) return;
      report(
        format.option ?? unload.to,
        `${unload.to.value} looks like a part of the lake, and ${format.name === 'TEXT' ? 'delimited text' : format.name} is larger and slower to query there than Parquet.`,
        { fixes: [{ title: 'Unload as Parquet', edits: asParquet(unload, statement.text) }] },
      );
    },
  },
});

function asParquet(unload: UnloadStatement, text: string) {
  const option = unloadFormat(unload)?.option;
  const gone = unload.options.filter((one) => one !== option && textOnly.has(optionWord(one)));
  return [
    option === undefined
      ? insertion(unload.to?.end ?? unload.end, '\nFORMAT AS PARQUET')
      : { start: option.start, end: option.end, text: 'FORMAT AS PARQUET' },
    ...gone.map((one) => removal(one, text)),
  ];
}
