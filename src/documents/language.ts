import type { Dialect } from '../sql/ast';

/** What a file that is not SQL can be checked as; one Python file may be a Glue script and hold a Lambda handler. */
export type DocumentLanguage = 'asl' | 's3-lifecycle' | 'redshift-wlm' | 'glue' | 'lambda';

/** Everything that rules exist for. */
export type Language = Dialect | DocumentLanguage;

/** As people call them, for pages and messages. */
export const languageNames: Readonly<Record<Language, string>> = {
  athena: 'Athena',
  redshift: 'Redshift',
  asl: 'Step Functions',
  's3-lifecycle': 'S3 lifecycle',
  'redshift-wlm': 'Redshift WLM',
  glue: 'Glue',
  lambda: 'Lambda',
};
