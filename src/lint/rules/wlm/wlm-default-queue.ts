import { defineRule } from '../../rule';
import { appendQueue, memoryLeft } from './queueEdits';

/** A configuration that has no queue for the queries that no label names. */
export const wlmDefaultQueue = defineRule({
  code: 'WLM05',
  id: 'wlm-default-queue',
  dialects: ['redshift-wlm'],
  severity: 'error',
  title: 'End with the default queue, without groups',
  why: 'The last queue is the default queue: it takes every query that no other queue does. It cannot have user groups or query groups, so that a last queue with groups leaves the others without a place: Redshift rejects the configuration.',
  sources: [
    'https://docs.aws.amazon.com/redshift/latest/mgmt/workload-mgmt-config.html',
    'https://docs.aws.amazon.com/redshift/latest/dg/cm-c-defining-query-queues.html',
  ],
  bad: `[
  {
    "name": "card loads",
    "query_group": ["card_load"],
    "priority": "high",
    "queue_type": "auto",
    "auto_wlm": true
  },
  {
    "name": "branches",
    "user_group": ["branch_analysts"],
    "priority": "normal",
    "queue_type": "auto",
    "auto_wlm": true
  },
  { "short_query_queue": true }
]`,
  good: `[
  {
    "name": "card loads",
    "query_group": ["card_load"],
    "priority": "high",
    "queue_type": "auto",
    "auto_wlm": true
  },
  {
    "name": "default",
    "priority": "normal",
    "queue_type": "auto",
    "auto_wlm": true
  },
  { "short_query_queue": true }
]`,
  check: {
    'redshift-wlm'(document, { report }) {
      const { queues } = document;
      const last = queues.at(-1);
      const groups = last?.groups.find(({ labels }) => labels.length > 0);
      if (last === undefined || groups === undefined) return;
      const left = memoryLeft(queues);
      const name = queues.some((queue) => queue.name === 'default') ? 'default queue' : 'default';
      const queue =
        last.mode === 'auto'
          ? { name, priority: 'normal', queue_type: 'auto', auto_wlm: true }
          : {
              name,
              ...(left === undefined || left <= 0 ? {} : { memory_percent_to_use: left }),
              query_concurrency: 5,
            };
      const edits = last.mode === undefined ? [] : appendQueue(document, queue);
      report(
        groups.keySpan,
        `${last.label} is the last queue, so the default queue, which cannot have ${groups.key}.`,
        edits.length === 0 ? {} : { fixes: [{ title: 'Add a default queue behind it', edits }] },
      );
    },
  },
});
