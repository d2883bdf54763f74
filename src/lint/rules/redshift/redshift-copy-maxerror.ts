import { defineRule } from '../../rule';
import { isColumnar } from './copyFormat';
import { optionNamed } from './unloadFormat';

const few = 10;
const errorTables = ['stl_load_errors', 'stl_loaderror_detail', 'sys_load_error_detail', 'sys_load_history'];

/** A COPY that leaves rows out, and nobody looks which. */
export const redshiftCopyMaxerror = defineRule({
  code: 'RS205',
  id: 'redshift-copy-maxerror',
  dialects: ['redshift'],
  severity: 'warning',
  title: 'MAXERROR leaves rows out without a word',
  why: 'Up to that many rows which cannot be read are skipped, and the COPY still succeeds. They stand in STL_LOAD_ERRORS and SYS_LOAD_ERROR_DETAIL: query those after the load. Up to 10 rows it is information.',
  sources: ['https://docs.aws.amazon.com/redshift/latest/dg/copy-parameters-data-load.html'],
  bad: "COPY stg_cards\nFROM 's3://bank-lake/landing/cards/'\nIAM_ROLE default\nFORMAT AS CSV\nMAXERROR 5000",
  good: "COPY stg_cards\nFROM 's3://bank-lake/landing/cards/'\nIAM_ROLE default\nFORMAT AS CSV",
  on: {
    CopyStatement(copy, { file, report }) {
      const option = optionNamed(copy, 'MAXERROR');
      if (option === undefined || !/^\d+$/.test(option.value ?? '')) return;
      const rows = Number(option.value);
      // A trial run loads nothing, and with columnar files the option is refused.
      if (rows === 0 || optionNamed(copy, 'NOLOAD') !== undefined || isColumnar(copy)) return;
      if (errorTables.some((table) => file.use(table).read > 0)) return;
      report(
        option,
        `Up to ${rows.toLocaleString('en-US')} rows that cannot be read are left out, and no statement here looks into STL_LOAD_ERRORS.`,
        { severity: rows <= few ? 'information' : 'warning' },
      );
    },
  },
});
