import assert from 'node:assert/strict';
import type { Span } from '../../src/base/text';
import type { CatalogSnapshot, Table } from '../../src/catalog/catalog';
import type { DocumentLanguage } from '../../src/documents/language';
import { readModels, type TextFormat } from '../../src/documents/readers';
import { checkModel } from '../../src/lint/documentRules';
import type { Finding, Severity } from '../../src/lint/finding';
import type { Rule } from '../../src/lint/rule';
import type { RuleSettings } from '../../src/lint/settings';
import { catalogFrom, switchedOn, withFixes } from './ruleChecker';

/** Checks one rule of documents that are not SQL. */
export interface DocumentChecker {
  /**
   * Asserts that the rule reports exactly the places between « and », which are taken out of the text first:
   *
   *     await check('{ "Days": «20» }', 'warning: before day 30');
   *
   * One place may lie in another, and two findings of one place are marked twice. Behind the text, for each mark
   * in order of its «, severity and part of the message may be given: `'warning'`, `'warning: part'`, `': part'`;
   * fewer than marks are enough. Returns what was found.
   */
  (marked: string, ...expected: readonly string[]): Promise<readonly Finding[]>;
  /** The text (without marks) after the first fix of each finding that has one, scaffolds included. */
  readonly fixed: (text: string) => Promise<string>;
  /** What is found, without a mark asked for. */
  readonly find: (text: string) => Promise<readonly Finding[]>;
}

/** A checker for a rule; the catalog is Athena DDL, tables or a snapshot. Never for SQL: see ruleChecker. */
export function documentChecker(
  rule: Rule,
  language: DocumentLanguage,
  catalog: string | readonly Partial<Table>[] | CatalogSnapshot = '',
): DocumentChecker {
  const known = catalogFrom(catalog, 'athena');
  const find = (text: string): Promise<readonly Finding[]> =>
    findingsOf(text, { rules: [rule], switched: switchedOn(rule), language, catalog: known });
  const check = async (marked: string, ...expected: readonly string[]): Promise<readonly Finding[]> => {
    const { text, marks } = unmarked(marked);
    const findings = await find(text);
    assert.deepEqual(
      findings.map((finding) => describe(text, finding)),
      marks.map((mark, at) => matched(mark, { text, findings, expected: expected[at] })),
    );
    return findings;
  };
  return Object.assign(check, {
    find,
    fixed: async (text: string) => withFixes(text, await find(text)),
  });
}

/** All findings of rules in a text; a text that begins with a bracket is JSON, another one of data YAML. */
export async function findingsOf(
  text: string,
  options: {
    readonly rules: readonly Rule[];
    /** Of rules that are off by default: those that are to speak. */
    readonly switched: RuleSettings;
    readonly language: DocumentLanguage;
    readonly catalog: CatalogSnapshot;
  },
): Promise<readonly Finding[]> {
  const { rules, switched: settings, language, catalog } = options;
  const { models, data } = await readModels(text, {
    format: formatOf(text, language),
    languages: [language],
  });
  assert.deepEqual(data?.problems ?? [], [], `this cannot be read: ${text}`);
  return models.flatMap((read) => checkModel(read, { rules, catalog, settings }));
}

/** How an example of a language is written. */
export function formatOf(text: string, language: DocumentLanguage): TextFormat {
  if (language === 'glue' || language === 'lambda') return 'python';
  return /^\s*[[{]/.test(text) ? 'json' : 'yaml';
}

interface Mark extends Span {
  readonly order: number;
}

function unmarked(marked: string): { readonly text: string; readonly marks: readonly Mark[] } {
  let text = '';
  const open: { readonly start: number; readonly order: number }[] = [];
  const marks: Mark[] = [];
  let order = 0;
  for (const letter of marked) {
    if (letter === '«') open.push({ start: text.length, order: order++ });
    else if (letter === '»') {
      const begun = open.pop();
      assert.ok(begun !== undefined, 'a » stands without its «');
      marks.push({ ...begun, end: text.length });
    } else text += letter;
  }
  assert.deepEqual(open, [], 'a « stands without its »');
  return { text, marks: marks.sort((a, b) => a.start - b.start || a.end - b.end) };
}

// A mark that a finding meets is written as that finding, so that a failed assertion shows only what differs.
function matched(
  mark: Mark,
  {
    text,
    findings,
    expected = '',
  }: { readonly text: string; readonly findings: readonly Finding[]; readonly expected: string | undefined },
): string {
  const [severity = '', ...rest] = expected.split(':');
  const message = rest.join(':').trim();
  const found = findings.find(
    (finding) =>
      finding.start === mark.start &&
      finding.end === mark.end &&
      (severity === '' || isSeverity(severity, finding.severity)) &&
      finding.message.includes(message),
  );
  if (found !== undefined) return describe(text, found);
  return `${place(text, mark.start)} ${JSON.stringify(text.slice(mark.start, mark.end))} marked, ${expected}`;
}

function isSeverity(wanted: string, severity: Severity): boolean {
  return wanted.trim() === severity;
}

function describe(text: string, { start, end, code, severity, message }: Finding): string {
  return `${place(text, start)} ${JSON.stringify(text.slice(start, end))} ${code} ${severity}: ${message}`;
}

function place(text: string, offset: number): string {
  const lines = text.slice(0, offset).split('\n');
  return `${lines.length}:${(lines.at(-1) ?? '').length + 1}`;
}
