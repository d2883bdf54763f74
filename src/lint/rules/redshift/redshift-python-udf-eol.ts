import { defineRule } from '../../rule';

/** A function in Python, which Redshift no longer takes. */
export const redshiftPythonUdfEol = defineRule({
  code: 'RS310',
  id: 'redshift-python-udf-eol',
  dialects: ['redshift'],
  severity: 'error',
  title: 'Python functions have reached their end',
  why: 'AWS ended the support of Python UDFs on 30 June 2026; from patch 198 on, no new ones can be made. Write the function in SQL, or as a Lambda function that CREATE EXTERNAL FUNCTION names. Calls of a function whose name begins with f_, fn_, udf_ or py_ are a warning when a statement in sight makes it in Python.',
  sources: [
    'https://aws.amazon.com/blogs/big-data/amazon-redshift-python-user-defined-functions-will-reach-end-of-support-after-june-30-2026/',
  ],
  bad: 'CREATE FUNCTION f_initials (name VARCHAR) RETURNS VARCHAR IMMUTABLE AS $$\n  return name[:1]\n$$ LANGUAGE plpythonu',
  good: 'CREATE FUNCTION f_initials (VARCHAR) RETURNS VARCHAR IMMUTABLE AS $$\n  SELECT LEFT($1, 1)\n$$ LANGUAGE sql',
  on: {
    Call(call, { file, report }) {
      const name = call.name.parts.at(-1)?.name.toLowerCase() ?? '';
      // AWS recommends this beginning for functions of one's own; the built-in ones need no question.
      if (!/^(f|fn|udf|py)_/.test(name) || file.use(name).definedInPython === 0) return;
      report(call.name, `${name} is written in Python, whose support in Redshift has ended.`, {
        severity: 'warning',
      });
    },
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
