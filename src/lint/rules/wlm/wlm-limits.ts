import { plainOf, propertyOf } from '../../../documents/data/access';
import { defineRule } from '../../rule';

/** More than the parameter holds. */
export const wlmLimits = defineRule({
  code: 'WLM09',
  id: 'wlm-limits',
  dialects: ['redshift-wlm'],
  severity: 'error',
  title: 'Stay within eight queues and 8,000 characters',
  why: 'Redshift takes eight queues beside the default one, names of their own of 64 characters at most, and 8,000 characters for the whole value. Beyond that it rejects the parameter, and the cluster keeps its old queues. A text that is only within the limit without its white space must be written so: a warning.',
  sources: [
    'https://docs.aws.amazon.com/redshift/latest/mgmt/workload-mgmt-config.html',
    'https://docs.aws.amazon.com/redshift/latest/dg/automatic-wlm.html',
  ],
  bad: `[
  { "name": "claims", "query_group": ["claims"], "queue_type": "auto", "auto_wlm": true },
  { "name": "claims", "query_group": ["claims_report"], "queue_type": "auto", "auto_wlm": true },
  { "name": "default", "queue_type": "auto", "auto_wlm": true }
]`,
  good: `[
  { "name": "claims", "query_group": ["claims"], "queue_type": "auto", "auto_wlm": true },
  { "name": "claim reports", "query_group": ["claims_report"], "queue_type": "auto", "auto_wlm": true },
  { "name": "default", "queue_type": "auto", "auto_wlm": true }
]`,
  check: {
    'redshift-wlm'({ data, queues }, { report }) {
      const last = queues.at(-1);
      const own = queues.filter(
        (queue) => queue !== last || queue.groups.some(({ labels }) => labels.length > 0),
      );
      const ninth = own[8];
      if (ninth !== undefined)
        report(
          ninth.span,
          `This is queue 9 of ${own.length} beside the default queue; Redshift takes eight.`,
        );
      const names = new Set<string>();
      for (const { node, name } of queues) {
        const property = propertyOf(node, 'name');
        if (property === undefined || name === undefined) continue;
        if (name.length > 64)
          report(property.value, `The name has ${name.length} characters; Redshift takes 64.`);
        else if (/["']/.test(name)) report(property.value, 'A queue name cannot have quotation marks.');
        else if (names.has(name)) report(property.value, `Two queues are called ${name}.`);
        names.add(name);
      }
      const { root, text, format } = data;
      if (root === undefined || queues.length === 0) return;
      const written = JSON.stringify(plainOf(root)).length;
      const place = { start: root.start, end: root.start + 1 };
      if (written > 8000)
        report(
          place,
          `The configuration has ${written.toLocaleString('en-US')} characters without white space; Redshift takes 8,000.`,
        );
      else if (format === 'json' && text.trim().length > 8000)
        report(
          place,
          `The configuration has ${text.trim().length.toLocaleString('en-US')} characters, ${written.toLocaleString('en-US')} without white space; Redshift takes 8,000.`,
          { severity: 'warning' },
        );
    },
  },
});
