import { isUnknown, itemsOf, numberOf, propertyOf, textOf, valueOf } from '../../../documents/data/access';
import { replaceValue } from '../../../documents/data/edits';
import type { DataObject } from '../../../documents/data/node';
import type { WlmDocument, WlmQueue, WlmRule } from '../../../documents/wlm/model';
import { defineRule, type DocumentContext } from '../../rule';
import { nearest } from '../../settings';
import { metrics } from './metrics';
import { freeRuleName } from './queueEdits';

/** A monitoring rule that Redshift does not take, or never acts on. */
export const wlmQmr = defineRule({
  code: 'WLM07',
  id: 'wlm-qmr',
  dialects: ['redshift-wlm'],
  severity: 'error',
  title: 'Write monitoring rules as Redshift takes them',
  why: 'A configuration has 25 monitoring rules at most, each with a name of its own (32 letters, digits and underscores), one to three predicates with =, < or >, and one action: log, abort, hop in manual queues, change_query_priority in automatic ones. Redshift rejects others. A rule that hops on query_queue_time is taken and then ignored.',
  sources: [
    'https://docs.aws.amazon.com/redshift/latest/dg/cm-c-wlm-query-monitoring-rules.html',
    'https://docs.aws.amazon.com/redshift/latest/mgmt/workload-mgmt-config.html',
  ],
  bad: `[
  {
    "name": "default",
    "priority": "normal",
    "queue_type": "auto",
    "auto_wlm": true,
    "rules": [
      {
        "rule_name": "too many rows!",
        "predicate": [{ "metric_name": "return_row_count", "operator": "=>", "value": 5000000 }],
        "action": "abort"
      }
    ]
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
        "rule_name": "too_many_rows",
        "predicate": [{ "metric_name": "return_row_count", "operator": ">", "value": 5000000 }],
        "action": "abort"
      }
    ]
  }
]`,
  check: {
    'redshift-wlm'(document, { report }) {
      const names = new Set<string>();
      let count = 0;
      for (const queue of document.queues) {
        for (const rule of queue.rules) {
          const at = rule.nameNode ?? { start: rule.node.start, end: rule.node.start + 1 };
          if (++count === 26)
            report(at, 'This is the 26th monitoring rule; Redshift takes 25 of all queues together.');
          checkName(document, { rule, names, report });
          checkAction({ queue, rule, report });
          const list = valueOf(rule.node, 'predicate');
          const predicates = itemsOf(list);
          const fourth = predicates[3];
          if (fourth !== undefined)
            report(fourth, `A rule has three predicates at most; this one has ${predicates.length}.`);
          else if (!isUnknown(list) && predicates.length === 0)
            report(at, 'The rule has no predicate: it never acts.');
          for (const predicate of rule.predicates) checkPredicate(document, { predicate, report });
        }
      }
    },
  },
});

type Report = DocumentContext['report'];

function checkName(
  document: WlmDocument,
  { rule, names, report }: { readonly rule: WlmRule; readonly names: Set<string>; readonly report: Report },
): void {
  const { name, nameNode, node } = rule;
  if (nameNode === undefined) {
    report({ start: node.start, end: node.start + 1 }, 'The rule has no rule_name.');
    return;
  }
  if (name === undefined || isUnknown(nameNode)) return;
  const fix = {
    title: 'Write a name that Redshift takes',
    edits: replaceValue(document.data, nameNode, freeRuleName(name, document)),
  };
  if (!/^\w{1,32}$/.test(name)) {
    report(
      nameNode,
      name.length > 32
        ? `The name has ${name.length} characters; Redshift takes 32.`
        : 'A rule_name has letters, digits and underscores only.',
      { fixes: [fix] },
    );
  } else if (names.has(name)) report(nameNode, `Two rules are called ${name}.`, { fixes: [fix] });
  names.add(name);
}

function checkAction({
  queue,
  rule,
  report,
}: {
  readonly queue: WlmQueue;
  readonly rule: WlmRule;
  readonly report: Report;
}): void {
  const { action, actionNode, predicates, node } = rule;
  if (actionNode === undefined) {
    report(
      { start: node.start, end: node.start + 1 },
      'The rule has no action: log, hop, abort or change_query_priority.',
    );
    return;
  }
  if (action === undefined || isUnknown(actionNode)) return;
  if (!/^(?:log|hop|abort|change_query_priority)$/.test(action)) {
    report(actionNode, `There is no action ${action}: it is log, hop, abort or change_query_priority.`);
  } else if (action === 'hop' && queue.mode === 'auto') {
    report(actionNode, `${queue.label} is an automatic queue, and queries hop out of manual ones only.`);
  } else if (action === 'change_query_priority' && queue.mode === 'manual') {
    report(actionNode, `${queue.label} is a manual queue, and only automatic ones have priorities.`);
  } else if (
    action === 'hop' &&
    predicates.some((one) => textOf(valueOf(one, 'metric_name')) === 'query_queue_time')
  ) {
    report(actionNode, 'Redshift ignores a rule that hops on query_queue_time.', { severity: 'warning' });
  }
}

function checkPredicate(
  { data }: WlmDocument,
  { predicate, report }: { readonly predicate: DataObject; readonly report: Report },
): void {
  const operator = propertyOf(predicate, 'operator')?.value;
  const sign = textOf(operator);
  if (operator !== undefined && sign !== undefined && !isUnknown(operator) && !/^[=<>]$/.test(sign)) {
    const meant = /^[<>]/.exec(sign)?.[0] ?? /[<>]/.exec(sign)?.[0];
    report(
      operator,
      `An operator is =, < or >, not ${sign}.`,
      meant === undefined
        ? {}
        : { fixes: [{ title: `Write ${meant}`, edits: replaceValue(data, operator, meant) }] },
    );
  }
  const metric = propertyOf(predicate, 'metric_name')?.value;
  const name = textOf(metric);
  if (metric === undefined || name === undefined || isUnknown(metric)) return;
  const known = Object.hasOwn(metrics, name) ? metrics[name] : undefined;
  if (known === undefined) {
    const near = nearest(name, Object.keys(metrics));
    // Redshift gains metrics: one that looks like none of these may be new.
    if (near !== undefined)
      report(metric, `There is no metric ${name}; it is ${near}.`, {
        fixes: [{ title: `Write ${near}`, edits: replaceValue(data, metric, near) }],
      });
    return;
  }
  const value = propertyOf(predicate, 'value')?.value;
  const number = numberOf(value);
  if (value === undefined || number === undefined || (number >= 0 && number <= known.most)) return;
  const unit = known.unit === '' ? '' : ` ${known.unit}`;
  report(value, `${name} takes 0 to ${known.most.toLocaleString('en-US')}${unit}.`);
}
