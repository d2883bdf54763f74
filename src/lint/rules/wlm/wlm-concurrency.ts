import { isUnknown, numberOf, valueOf } from '../../../documents/data/access';
import type { DataNode } from '../../../documents/data/node';
import { defineRule } from '../../rule';

/** More queries at once than a cluster has memory for. */
export const wlmConcurrency = defineRule({
  code: 'WLM03',
  id: 'wlm-concurrency',
  dialects: ['redshift-wlm'],
  severity: 'warning',
  title: 'Give manual queues 15 slots together, never more than 50',
  why: 'Each slot has its share of the memory for itself: the more there are the smaller it is, and queries spill to disk. AWS advises 15 slots or fewer. A queue takes 1 to 50, all together 50: beyond that Redshift rejects the configuration, an error.',
  sources: [
    'https://docs.aws.amazon.com/redshift/latest/dg/cm-c-implementing-workload-management.html',
    'https://docs.aws.amazon.com/redshift/latest/mgmt/workload-mgmt-config.html',
  ],
  bad: `[
  {
    "name": "branches",
    "query_group": ["branch"],
    "memory_percent_to_use": 50,
    "query_concurrency": 20
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
    "query_concurrency": 8
  },
  {
    "name": "default",
    "memory_percent_to_use": 50,
    "query_concurrency": 5
  }
]`,
  check: {
    'redshift-wlm'({ queues }, { report }) {
      let sum = 0;
      let most: { readonly node: DataNode; readonly slots: number } | undefined;
      for (const { node: queue, mode } of queues) {
        const node = valueOf(queue, 'query_concurrency');
        const slots = numberOf(node);
        if (mode === 'auto' || node === undefined || isUnknown(node) || slots === undefined) continue;
        if (!Number.isInteger(slots) || slots < 1 || slots > 50) {
          report(node, `A queue has 1 to 50 slots, not ${slots}.`, { severity: 'error' });
          continue;
        }
        sum += slots;
        if (most === undefined || slots > most.slots) most = { node, slots };
      }
      if (most === undefined || sum <= 15) return;
      report(
        most.node,
        sum > 50
          ? `The queues have ${sum} slots together; Redshift takes 50 at most.`
          : `The queues have ${sum} slots together; above 15 each has too little memory, and queries spill to disk.`,
        sum > 50 ? { severity: 'error' } : {},
      );
    },
  },
});
