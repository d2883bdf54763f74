import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

interface Pattern {
  readonly name?: string;
  readonly match?: string;
  readonly include?: string;
  readonly patterns?: readonly Pattern[];
  readonly captures?: Readonly<Record<string, { readonly name: string }>>;
}
interface Grammar {
  readonly scopeName: string;
  readonly injectionSelector: string;
  readonly patterns: readonly Pattern[];
  readonly repository: Readonly<Record<string, Pattern>>;
}

/** Patterns with `match`, in order; each also a JavaScript expression, apart from the leading flag. */
function matches(whole: Grammar, patterns = whole.patterns): { scope: string; match: RegExp }[] {
  return patterns.flatMap((pattern) => {
    if (pattern.include !== undefined) {
      const included = whole.repository[pattern.include.slice(1)];
      assert.ok(included, `${pattern.include} is not in the repository`);
      return matches(whole, [included]);
    }
    if (pattern.patterns !== undefined) return matches(whole, pattern.patterns);
    assert.ok(pattern.match, 'a pattern without a match');
    const scope = pattern.name ?? Object.values(pattern.captures ?? {})[0]?.name;
    assert.ok(scope, `no scope for ${pattern.match}`);
    return [{ scope, match: new RegExp(pattern.match.replace(/^\(\?i\)/, ''), 'giy') }];
  });
}

/** What of a line is coloured, as an editor does it: the leftmost match, the first pattern on a tie. */
function coloured(name: string, line: string): string[] {
  const patterns = matches(grammar(name));
  const found: string[] = [];
  for (let at = 0; at < line.length;) {
    let taken: string | undefined;
    for (const { scope, match } of patterns) {
      match.lastIndex = at;
      const text = match.exec(line)?.[0];
      if (text === undefined || text === '') continue;
      taken = text;
      found.push(`${text.trim()} ${scope.split('.').slice(0, 2).join('.')}`);
      break;
    }
    at += taken?.length ?? 1;
  }
  return found;
}

function grammar(name: string): Grammar {
  return JSON.parse(readFileSync(`syntaxes/${name}.injection.tmLanguage.json`, 'utf8')) as Grammar;
}

for (const name of ['athena', 'redshift']) {
  test(`the ${name} grammar is injected into SQL, outside strings and comments`, () => {
    assert.equal(grammar(name).injectionSelector, 'L:source.sql -comment -string');
    assert.equal(grammar(name).scopeName, `lake-workbench.${name}.injection`);
    assert.ok(matches(grammar(name)).length > 4);
  });
}

test('Athena clauses, types and functions are coloured', () => {
  assert.deepEqual(coloured('athena', "STORED AS PARQUET LOCATION 's3://b/p/' TBLPROPERTIES ("), [
    'STORED AS keyword.other',
    'LOCATION keyword.other',
    'TBLPROPERTIES keyword.other',
  ]);
  assert.deepEqual(coloured('athena', 'msck repair table t; select approx_distinct(a) from unnest(x)'), [
    'msck keyword.other',
    'repair keyword.other',
    'approx_distinct support.function',
    'unnest keyword.other',
  ]);
  assert.deepEqual(coloured('athena', 'a array<int>, b bigint'), [
    'array storage.type',
    'bigint storage.type',
  ]);
  assert.deepEqual(coloured('athena', 'where dt = ?'), ['? variable.parameter']);
});

test('Redshift clauses, types and functions are coloured', () => {
  assert.deepEqual(coloured('redshift', "copy t from 's3://b/p' iam_role default format as parquet"), [
    'copy keyword.other',
    'iam_role keyword.other',
    'format as parquet keyword.other',
  ]);
  assert.deepEqual(coloured('redshift', 'a int4 encode az64, b super, nvl(a, 0)'), [
    'int4 storage.type',
    'encode az64 keyword.other',
    'super storage.type',
    'nvl support.function',
  ]);
  assert.deepEqual(coloured('redshift', 'compound sortkey (a)'), [
    'compound keyword.other',
    'sortkey keyword.other',
  ]);
});

test('common column names stay plain', () => {
  for (const line of [
    'select location, comment, format, region, copy, filter from t',
    'select a.partition_id, stringy',
  ]) {
    assert.deepEqual(coloured('athena', line), [], line);
    assert.deepEqual(coloured('redshift', line), [], line);
  }
});
