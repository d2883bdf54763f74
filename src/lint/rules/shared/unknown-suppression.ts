import { defineRule } from '../../rule';

/** Reported by the engine itself, from the comments of a file. */
export const unknownSuppression = defineRule({
  code: 'SQL002',
  id: 'unknown-suppression',
  dialects: ['athena', 'redshift'],
  severity: 'information',
  title: 'A lake-ignore comment names a rule that does not exist',
  why: 'A mistyped name switches nothing off, and whoever reads the comment believes that it does.',
  sources: [],
  bad: '-- lake-ignore SQL01\nSELECT 1',
  good: '-- lake-ignore SQL001\nSELECT 1',
  on: {},
});
