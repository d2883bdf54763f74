import { defineRule } from '../../rule';
import { optionWord } from '../redshift/optionEdits';
import { arnAccounts } from './arns';

/** A role that ties a statement to one account. */
export const awsHardcodedAccount = defineRule({
  code: 'AWS02',
  id: 'aws-hardcoded-account',
  dialects: ['redshift'],
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
});
