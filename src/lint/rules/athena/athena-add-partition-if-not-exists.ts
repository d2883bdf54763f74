import { defineRule } from '../../rule';

/** A partition that may be there already. */
export const athenaAddPartitionIfNotExists = defineRule({
  code: 'ATH312',
  id: 'athena-add-partition-if-not-exists',
  dialects: ['athena'],
  severity: 'warning',
  title: 'Add partitions with IF NOT EXISTS',
  why: 'Without it the statement fails as soon as one of its partitions exists, so that a job cannot be run again, and the others are not added.',
  sources: ['https://docs.aws.amazon.com/athena/latest/ug/alter-table-add-partition.html'],
  bad: "ALTER TABLE logins ADD PARTITION (dt = '2025-03-09') LOCATION 's3://lake/logins/dt=2025-03-09/'",
  good: "ALTER TABLE logins ADD IF NOT EXISTS PARTITION (dt = '2025-03-09') LOCATION 's3://lake/logins/dt=2025-03-09/'",
  on: {
    AlterAction({ action, guarded, start }, { report, statement: { text, templated } }) {
      if (action !== 'ADD PARTITION' || guarded || templated) return;
      const words = /^add\b/i.exec(text.slice(start));
      if (words === null) return;
      const end = start + words[0].length;
      report({ start, end }, 'This fails when one of the partitions exists: write ADD IF NOT EXISTS.', {
        fixes: [{ title: 'Insert IF NOT EXISTS', edits: [{ start: end, end, text: ' IF NOT EXISTS' }] }],
      });
    },
  },
});
