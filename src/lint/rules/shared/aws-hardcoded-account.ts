import { textsIn } from '../../../documents/asl/fields';
import type { PythonDocument } from '../../../documents/python/model';
import { defineRule, type DocumentContext } from '../../rule';
import { optionWord } from '../redshift/optionEdits';
import { arnAccounts, arnAccountsIn } from './arns';
import { arnAccountsOf, isTest, speaksFor } from './pythonArns';

/** A role that ties a statement to one account. */
export const awsHardcodedAccount = defineRule({
  code: 'AWS02',
  id: 'aws-hardcoded-account',
  dialects: ['redshift', 'asl', 'glue', 'lambda'],
  severity: 'hint',
  title: 'Leave the account out of what is run in several',
  why: 'The same statement cannot go from the test account to production with the role of one of them in it. IAM_ROLE default takes the role that is attached to the cluster as its default one.',
  sources: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html'],
  bad: "COPY stg_cards\nFROM 's3://bank-lake/landing/cards/'\nIAM_ROLE 'arn:aws:iam::004455667788:role/card-load'\nFORMAT AS CSV",
  good: "COPY stg_cards\nFROM 's3://bank-lake/landing/cards/'\nIAM_ROLE default\nFORMAT AS CSV",
  on: {
    Option(option, { report, statement: { text } }) {
      if (option.value?.includes('arn:') !== true || optionWord(option) !== 'IAM_ROLE') return;
      const accounts = arnAccounts(option, text).filter(({ account }) => account.length === 12);
      const [first] = accounts;
      if (first === undefined) return;
      report(first, `The role belongs to account ${first.account}: this statement runs in no other one.`, {
        fixes:
          // A chain of roles goes on to another account, which the default role may not reach.
          accounts.length > 1
            ? []
            : [
                {
                  title: 'Use IAM_ROLE default',
                  edits: [{ start: option.start, end: option.end, text: 'IAM_ROLE default' }],
                  scaffold: true,
                },
              ],
      });
    },
  },
  check: {
    asl({ data }, { report }) {
      const accounts = textsIn(data.root)
        .flatMap(({ node }) => arnAccountsIn(data.text, node))
        .filter(({ account }) => account.length === 12);
      const [first] = accounts;
      if (first === undefined) return;
      const more = accounts.length - 1;
      report(
        first,
        `The definition names account ${first.account}${more === 0 ? '' : `, and an account at ${more} more ${more === 1 ? 'place' : 'places'}`}: it can be deployed to no other one as it is.`,
      );
    },
    glue: (document, context) => checkPython(document, context, 'glue'),
    lambda: (document, context) => checkPython(document, context, 'lambda'),
  },
});

function checkPython(
  document: PythonDocument,
  { report }: DocumentContext,
  language: 'glue' | 'lambda',
): void {
  if (!speaksFor(document, language) || isTest(document)) return;
  const [first] = arnAccountsOf(document).filter(({ account }) => account.length === 12);
  if (first === undefined) return;
  report(
    first,
    `The code names account ${first.account}: take it from the settings of the job or function, so that it runs in others.`,
  );
}
