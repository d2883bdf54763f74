import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lintDocument } from '../../../src/lint/lint';
import type { Finding } from '../../../src/lint/finding';
import { exampleDialect, type Rule } from '../../../src/lint/rule';
import { rules } from '../../../src/lint/rules/index';
import { isAtLeast } from '../../../src/lint/settings';
import { readDocument } from '../../../src/sql/document';
import { readdirSync } from 'node:fs';
import { catalogFrom, switchedOn, withFixes } from '../../support/ruleChecker';

function findingsOf(rule: Rule, sql: string): readonly Finding[] {
  const dialect = exampleDialect(rule) ?? 'athena';
  const catalog = catalogFrom(rule.catalog ?? '', dialect, rule.figures);
  return lintDocument(readDocument(sql, dialect), { catalog, config: { rules: switchedOn(rule) } }).findings;
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
    .filter((name) => /^(athena|redshift|aws)-[\w-]+\.ts$/.test(name))
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
    assert.match(code, /^((ATH|RS|SQL)\d{3}|AWS\d{2})$/);
    assert.match(id, /^[a-z]+(-[a-z0-9]+)*$/);
    for (const text of [title, why, bad, good]) assert.ok(text.trim().length > 5, `${code} lacks a text`);
    assert.ok(!title.endsWith('.'), `${code}: a title has no full stop`);
    assert.ok(sources.length > 0 || code === 'SQL002', `${code} names no source`);
    assert.ok(sources.every((source) => source.startsWith('https://')));
    assert.ok(unconfirmed === undefined || severity !== 'error', `${code} is unconfirmed and an error`);
  }
});

for (const rule of rules) {
  test(`${rule.code} fires on its bad example, and its good one raises nothing above information`, () => {
    const bad = findingsOf(rule, whole(rule, rule.bad));
    assert.ok(
      bad.some(({ code }) => code === rule.code),
      `got ${inWords(bad).join('; ') || 'nothing'}`,
    );
    const good = findingsOf(rule, rule.good);
    assert.deepEqual(
      inWords(good.filter(({ code, severity }) => code === rule.code || isAtLeast(severity, 'warning'))),
      [],
    );
  });

  test(`the fixes of ${rule.code} mend its bad example once and for all, inside their statement`, () => {
    const own = (sql: string): readonly Finding[] =>
      findingsOf(rule, sql).filter(({ code }) => code === rule.code);
    const found = own(rule.bad);
    const document = readDocument(rule.bad, exampleDialect(rule) ?? 'athena');
    for (const { start, fixes } of found) {
      const statement = document.statements.find((one) => one.start <= start && start <= one.end);
      for (const edit of fixes.flatMap(({ edits }) => edits)) {
        if (rule.code === 'SQL002') continue; // its place is a comment
        assert.ok(statement !== undefined && edit.start >= statement.start && edit.end <= statement.end);
      }
    }
    if (found.every(({ fixes }) => fixes.length === 0)) return;
    const once = withFixes(rule.bad, found);
    assert.notEqual(once, rule.bad);
    assert.deepEqual(inWords(own(once).filter(({ fixes }) => fixes.length > 0)), []);
    assert.equal(withFixes(once, own(once)), once);
    assert.deepEqual(
      inWords(findingsOf(rule, once).filter(({ code }) => code === 'SQL001')),
      [],
      `the fix broke the statement: ${once}`,
    );
  });
}
