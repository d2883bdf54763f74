import { isUnknown, propertyOf, textOf } from '../../../documents/data/access';
import { insertProperty, replaceValue } from '../../../documents/data/edits';
import { defineRule } from '../../rule';

/** A pattern that is taken for a name. */
export const wlmWildcardFlag = defineRule({
  code: 'WLM10',
  id: 'wlm-wildcard-flag',
  dialects: ['redshift-wlm'],
  severity: 'warning',
  title: 'Switch wildcards on where a group has one',
  why: 'Wildcards are off unless query_group_wild_card or user_group_wild_card is 1. Until then card_* is the name of a group that nobody is in: its queries run in the default queue, and nothing says so.',
  sources: [
    'https://docs.aws.amazon.com/redshift/latest/mgmt/workload-mgmt-config.html',
    'https://docs.aws.amazon.com/redshift/latest/dg/cm-c-defining-query-queues.html',
  ],
  bad: `[
  {
    "name": "card loads",
    "query_group": ["card_*"],
    "priority": "high",
    "queue_type": "auto",
    "auto_wlm": true
  },
  {
    "name": "default",
    "queue_type": "auto",
    "auto_wlm": true
  }
]`,
  good: `[
  {
    "name": "card loads",
    "query_group": ["card_*"],
    "query_group_wild_card": 1,
    "priority": "high",
    "queue_type": "auto",
    "auto_wlm": true
  },
  {
    "name": "default",
    "queue_type": "auto",
    "auto_wlm": true
  }
]`,
  check: {
    'redshift-wlm'({ data, queues }, { report }) {
      for (const { node, groups } of queues) {
        for (const { key, labels } of groups) {
          const label = labels.find((each) => !isUnknown(each) && /[*?]/.test(textOf(each) ?? ''));
          const flag = propertyOf(node, `${key}_wild_card`);
          if (label === undefined || isOn(flag?.value) || isUnknown(flag?.value)) continue;
          const property = propertyOf(node, key);
          // The flag under a name that Redshift does not know: that is the finding.
          if (flag === undefined && propertyOf(node, `${key}_wildcard`) !== undefined) continue;
          report(label, `${textOf(label) ?? ''} is a name here, not a pattern: ${key}_wild_card is not 1.`, {
            fixes: [
              {
                title: `Set ${key}_wild_card to 1`,
                edits:
                  flag === undefined
                    ? insertProperty(data, node, {
                        key: `${key}_wild_card`,
                        value: 1,
                        ...(property === undefined ? {} : { after: property }),
                      })
                    : replaceValue(data, flag.value, 1),
              },
            ],
          });
        }
      }
    },
  },
});

function isOn(node: Parameters<typeof textOf>[0]): boolean {
  if (node?.kind === 'scalar') return node.value === 1 || node.value === true;
  return textOf(node) === '1' || textOf(node) === 'true';
}
