import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseDialect } from '../../src/language/dialectChoice';

const choose = (text: string, configured?: 'athena' | 'redshift', setting?: 'athena' | 'redshift') =>
  chooseDialect({ text, configured, setting });

test('the comment on top beats configuration and setting', () => {
  assert.equal(choose('-- dialect: athena\nselect 1', 'redshift', 'redshift'), 'athena');
  assert.equal(choose('-- nightly\r\n-- dialect: redshift\r\nselect 1', 'athena'), 'redshift');
});

test('the configuration beats the setting, the setting beats the words', () => {
  assert.equal(choose('select 1', 'redshift', 'athena'), 'redshift');
  assert.equal(choose('msck repair table t', undefined, 'redshift'), 'redshift');
  assert.equal(choose('msck repair table t'), 'athena');
  assert.equal(choose('create table t (a int) distkey (a)'), 'redshift');
});

test('a comment further down, and a file that tells nothing, decide nothing', () => {
  assert.equal(choose('select 1;\n-- dialect: athena', 'redshift'), 'redshift');
  assert.equal(choose('select 1'), undefined);
  assert.equal(choose(''), undefined);
});
