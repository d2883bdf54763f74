import { propertyOf } from '../../../documents/data/access';
import { removeProperty } from '../../../documents/data/edits';
import { defineRule } from '../../rule';

/** Settings of the one mode in a queue of the other. */
export const wlmAutoManualMix = defineRule({
  code: 'WLM04',
  id: 'wlm-auto-manual-mix',
  dialects: ['redshift-wlm'],
  severity: 'error',
  title: 'Give a queue only the settings of its mode',
  why: 'Automatic WLM chooses slots and memory itself: query_concurrency, memory_percent_to_use and max_execution_time are for manual queues only, priority for automatic ones only. A queue that says auto and manual at once has no mode at all.',
  sources: ['https://docs.aws.amazon.com/redshift/latest/mgmt/workload-mgmt-config.html'],
  bad: `[
  {
    "name": "fraud checks",
    "query_group": ["fraud"],
    "priority": "highest",
    "query_concurrency": 10,
    "queue_type": "auto",
    "auto_wlm": true
  },
  {
    "name": "default",
    "priority": "normal",
    "queue_type": "auto",
    "auto_wlm": true
  }
]`,
  good: `[
  {
    "name": "fraud checks",
    "query_group": ["fraud"],
    "priority": "highest",
    "queue_type": "auto",
    "auto_wlm": true
  },
  {
    "name": "default",
    "priority": "normal",
    "queue_type": "auto",
    "auto_wlm": true
  }
]`,
  check: {
    'redshift-wlm'({ data, queues }, { report }) {
      for (const { node, mode, label } of queues) {
        const keys = mode === 'auto' ? manualOnly : mode === 'manual' ? ['priority'] : [];
        for (const key of keys) {
          const property = propertyOf(node, key);
          if (property === undefined) continue;
          report(
            property.keySpan,
            mode === 'auto'
              ? `${label} is an automatic queue, and ${key} is for manual ones.`
              : `${label} is a manual queue, and ${key} is for automatic ones.`,
            { fixes: [{ title: `Take ${key} out`, edits: removeProperty(data, node, property) }] },
          );
        }
        const type = propertyOf(node, 'queue_type');
        const auto = propertyOf(node, 'auto_wlm');
        if (mode !== undefined || type?.value.kind !== 'text' || auto?.value.kind !== 'scalar') continue;
        if (!/^(?:auto|manual)$/.test(type.value.value)) continue;
        report(type.value, `${label} says ${type.value.value} here, and auto_wlm says the contrary.`);
      }
    },
  },
});

const manualOnly: readonly string[] = ['query_concurrency', 'memory_percent_to_use', 'max_execution_time'];
