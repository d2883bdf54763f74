import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Severity } from '../../src/lint/finding';
import { lintDocument } from '../../src/lint/lint';
import type { Dialect } from '../../src/sql/ast';
import { readDocument } from '../../src/sql/document';
import { catalogFrom } from '../support/ruleChecker';
import { corpusFile } from './corpus';

/** What a person said of a finding. Debatable: true, and still many would not want to read it. */
export type Verdict = 'right' | 'debatable' | 'wrong';

/** A finding above hint in the judged corpus, as `verdicts.json` names it. */
export interface JudgedFinding {
  /** `k3f0…:ATH101:web.page_views`: the statement's hash, the rule's code, what is marked. */
  readonly key: string;
  readonly dialect: Dialect;
  readonly statement: string;
  readonly code: string;
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
}

/** One line of `verdicts.json`: the verdict and why, in a few words. */
export interface GivenVerdict {
  readonly verdict: Verdict;
  readonly why: string;
}

/** All findings above hint, each statement in a document of its own with the catalog of its dialect. */
export function judgedFindings(): readonly JudgedFinding[] {
  return (['athena', 'redshift'] as const).flatMap((dialect) => {
    const catalog = catalogFrom(readFileSync(`test/corpus/judged/catalog-${dialect}.sql`, 'utf8'), dialect);
    return corpusFile(`judged/${dialect}.sql`).flatMap(({ text }) =>
      lintDocument(readDocument(text, dialect), { catalog, config: { rules: {} } })
        .findings.filter(({ severity }) => severity !== 'hint')
        .map(({ code, rule, severity, message, start, end }) => ({
          key: `${hash(text)}:${code}:${text.slice(start, end).replaceAll(/\s+/g, ' ').slice(0, 40)}`,
          dialect,
          statement: text,
          code,
          rule,
          severity,
          message,
        })),
    );
  });
}

/** How many statements are judged. */
export function judgedStatements(): number {
  return corpusFile('judged/athena.sql').length + corpusFile('judged/redshift.sql').length;
}

/** The verdicts that were given, by the key of their finding. */
export function givenVerdicts(): Readonly<Record<string, GivenVerdict>> {
  return JSON.parse(readFileSync('test/corpus/judged/verdicts.json', 'utf8')) as Record<string, GivenVerdict>;
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}
