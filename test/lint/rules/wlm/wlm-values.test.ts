import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wlmConcurrency } from '../../../../src/lint/rules/wlm/wlm-concurrency';
import { wlmMaxExecutionTime } from '../../../../src/lint/rules/wlm/wlm-max-execution-time';
import { wlmMemory } from '../../../../src/lint/rules/wlm/wlm-memory';
import { wlmNoMonitoringRule } from '../../../../src/lint/rules/wlm/wlm-no-monitoring-rule';
import { wlmQmr } from '../../../../src/lint/rules/wlm/wlm-qmr';
import { documentChecker } from '../../../support/documentChecker';

test('memory above 100 or of some queues only is an error, below 100 a hint', async () => {
  const check = documentChecker(wlmMemory, 'redshift-wlm');
  await check('[{ "memory_percent_to_use": 60 }, { "memory_percent_to_use": «50» }]', 'error: 110%');
  await check('[{ "memory_percent_to_use": 60 }, { "memory_percent_to_use": «30» }]', 'hint: 90%');
  await check(
    '[{ "memory_percent_to_use": 60 }, { "name": «"branches"», "query_concurrency": 2 }]',
    'error: branches has no memory_percent_to_use',
  );
  await check(
    '[{ "memory_percent_to_use": 60 }, { "memory_percent_to_use": 40 }, { "short_query_queue": true }]',
  );
  await check('[{ "query_concurrency": 5 }, { "query_concurrency": 5 }]');
  await check('[{ "memory_percent_to_use": 160, "auto_wlm": true }, { "auto_wlm": true }]');
  await check('[{ "memory_percent_to_use": "${share}" }, { "memory_percent_to_use": 40 }]');
});

test('the default queue gets what is left', async () => {
  const check = documentChecker(wlmMemory, 'redshift-wlm');
  assert.equal(
    await check.fixed('[{ "memory_percent_to_use": 60 }, { "memory_percent_to_use": 30 }]'),
    '[{ "memory_percent_to_use": 60 }, { "memory_percent_to_use": 40 }]',
  );
  assert.equal(
    await check.fixed('[{ "memory_percent_to_use": 60 }, { "query_concurrency": 2 }]'),
    '[{ "memory_percent_to_use": 60 }, { "query_concurrency": 2, "memory_percent_to_use": 40 }]',
  );
});

test('above 15 slots is a warning, above 50 or outside 1 to 50 an error, automatic queues have none', async () => {
  const check = documentChecker(wlmConcurrency, 'redshift-wlm');
  await check('[{ "query_concurrency": «11» }, { "query_concurrency": 5 }]', 'warning: 16 slots');
  await check('[{ "query_concurrency": 25 }, { "query_concurrency": «26» }]', 'error: 51 slots');
  await check(
    '[{ "query_concurrency": «0» }, { "query_concurrency": «51» }]',
    'error: 1 to 50',
    'error: 1 to 50',
  );
  await check('[{ "query_concurrency": 10 }, { "query_concurrency": 5 }]');
  await check('[{ "query_concurrency": 40, "queue_type": "auto" }, { "query_concurrency": "${slots}" }]');
});

test('the time limit of a queue is deprecated; that of short queries, none at all and automatic queues are not meant', async () => {
  const check = documentChecker(wlmMaxExecutionTime, 'redshift-wlm');
  await check(
    '[{ "query_concurrency": 5, «"max_execution_time"»: 45000 }]',
    'warning: query_execution_time > 45',
  );
  await check(
    '[{ "query_concurrency": 5, "max_execution_time": 0 }, { "auto_wlm": true, "max_execution_time": 5 }, { "short_query_queue": true, "max_execution_time": 5000 }]',
  );
});

test('the limit becomes a rule in seconds, beside rules that are there', async () => {
  const check = documentChecker(wlmMaxExecutionTime, 'redshift-wlm');
  const fixed = await check.fixed(
    '[{ "name": "card loads", "rules": [{ "rule_name": "card_loads_run_time", "predicate": [], "action": "log" }], "query_concurrency": 5, "max_execution_time": 1400 }]',
  );
  assert.deepEqual(JSON.parse(fixed), [
    {
      name: 'card loads',
      rules: [
        { rule_name: 'card_loads_run_time', predicate: [], action: 'log' },
        {
          rule_name: 'card_loads_run_time_2',
          predicate: [{ metric_name: 'query_execution_time', operator: '>', value: 1 }],
          action: 'abort',
        },
      ],
      query_concurrency: 5,
    },
  ]);
});

function queue(rules: string, mode = '"auto_wlm": true'): string {
  return `[{ "name": "q", ${mode}, "rules": [${rules}] }]`;
}

function monitoring(
  parts: { readonly name?: string; readonly predicate?: string; readonly action?: string } = {},
): string {
  const {
    name = '"r"',
    predicate = '{ "metric_name": "query_cpu_time", "operator": ">", "value": 5 }',
    action = '"log"',
  } = parts;
  return `{ "rule_name": ${name}, "predicate": [${predicate}], "action": ${action} }`;
}

test('names, operators, metrics, values and actions of monitoring rules are those that Redshift takes', async () => {
  const check = documentChecker(wlmQmr, 'redshift-wlm');
  const one = '{ "metric_name": "cpu_skew", "operator": "=", "value": 2 }';
  await check(
    queue(
      [
        monitoring({ name: '«"long run"»' }),
        monitoring({ name: `«"${'n'.repeat(33)}"»` }),
        monitoring({ name: '"same"' }),
        monitoring({ name: '«"same"»' }),
        monitoring({
          name: '"b"',
          predicate: '{ "metric_name": «"query_execution_tme"», "operator": «"!="», "value": 5 }',
        }),
        monitoring({
          name: '"c"',
          predicate: '{ "metric_name": "query_execution_time", "operator": ">", "value": «86400» }',
        }),
        monitoring({ name: '"d"', predicate: `${one}, ${one}, ${one}, «${one}»` }),
        monitoring({ name: '«"e"»', predicate: '' }),
        monitoring({ name: '"f"', action: '«"kill"»' }),
        monitoring({ name: '"g"', action: '«"hop"»' }),
      ].join(', '),
    ),
    'error: letters, digits',
    'error: 33 characters',
    'error: called same',
    'error: it is query_execution_time',
    'error: not !=',
    'error: 0 to 86,399 seconds',
    'error: three predicates',
    'error: never acts',
    'error: no action kill',
    'error: automatic queue',
  );
});

test('actions depend on the mode of the queue, and a hop on the time in the queue is ignored', async () => {
  const check = documentChecker(wlmQmr, 'redshift-wlm');
  const waiting = '{ "metric_name": "query_queue_time", "operator": ">", "value": 5 }';
  const manual = '"query_concurrency": 5';
  await check(queue(monitoring({ action: '«"change_query_priority"»' }), manual), 'error: manual queue');
  await check(queue(monitoring({ action: '«"hop"»', predicate: waiting }), manual), 'warning: ignores');
  await check(queue(monitoring({ action: '"hop"' }), manual));
  await check(queue(monitoring({ action: '"change_query_priority"' })));
  // A metric that looks like none that is known may be a new one.
  await check(
    queue(monitoring({ predicate: '{ "metric_name": "gpu_minutes", "operator": ">", "value": 5 }' })),
  );
});

test('the 26th rule of all queues is one too many', async () => {
  const check = documentChecker(wlmQmr, 'redshift-wlm');
  const rules = (from: number, count: number): string =>
    Array.from({ length: count }, (_, at) => monitoring({ name: `"r${from + at}"` })).join(', ');
  await check(
    `[{ "rules": [${rules(0, 13)}] }, { "rules": [${rules(13, 12)}, ${monitoring({ name: '«"last"»' })}] }]`,
    'error: 26th',
  );
  assert.deepEqual(await check.find(`[{ "rules": [${rules(0, 25)}] }]`), []);
});

test('the fixes write a free name and a plain operator', async () => {
  const check = documentChecker(wlmQmr, 'redshift-wlm');
  const text = queue(
    `${monitoring({ name: '"long_run"' })}, ${monitoring({ name: '"long run"', predicate: '{ "metric_name": "io_skew", "operator": ">=", "value": 3 }' })}`,
  );
  const fixed = await check.fixed(text);
  assert.match(fixed, /"rule_name": "long_run_2"/);
  assert.match(fixed, /"operator": ">"/);
  assert.deepEqual(await check.find(fixed), []);
});

test('one monitoring rule in any queue is enough', async () => {
  const check = documentChecker(wlmNoMonitoringRule, 'redshift-wlm');
  await check('«[»{ "auto_wlm": true, "rules": [] }, { "query_group": [] }]', 'information');
  await check(`[{ "auto_wlm": true, "rules": [${monitoring()}] }, { "query_group": [] }]`);
  await check('[{ "auto_wlm": true, "rules": "${rules}" }, { "query_group": [] }]');
});
