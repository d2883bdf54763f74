import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parser as pythonParser } from '@lezer/python';
import { knownCatalog } from '../../../src/catalog/known';
import type { DocumentLanguage } from '../../../src/documents/language';
import { lintDocument } from '../../../src/lint/lint';
import type { Finding } from '../../../src/lint/finding';
import { exampleDialect, type Rule } from '../../../src/lint/rule';
import { rules } from '../../../src/lint/rules/index';
import { isAtLeast } from '../../../src/lint/settings';
import type { Dialect } from '../../../src/sql/ast';
import { readDocument } from '../../../src/sql/document';
import { readdirSync } from 'node:fs';
import { findingsOf as documentFindings, formatOf } from '../../support/documentChecker';
import { catalogFrom, switchedOn, withFixes } from '../../support/ruleChecker';

/** What all rules of the example's language say. */
async function findingsOf(rule: Rule, text: string): Promise<readonly Finding[]> {
  const dialect = exampleDialect(rule);
  return dialect === undefined ? documentFindingsOf(rule, text) : sqlFindingsOf(rule, { sql: text, dialect });
}

function sqlFindingsOf(
  rule: Rule,
  { sql, dialect }: { readonly sql: string; readonly dialect: Dialect },
): readonly Finding[] {
  const catalog = catalogFrom(rule.catalog ?? '', dialect, rule.figures, rule);
  return lintDocument(readDocument(sql, dialect), { catalog, config: { rules: switchedOn(rule) } }).findings;
}

async function documentFindingsOf(rule: Rule, text: string): Promise<readonly Finding[]> {
  const language = exampleLanguage(rule);
  if (formatOf(text, language) === 'python') assertPython(text);
  const catalog =
    rule.catalog === undefined ? knownCatalog([]) : catalogFrom(rule.catalog, 'athena', rule.figures);
  return documentFindings(text, { rules, switched: switchedOn(rule), language, catalog });
}

function exampleLanguage({ code, dialects }: Rule): DocumentLanguage {
  const language = dialects.find((one) => one !== 'athena' && one !== 'redshift');
  assert.ok(language !== undefined, `${code} is for no language`);
  return language;
}

function assertPython(text: string): void {
  pythonParser.parse(text).iterate({
    enter: ({ type, from }) => assert.ok(!type.isError, `this is no Python from offset ${from}: ${text}`),
  });
}

/** An example with what its rule leaves out. */
function whole({ expand }: Rule, example: string): string {
  if (expand === undefined) return example;
  const numbers = Array.from({ length: expand.count }, (_, at) => expand.from + at);
  return example.replaceAll(`{{${expand.name}}}`, numbers.join(', '));
}

function inWords(findings: readonly Finding[]): readonly string[] {
  return findings.map(({ code, severity, message }) => `${code} ${severity}: ${message}`);
}

test('every rule file is registered once, and codes and ids are unique', () => {
  const files = readdirSync('src/lint/rules', { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/').split('/').at(-1) ?? '')
    .filter((name) => /^(athena|redshift|aws|s3|wlm|glue|lambda|asl)-[\w-]+\.ts$/.test(name))
    .map((name) => name.replace(/\.ts$/, ''));
  const own = ['syntax', 'unknown-suppression'];
  assert.deepEqual(
    rules.map(({ id }) => id).toSorted(),
    [...files, ...own].toSorted(),
    'src/lint/rules/index.ts and the files beside it name different rules',
  );
  assert.equal(new Set(rules.map(({ id }) => id)).size, rules.length);
  assert.equal(new Set(rules.map(({ code }) => code)).size, rules.length);
});

test('a rule is written out: title, reason, examples, a source, and no error on what is not confirmed', () => {
  for (const { code, id, title, why, bad, good, sources, unconfirmed, severity } of rules) {
    assert.match(code, /^((ATH|RS|SQL)\d{3}|(AWS|S3L|WLM|GLU|LAM|ASL)\d{2})$/);
    assert.match(id, /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
    for (const text of [title, why, bad, good]) assert.ok(text.trim().length > 5, `${code} lacks a text`);
    assert.ok(!title.endsWith('.'), `${code}: a title has no full stop`);
    assert.ok(sources.length > 0 || code === 'SQL002', `${code} names no source`);
    assert.ok(sources.every((source) => source.startsWith('https://')));
    assert.ok(unconfirmed === undefined || severity !== 'error', `${code} is unconfirmed and an error`);
  }
});

for (const rule of rules) {
  test(`${rule.code} fires on its bad example, and its good one raises nothing above information`, async () => {
    const bad = await findingsOf(rule, whole(rule, rule.bad));
    assert.ok(
      bad.some(({ code }) => code === rule.code),
      `got ${inWords(bad).join('; ') || 'nothing'}`,
    );
    const good = await findingsOf(rule, rule.good);
    assert.deepEqual(
      inWords(good.filter(({ code, severity }) => code === rule.code || isAtLeast(severity, 'warning'))),
      [],
    );
  });

  test(`the fixes of ${rule.code} mend its bad example once and for all, and break nothing`, async () => {
    const own = async (text: string): Promise<readonly Finding[]> =>
      (await findingsOf(rule, text)).filter(({ code }) => code === rule.code);
    const found = await own(rule.bad);
    if (exampleDialect(rule) !== undefined) assertInStatement(rule, found);
    if (found.every(({ fixes }) => fixes.length === 0)) return;
    const once = withFixes(rule.bad, found);
    assert.notEqual(once, rule.bad);
    assert.deepEqual(inWords((await own(once)).filter(({ fixes }) => fixes.length > 0)), []);
    assert.equal(withFixes(once, await own(once)), once);
    assert.deepEqual(
      inWords((await findingsOf(rule, once)).filter(({ code }) => code === 'SQL001')),
      [],
      `the fix broke the statement: ${once}`,
    );
  });
}

function assertInStatement(rule: Rule, found: readonly Finding[]): void {
  const document = readDocument(rule.bad, exampleDialect(rule) ?? 'athena');
  for (const { start, fixes } of found) {
    const statement = document.statements.find((one) => one.start <= start && start <= one.end);
    for (const edit of fixes.flatMap(({ edits }) => edits)) {
      if (rule.code === 'SQL002') continue; // its place is a comment
      assert.ok(statement !== undefined && edit.start >= statement.start && edit.end <= statement.end);
    }
  }
}
