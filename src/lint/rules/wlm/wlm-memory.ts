import { isUnknown, numberOf, valueOf } from '../../../documents/data/access';
import { insertProperty, replaceValue } from '../../../documents/data/edits';
import { defineRule } from '../../rule';

/** Shares of memory that are no whole. */
export const wlmMemory = defineRule({
  code: 'WLM02',
  id: 'wlm-memory',
  dialects: ['redshift-wlm'],
  severity: 'error',
  title: 'Share out the memory among all queues, 100 percent at most',
  why: 'Where one manual queue has memory_percent_to_use all must have it, and together they cannot have more than 100: Redshift rejects the configuration. What is left below 100 it lends out as it sees fit: a hint.',
  sources: ['https://docs.aws.amazon.com/redshift/latest/mgmt/workload-mgmt-config.html'],
  bad: `[
  {
    "name": "ledger close",
    "query_group": ["ledger"],
    "memory_percent_to_use": 70,
    "query_concurrency": 3
  },
  {
    "name": "default",
    "memory_percent_to_use": 40,
    "query_concurrency": 5
  }
]`,
  good: `[
  {
    "name": "ledger close",
    "query_group": ["ledger"],
    "memory_percent_to_use": 70,
    "query_concurrency": 3
  },
  {
    "name": "default",
    "memory_percent_to_use": 30,
    "query_concurrency": 5
  }
]`,
  check: {
    'redshift-wlm'({ data, queues }, { report }) {
      if (queues.some(({ mode }) => mode === 'auto')) return;
      const shares = queues.map((queue) => {
        const node = valueOf(queue.node, 'memory_percent_to_use');
        return { queue, node, percent: numberOf(node) };
      });
      const given = shares.filter(({ node }) => node !== undefined);
      if (given.length === 0 || given.some(({ node, percent }) => isUnknown(node) || percent === undefined))
        return;
      const sum = given.reduce((total, { percent = 0 }) => total + percent, 0);
      const without = shares.filter(({ node }) => node === undefined);
      for (const { queue } of without) {
        const fix =
          without.length === 1 && sum < 100
            ? insertProperty(data, queue.node, { key: 'memory_percent_to_use', value: 100 - sum })
            : [];
        report(
          queue.span,
          `${queue.label} has no memory_percent_to_use, other queues have: Redshift wants it of all or of none.`,
          fix.length === 0
            ? {}
            : { fixes: [{ title: `Give it the ${100 - sum}% that are left`, edits: fix }] },
        );
      }
      const last = shares.at(-1);
      if (without.length > 0 || last?.node === undefined || last.percent === undefined || sum === 100) return;
      const rest = 100 - (sum - last.percent);
      const fixes =
        rest > 0
          ? [
              {
                title: `Give ${last.queue.label} ${rest}%`,
                edits: replaceValue(data, last.node, rest),
                ...(sum > 100 ? { scaffold: true } : {}),
              },
            ]
          : [];
      report(
        last.node,
        sum > 100
          ? `The queues have ${sum}% of the memory together; Redshift takes 100 at most.`
          : `The queues have ${sum}% of the memory together; nobody owns the other ${100 - sum}%.`,
        { severity: sum > 100 ? 'error' : 'hint', fixes },
      );
    },
  },
});
