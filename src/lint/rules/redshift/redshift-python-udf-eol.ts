import { defineRule } from '../../rule';

/** A function in Python, which Redshift no longer takes. */
export const redshiftPythonUdfEol = defineRule({
  code: 'RS310',
  id: 'redshift-python-udf-eol',
  dialects: ['redshift'],
  severity: 'error',
  title: 'Python functions have reached their end',
  why: 'AWS ended the support of Python UDFs on 30 June 2026; from patch 198 on, no new ones can be made. Write the function in SQL, or as a Lambda function that CREATE EXTERNAL FUNCTION names.',
  sources: [
    'https://aws.amazon.com/blogs/big-data/amazon-redshift-python-user-defined-functions-will-reach-end-of-support-after-june-30-2026/',
  ],
  bad: 'CREATE FUNCTION f_initials (name VARCHAR) RETURNS VARCHAR IMMUTABLE AS $$\n  return name[:1]\n$$ LANGUAGE plpythonu',
  good: 'CREATE FUNCTION f_initials (VARCHAR) RETURNS VARCHAR IMMUTABLE AS $$\n  SELECT LEFT($1, 1)\n$$ LANGUAGE sql',
  on: {
    UtilityStatement(utility, { report, statement: { text } }) {
      if (!/^CREATE (OR REPLACE )?FUNCTION$/.test(utility.verb)) return;
      // The language stands before or behind the body, never in it.
      const language = utility.options.findIndex(({ key }) => key === 'LANGUAGE');
      const python = utility.options[language + 1];
      if (
        language < 0 ||
        python === undefined ||
        !/^plpython\d?u$/i.test(text.slice(python.start, python.end))
      ) {
        return;
      }
      report(
        { start: utility.options[language]?.start ?? python.start, end: python.end },
        'Redshift makes no new functions in Python: write it in SQL, or as a Lambda function.',
      );
    },
  },
});
