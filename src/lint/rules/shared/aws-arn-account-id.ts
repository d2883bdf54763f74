import { textsIn } from '../../../documents/asl/fields';
import type { PythonDocument } from '../../../documents/python/model';
import { defineRule, type DocumentContext } from '../../rule';
import { arnAccounts, arnAccountsIn } from './arns';
import { arnAccountsOf, speaksFor } from './pythonArns';

/** An ARN whose account cannot be one. */
export const awsArnAccountId = defineRule({
  code: 'AWS01',
  id: 'aws-arn-account-id',
  dialects: ['redshift', 'asl', 'glue', 'lambda'],
  severity: 'error',
  title: 'The account in an ARN has twelve digits',
  why: 'No account has fewer or more, so the role or key is never found: the statement fails when it runs, with an access error that does not say why. Leading zeros count.',
  sources: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html'],
  bad: "COPY stg_cards\nFROM 's3://bank-lake/landing/cards/'\nIAM_ROLE 'arn:aws:iam::4455667788:role/card-load'\nFORMAT AS CSV",
  good: "COPY stg_cards\nFROM 's3://bank-lake/landing/cards/'\nIAM_ROLE 'arn:aws:iam::004455667788:role/card-load'\nFORMAT AS CSV",
  on: {
    Option(option, { report, statement: { text } }) {
      for (const { account, start, end } of arnAccounts(option, text)) {
        if (account.length === 12) continue;
        report({ start, end }, `An account has 12 digits, and this one has ${account.length}: ${account}.`);
      }
    },
  },
  check: {
    asl({ data }, { report }) {
      for (const { node } of textsIn(data.root)) {
        for (const { account, start, end } of arnAccountsIn(data.text, node)) {
          if (account.length === 12) continue;
          report({ start, end }, `An account has 12 digits, and this one has ${account.length}: ${account}.`);
        }
      }
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
  if (!speaksFor(document, language)) return;
  for (const { account, start, end } of arnAccountsOf(document)) {
    if (account.length === 12) continue;
    report({ start, end }, `An account has 12 digits, and this one has ${account.length}: ${account}.`);
  }
}
