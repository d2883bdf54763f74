import type { PythonDocument } from '../../../documents/python/model';
import { handlersOf, isGlueScript } from '../../../documents/python/languages';
import { arnAccountsIn, type ArnAccount } from './arns';

// Layers and roles of AWS itself have the same account wherever they are used: Powertools, the SDK for pandas,
// Lambda Insights, the extension for secrets; the local imitations of AWS take zeros.
const everywhere: readonly string[] = [
  '017000801446',
  '336392948345',
  '580247275435',
  '177933569100',
  '000000000000',
];

/** The accounts of all ARNs in the strings of a Python text; those of AWS itself are none. SQL is looked at by itself. */
export function arnAccountsOf({ text, strings, body }: PythonDocument): readonly ArnAccount[] {
  const docstrings = new Set(
    body.flatMap((statement) => (statement.kind === 'expression' ? statement.expressions : [])),
  );
  return strings
    .filter((string) => !docstrings.has(string) && !/\bIAM_ROLE\b|\bCREDENTIALS\b/i.test(string.value))
    .flatMap((string) => arnAccountsIn(text, string))
    .filter(({ account }) => !everywhere.includes(account))
    .toSorted((a, b) => a.start - b.start);
}

/** Whether a rule of both languages speaks when it is asked for one of them: a file that is both is told once. */
export function speaksFor(document: PythonDocument, language: 'glue' | 'lambda'): boolean {
  const isGlue = isGlueScript(document);
  return language === 'glue' ? isGlue : !isGlue && handlersOf(document).length > 0;
}

/** Whether a Python text is a test, where accounts are made up. */
export function isTest({ imports, functions }: PythonDocument): boolean {
  return (
    [...imports.values()].some((path) => /^(?:pytest|unittest|moto)(?:\.|$)/.test(path)) ||
    functions.some(({ name }) => name.startsWith('test_'))
  );
}
