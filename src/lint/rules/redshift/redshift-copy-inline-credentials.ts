import type { TextEdit } from '../../../base/text';
import type { CopyStatement, Option, UnloadStatement } from '../../../sql/ast';
import { defineRule } from '../../rule';
import type { RuleContext } from '../../rule';
import { optionWord, removal } from './optionEdits';

const keyOptions = new Set(['ACCESS_KEY_ID', 'SECRET_ACCESS_KEY', 'SESSION_TOKEN']);
const placeholder = /[<>{}*]|\$\w|x{3,}|\byour[-_ ]|\.{3}|change.?me|^\s*$/i;

/** Access keys written into a COPY or UNLOAD. */
export const redshiftCopyInlineCredentials = defineRule({
  code: 'RS203',
  id: 'redshift-copy-inline-credentials',
  dialects: ['redshift'],
  severity: 'error',
  title: 'No access keys in COPY and UNLOAD',
  why: 'The text of a statement is kept in system tables, in the history of the editor and in Git, and a key that has been there has to be replaced. IAM_ROLE needs no secret: the cluster takes on the role by itself.',
  sources: ['https://docs.aws.amazon.com/redshift/latest/dg/copy-parameters-authorization.html'],
  bad: "COPY card_payments\nFROM 's3://bank-lake/landing/card_payments/'\nACCESS_KEY_ID 'AKIAIOSFODNN7EXAMPLE'\nSECRET_ACCESS_KEY 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'\nFORMAT AS CSV",
  good: "COPY card_payments\nFROM 's3://bank-lake/landing/card_payments/'\nIAM_ROLE default\nFORMAT AS CSV",
  on: {
    CopyStatement: check,
    UnloadStatement: check,
  },
});

function check(
  { kind, options }: CopyStatement | UnloadStatement,
  { report, statement: { text } }: RuleContext,
): void {
  const given = options.filter(givesKeys);
  const [first, ...rest] = given;
  if (first === undefined) return;
  const isPlaceholder = given.every((option) => placeholder.test(secretOf(option)));
  const verb = kind === 'CopyStatement' ? 'COPY' : 'UNLOAD';
  const edits: TextEdit[] = [
    { start: first.start, end: first.end, text: 'IAM_ROLE default' },
    ...rest.map((option) => removal(option, text)),
  ];
  // The message must not repeat what should not have been written.
  report(
    first,
    isPlaceholder
      ? `This ${verb} expects an access key in its text, where system tables and Git would keep it; use IAM_ROLE.`
      : `An access key stands in this ${verb}: system tables and Git keep it, so use IAM_ROLE and replace the key.`,
    {
      severity: isPlaceholder ? 'warning' : 'error',
      fixes: [{ title: 'Use IAM_ROLE default', edits, scaffold: true }],
    },
  );
}

function givesKeys(option: Option): boolean {
  const word = optionWord(option);
  if (keyOptions.has(word)) return true;
  return word === 'CREDENTIALS' && /aws_access_key_id\s*=/i.test(option.value ?? '');
}

// Of a CREDENTIALS string the part that a secret would be.
function secretOf({ value = '' }: Option): string {
  return /aws_access_key_id\s*=\s*([^;]*)/i.exec(value)?.[1] ?? value;
}
