import assert from 'node:assert/strict';
import { test } from 'node:test';
import { athenaForeignFunction } from '../../../../src/lint/rules/athena/athena-foreign-function';
import { ruleChecker } from '../../../support/ruleChecker';

const check = ruleChecker(athenaForeignFunction);

test('functions and operators of other engines are marked', () => {
  check(`
    select nvl(a, 0), len(b), getdate() from t
    --     ^^^ error: use coalesce()
    --                ^^^ error: use length()
    --                        ^^^^^^^ error: use now()
  `);
  check(`
    select a::date from t
    --      ^^ error: CAST(… AS date)
  `);
  check(`
    select a from t where b ilike '%x%'
    --                      ^^^^^ error: lower()
  `);
});

test('own functions, quoted and qualified names, and columns of such names are left alone', () => {
  check('select len, nvl from t');
  check('select my.nvl(a, 0) from t');
  // The parser does not read the declaration yet, which says an error of its own.
  const declared =
    "using external function nvl(a int, b int) returns int lambda 'nvl' select nvl(a, 1) from t";
  assert.ok(!check.find(declared).some(({ code }) => code === 'ATH211'));
  check("select coalesce(a, 0), date_add('day', 1, b), length(c), lower(d) like 'x%' from t");
});

test('calls are rewritten where their arguments tell how', () => {
  const fixed: readonly (readonly [from: string, to: string])[] = [
    ['nvl(a, 0)', 'coalesce(a, 0)'],
    ['nvl2(a, 1, 2)', 'if(a IS NOT NULL, 1, 2)'],
    ['isnull(a, 0)', 'coalesce(a, 0)'],
    ['dateadd(day, -1, getdate())', "date_add('day', -1, now())"],
    ["datediff('month', a, b)", "date_diff('month', a, b)"],
    ['a::varchar', 'CAST(a AS varchar)'],
    ['a::string', 'CAST(a AS varchar)'],
  ];
  for (const [from, to] of fixed) assert.equal(check.fixed(`select ${from} from t`), `select ${to} from t`);
  assert.equal(
    check.fixed("select a from t where a ilike 'X%'"),
    "select a from t where lower(a) LIKE lower('X%')",
  );
});

test('what depends on more than the call is only explained', () => {
  for (const call of ['dateadd(epoch, 1, a)', 'nvl2(a + 1, 1, 2)', "charindex('a', b)", 'collect_set(a)']) {
    assert.equal(check.fixed(`select ${call} from t`), `select ${call} from t`);
  }
});
