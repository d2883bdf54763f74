import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { lintDocument } from '../src/lint/lint';
import type { Dialect } from '../src/sql/ast';
import { readDocument } from '../src/sql/document';

interface Snippet {
  readonly prefix: string;
  readonly description: string;
  readonly body: readonly string[];
}

function snippets(dialect: Dialect): [name: string, snippet: Snippet][] {
  return Object.entries(
    JSON.parse(readFileSync(`snippets/${dialect}.json`, 'utf8')) as Record<string, Snippet>,
  );
}

/** The text that a snippet leaves when every stop is passed with Tab. */
function expanded(body: string): string {
  const defaults = new Map<string, string>();
  const filled = body
    .replace(/\\\$/g, '\uE000')
    .replace(/\$\{(\d+)\|([^|]*)\|\}/g, (_, stop: string, choices: string) => {
      const first = choices.split(',')[0] ?? '';
      defaults.set(stop, first);
      return first;
    })
    .replace(/\$\{(\d+):([^}]*)\}/g, (_, stop: string, text: string) => {
      if (!defaults.has(stop)) defaults.set(stop, text);
      return text;
    });
  return filled
    .replace(
      /\$\{(\d+)\}|\$(\d+)/g,
      (_, braced?: string, bare?: string) => defaults.get(braced ?? bare ?? '') ?? '',
    )
    .replace(/\uE000/g, '$');
}

const catalog = { table: () => undefined };
const all = (['athena', 'redshift'] as const).flatMap((dialect) =>
  snippets(dialect).map(([name, snippet]) => ({ dialect, name, snippet })),
);

test('there are ten snippets, each with a prefix of its own that says its dialect', () => {
  assert.equal(all.length, 10);
  assert.equal(new Set(all.map(({ snippet }) => snippet.prefix)).size, 10);
  for (const { dialect, snippet } of all) {
    assert.match(snippet.prefix, dialect === 'athena' ? /^ath-/ : /^rs-/);
  }
});

for (const { dialect, name, snippet } of all) {
  test(`the snippet "${name}" expands to one statement without a finding above hint`, () => {
    const sql = expanded(snippet.body.join('\n'));
    assert.doesNotMatch(sql, /\$\{\d/, 'a stop was left in');
    const document = readDocument(sql, dialect);
    assert.equal(document.statements.length, 1);
    const { findings } = lintDocument(document, { catalog, config: { rules: {} } });
    const loud = findings.filter(({ severity }) => severity !== 'hint');
    assert.deepEqual(
      loud.map(({ code, message }) => `${code} ${message}`),
      [],
      sql,
    );
  });

  test(`the snippet "${name}" says the same at every stop that it repeats`, () => {
    const defaults = new Map<string, string>();
    for (const [, stop = '', text = ''] of snippet.body.join('\n').matchAll(/\$\{(\d+):([^}$]*)\}/g)) {
      assert.equal(text, defaults.get(stop) ?? text, `stop ${stop}`);
      defaults.set(stop, text);
    }
  });
}
