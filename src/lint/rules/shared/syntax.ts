import { defineRule } from '../../rule';

/** Reported by the engine itself, from what the parser could not read. */
export const syntax = defineRule({
  code: 'SQL001',
  id: 'syntax',
  dialects: ['athena', 'redshift'],
  severity: 'error',
  title: 'The statement cannot be read',
  why: 'The engine will refuse it before it reads a row. The rest of the file is still checked. Where another SQL grammar accepts a query that this one does not, the error is shown as a hint.',
  sources: [
    'https://docs.aws.amazon.com/athena/latest/ug/select.html',
    'https://docs.aws.amazon.com/redshift/latest/dg/c_SQL_commands.html',
  ],
  bad: 'SELCT 1',
  good: 'SELECT 1',
  on: {},
});
