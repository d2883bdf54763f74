import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readJson } from '../../../src/documents/data/json';
import { readWlm } from '../../../src/documents/wlm/document';

test('queues are told from the elements that hold settings of the whole', () => {
  const { form, queues, shortQueries } = readWlm(
    readJson(`[
      { "name": "loads", "query_group": ["load"], "rules": [{ "rule_name": "r", "predicate": [{}], "action": "log" }] },
      { "query_concurrency": 5 },
      { "auto_wlm": true },
      { "short_query_queue": true, "max_execution_time": 5000 }
    ]`),
  );
  assert.deepEqual(
    queues.map(({ label, mode, groups, rules }) => [label, mode, groups.length, rules.length]),
    [
      ['loads', 'auto', 1, 1],
      ['queue 2', 'auto', 0, 0],
    ],
  );
  assert.deepEqual([form, shortQueries?.properties.length], ['queues', 2]);
});

test('a mode is what the queue says, and nothing where it says both or neither', () => {
  const { queues } = readWlm(
    readJson(`[
      { "queue_type": "auto" },
      { "auto_wlm": false, "priority": "low" },
      { "memory_percent_to_use": 5 },
      { "queue_type": "auto", "auto_wlm": false },
      { "priority": "low" },
      { "queue_type": "\${mode}", "query_concurrency": 5 }
    ]`),
  );
  assert.deepEqual(
    queues.map(({ mode }) => mode),
    ['auto', 'manual', 'manual', undefined, undefined, undefined],
  );
});

test('a single queue, queues inside an object and other texts are told apart', () => {
  const forms = ['{ "auto_wlm": true }', '{ "query_group": [{ "query_concurrency": 5 }] }', '[]', '', '7'];
  assert.deepEqual(
    forms.map((text) => readWlm(readJson(text))).map(({ form, queues }) => [form, queues.length]),
    [
      ['queue', 1],
      ['nested', 0],
      ['other', 0],
      ['other', 0],
      ['other', 0],
    ],
  );
});
