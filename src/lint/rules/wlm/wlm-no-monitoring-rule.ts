import { propertyOf } from '../../../documents/data/access';
import { defineRule } from '../../rule';
import { addRules, freeRuleName, monitoringRule } from './queueEdits';

/** A cluster on which nobody notices the query that never ends. */
export const wlmNoMonitoringRule = defineRule({
  code: 'WLM08',
  id: 'wlm-no-monitoring-rule',
  dialects: ['redshift-wlm'],
  severity: 'information',
  title: 'Watch for nested loops and long queries',
  why: 'A join without a condition or a report over all history takes the slots of everybody else until somebody looks. Monitoring rules log or end such queries within ten seconds. The templates of the console begin with nested loops above 100 rows and a run time that is too long.',
  sources: ['https://docs.aws.amazon.com/redshift/latest/dg/cm-c-wlm-query-monitoring-rules.html'],
  bad: `[
  {
    "name": "default",
    "priority": "normal",
    "queue_type": "auto",
    "auto_wlm": true
  }
]`,
  good: `[
  {
    "name": "default",
    "priority": "normal",
    "queue_type": "auto",
    "auto_wlm": true,
    "rules": [
      {
        "rule_name": "too_long",
        "predicate": [{ "metric_name": "query_execution_time", "operator": ">", "value": 1800 }],
        "action": "log"
      }
    ]
  }
]`,
  check: {
    'redshift-wlm'(document, { report }) {
      const { data, queues, list } = document;
      const last = queues.at(-1);
      if (last === undefined || queues.some(({ rules, node }) => rules.length > 0 || hasUnread(node))) return;
      const place = list ?? last.node;
      const edits = addRules(data, last, [
        monitoringRule({
          name: freeRuleName('nested_loops', document),
          metric: 'nested_loop_join_row_count',
          above: 100,
          action: 'log',
        }),
        monitoringRule({
          name: freeRuleName('long_running', document),
          metric: 'query_execution_time',
          above: 1800,
          action: 'log',
        }),
      ]);
      report(
        { start: place.start, end: place.start + 1 },
        'No queue has a monitoring rule: nobody notices a query that never ends.',
        edits.length === 0
          ? {}
          : {
              fixes: [{ title: `Log nested loops and long queries of ${last.label}`, edits, scaffold: true }],
            },
      );
    },
  },
});

// Rules that are filled in later, or are of no form that could be read.
function hasUnread(queue: Parameters<typeof propertyOf>[0]): boolean {
  const value = propertyOf(queue, 'rules')?.value;
  return value !== undefined && !(value.kind === 'array' && value.items.length === 0);
}
