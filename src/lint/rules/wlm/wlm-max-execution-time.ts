import type { TextEdit } from '../../../base/text';
import { numberOf, propertyOf } from '../../../documents/data/access';
import { removeProperty, renameKey, replaceValue } from '../../../documents/data/edits';
import type { DataProperty } from '../../../documents/data/node';
import type { WlmDocument, WlmQueue } from '../../../documents/wlm/model';
import { defineRule } from '../../rule';
import { addRules, freeRuleName, monitoringRule } from './queueEdits';

/** The old time limit of a queue. */
export const wlmMaxExecutionTime = defineRule({
  code: 'WLM06',
  id: 'wlm-max-execution-time',
  dialects: ['redshift-wlm'],
  severity: 'warning',
  title: 'Limit the run time by a monitoring rule',
  why: 'max_execution_time of a queue is deprecated, counts milliseconds, and hands a cancelled query on to another queue where one matches. A monitoring rule on query_execution_time counts seconds, can also just log, and says in STL_WLM_RULE_ACTION what it did. In the element of short queries max_execution_time is something else, and right.',
  sources: [
    'https://docs.aws.amazon.com/redshift/latest/mgmt/workload-mgmt-config.html',
    'https://docs.aws.amazon.com/redshift/latest/dg/cm-c-wlm-query-monitoring-rules.html',
  ],
  bad: `[
  {
    "name": "branches",
    "query_group": ["branch"],
    "memory_percent_to_use": 50,
    "query_concurrency": 5,
    "max_execution_time": 90000
  },
  {
    "name": "default",
    "memory_percent_to_use": 50,
    "query_concurrency": 5
  }
]`,
  good: `[
  {
    "name": "branches",
    "query_group": ["branch"],
    "memory_percent_to_use": 50,
    "query_concurrency": 5,
    "rules": [
      {
        "rule_name": "branches_run_time",
        "predicate": [{ "metric_name": "query_execution_time", "operator": ">", "value": 90 }],
        "action": "abort"
      }
    ]
  },
  {
    "name": "default",
    "memory_percent_to_use": 50,
    "query_concurrency": 5
  }
]`,
  check: {
    'redshift-wlm'(document, { report }) {
      for (const queue of document.queues) {
        const property = propertyOf(queue.node, 'max_execution_time');
        const ms = numberOf(property?.value);
        // In an automatic queue it is out of place altogether, and 0 is no limit.
        if (property === undefined || queue.mode === 'auto' || ms === 0) continue;
        if (propertyOf(queue.node, 'short_query_queue') !== undefined) continue;
        const seconds = ms === undefined ? undefined : Math.max(1, Math.round(ms / 1000));
        const edits =
          seconds === undefined || seconds > 86_399 ? [] : asRule(document, { queue, property, seconds });
        report(
          property.keySpan,
          `max_execution_time of a queue is deprecated; a monitoring rule on query_execution_time${seconds === undefined ? '' : ` > ${seconds} (seconds)`} does the same.`,
          edits.length === 0 ? {} : { fixes: [{ title: 'Make it a monitoring rule', edits }] },
        );
      }
    },
  },
});

function asRule(
  document: WlmDocument,
  {
    queue,
    property,
    seconds,
  }: { readonly queue: WlmQueue; readonly property: DataProperty; readonly seconds: number },
): readonly TextEdit[] {
  const { data } = document;
  const rule = monitoringRule({
    name: freeRuleName(`${queue.label}_run_time`, document),
    metric: 'query_execution_time',
    above: seconds,
    action: 'abort',
  });
  if (propertyOf(queue.node, 'rules') === undefined)
    return [...renameKey(data, property, 'rules'), ...replaceValue(data, property.value, [rule])];
  const added = addRules(data, queue, [rule]);
  return added.length === 0 ? [] : [...added, ...removeProperty(data, queue.node, property)];
}
