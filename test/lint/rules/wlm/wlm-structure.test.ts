import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wlmAutoManualMix } from '../../../../src/lint/rules/wlm/wlm-auto-manual-mix';
import { wlmDefaultQueue } from '../../../../src/lint/rules/wlm/wlm-default-queue';
import { wlmLimits } from '../../../../src/lint/rules/wlm/wlm-limits';
import { wlmPreferAuto } from '../../../../src/lint/rules/wlm/wlm-prefer-auto';
import { wlmUnknownProperty } from '../../../../src/lint/rules/wlm/wlm-unknown-property';
import { wlmWildcardFlag } from '../../../../src/lint/rules/wlm/wlm-wildcard-flag';
import { documentChecker } from '../../../support/documentChecker';

test('a property that Redshift does not know is an error, with the one that was meant', async () => {
  const check = documentChecker(wlmUnknownProperty, 'redshift-wlm');
  await check(
    `[
      { «"memory_percent"»: 40, «"query_concurency"»: 2, «"query_group_wildcard"»: "card_*" },
      { «"user_groups"»: [], «"colour"»: "red" },
      { «"query_group"»: [{ "name": "x" }], "query_concurrency": 3 },
      «7»
    ]`,
    'error: it is memory_percent_to_use',
    'error: it is query_concurrency',
    'error: it is query_group_wild_card',
    'error: it is user_group',
    'error: no property colour',
    'error: list of labels',
    'error: an object',
  );
});

test('every property of the reference, those of user roles and a single queue without an array are taken', async () => {
  const check = documentChecker(wlmUnknownProperty, 'redshift-wlm');
  await check(
    `[{ "name": "a", "query_group": ["x"], "query_group_wild_card": 1, "user_group": [], "user_group_wild_card": 0,
        "user_role": ["r"], "user_role_wild_card": 0, "priority": "high", "queue_type": "auto", "auto_wlm": true,
        "concurrency_scaling": "auto", "rules": [] },
      { "query_concurrency": 5, "memory_percent_to_use": 5, "max_execution_time": 0 },
      { "short_query_queue": true, "max_execution_time": 5000 }]`,
  );
  await check('{ "auto_wlm": true }');
  await check('{ "query_concurrency": 5 }');
});

test('queues inside an object become an array with a default queue, once', async () => {
  const check = documentChecker(wlmUnknownProperty, 'redshift-wlm');
  const text =
    '«{» "query_concurrency": 6, "query_group": [{ "name": "loads", "query_group_wildcard": "load_*", "memory_percent": 70, "query_concurrency": 3 }] }';
  await check(text, 'error: an array of queues');
  const fixed = await check.fixed(text.replace(/[«»]/g, ''));
  assert.deepEqual(JSON.parse(fixed), [
    {
      name: 'loads',
      query_group: ['load_*'],
      query_group_wild_card: 1,
      memory_percent_to_use: 70,
      query_concurrency: 3,
    },
    { name: 'default', memory_percent_to_use: 30, query_concurrency: 6 },
  ]);
  assert.deepEqual(await check.find(fixed), []);
});

test('a pattern under a flag that does not exist becomes a group with its flag', async () => {
  const check = documentChecker(wlmUnknownProperty, 'redshift-wlm');
  const fixed = await check.fixed('[{ "query_group_wildcard": "load_*", "query_concurrency": 3 }]');
  assert.equal(fixed, '[{ "query_group": ["load_*"], "query_group_wild_card": 1, "query_concurrency": 3 }]');
});

test('settings of the other mode are errors; the last element may name the mode of all', async () => {
  const check = documentChecker(wlmAutoManualMix, 'redshift-wlm');
  await check(
    `[
      { "name": "a", "auto_wlm": true, «"memory_percent_to_use"»: 5, «"max_execution_time"»: 5 },
      { "name": "b", "queue_type": "manual", «"priority"»: "low", "query_concurrency": 5 },
      { "name": "c", "queue_type": «"manual"», "auto_wlm": true }
    ]`,
    'error: a is an automatic queue',
    'error: a is an automatic queue',
    'error: b is a manual queue',
    'error: the contrary',
  );
  await check(
    '[{ "name": "a", «"query_concurrency"»: 5 }, { "priority": "low" }, { "auto_wlm": true }]',
    'error',
  );
  // Neither mode is said, and short queries have a time of their own.
  await check('[{ "priority": "low" }, { "short_query_queue": true, "max_execution_time": 5000 }]');
  assert.equal(
    await check.fixed('[{ "auto_wlm": true, "query_concurrency": 5, "priority": "low" }]'),
    '[{ "auto_wlm": true, "priority": "low" }]',
  );
});

test('the last queue has no groups; the element of short queries is no queue, and empty groups are none', async () => {
  const check = documentChecker(wlmDefaultQueue, 'redshift-wlm');
  await check(
    '[{ "query_group": ["a"], "auto_wlm": true }, { «"user_group"»: ["b"], "auto_wlm": true }, { "short_query_queue": true }]',
    'error: queue 2 is the last queue',
  );
  await check(
    '[{ "query_group": ["a"], "auto_wlm": true }, { "query_group": [], "user_group": [], "auto_wlm": true }, { "short_query_queue": true }]',
  );
});

test('a default queue comes before the short queries and takes the memory that is left', async () => {
  const check = documentChecker(wlmDefaultQueue, 'redshift-wlm');
  const fixed = await check.fixed(
    '[{ "query_group": ["a"], "memory_percent_to_use": 70, "query_concurrency": 3 }, { "short_query_queue": true }]',
  );
  const queues: unknown = JSON.parse(fixed);
  assert.deepEqual(queues, [
    { query_group: ['a'], memory_percent_to_use: 70, query_concurrency: 3 },
    { name: 'default', memory_percent_to_use: 30, query_concurrency: 5 },
    { short_query_queue: true },
  ]);
  assert.deepEqual(await check.find(fixed), []);
});

test('nine queues beside the default one, doubled and long names are errors; eight are not', async () => {
  const check = documentChecker(wlmLimits, 'redshift-wlm');
  const queues = (count: number): string =>
    Array.from({ length: count }, (_, at) => `{ "name": "q${at}", "query_group": ["g${at}"] }`).join(', ');
  await check(`[${queues(8)}, { "name": "default" }]`);
  await check(`[${queues(9).replace('"q8"', '«"q8"»')}, { "name": "default" }]`, 'error: queue 9 of 9');
  await check(
    `[{ "name": "a" }, { "name": «"a"» }, { "name": «"${'n'.repeat(65)}"» }]`,
    'error: called a',
    'error: 65 characters',
  );
});

test('8,000 characters are counted without white space, and with it for a warning', async () => {
  const check = documentChecker(wlmLimits, 'redshift-wlm');
  const labels = (count: number): string =>
    Array.from({ length: count }, (_, at) => `"group_${1000 + at}"`).join(',');
  await check(`«[»{ "query_group": [${labels(700)}] }, {}]`, 'error: 8,000');
  await check(
    `«[»{ "query_group": [${labels(500)}] },${' '.repeat(3000)}{ "auto_wlm": true, "name": "d" }]`,
    'warning: without white space',
  );
  await check(`[{ "query_group": [${labels(500)}] }, { "name": "d" }]`);
});

test('a wildcard without its flag is a name', async () => {
  const check = documentChecker(wlmWildcardFlag, 'redshift-wlm');
  await check(
    `[
      { "query_group": ["plain", «"card_?"»] },
      { "user_group": [«"etl*"»], "user_group_wild_card": 0 },
      { "query_group": ["a*"], "query_group_wild_card": 1 },
      { "query_group": ["a*"], "query_group_wild_card": "1" },
      { "query_group": ["\${group}*"] },
      { "query_group": ["a*"], "query_group_wildcard": 1 }
    ]`,
    'warning: card_? is a name here',
    'warning: user_group_wild_card is not 1',
  );
  assert.equal(
    await check.fixed('[{ "user_group": ["etl*"], "user_group_wild_card": 0 }]'),
    '[{ "user_group": ["etl*"], "user_group_wild_card": 1 }]',
  );
});

test('manual queues are a hint once a file, and one automatic queue is enough for silence', async () => {
  const check = documentChecker(wlmPreferAuto, 'redshift-wlm');
  const text =
    '[{ "query_group": ["a"], "memory_percent_to_use": 60, "query_concurrency": 3 }, { "query_concurrency": 5 }]';
  await check(text.replace('[', '«[»'), 'hint: automatic WLM');
  await check('[{ "query_concurrency": 3 }, { "auto_wlm": true }]');
  assert.deepEqual(JSON.parse(await check.fixed(text)), [
    { query_group: ['a'], priority: 'normal', queue_type: 'auto', auto_wlm: true },
    { priority: 'normal', queue_type: 'auto', auto_wlm: true },
  ]);
});

test('queues with a time limit or a rule that hops are not made automatic', async () => {
  const check = documentChecker(wlmPreferAuto, 'redshift-wlm');
  for (const text of [
    '[{ "query_concurrency": 3, "max_execution_time": 5000 }]',
    '[{ "query_concurrency": 3, "rules": [{ "rule_name": "r", "predicate": [], "action": "hop" }] }]',
  ])
    assert.deepEqual(
      (await check.find(text)).map(({ fixes }) => fixes.length),
      [0],
    );
});
