import { defineRule } from '../../rule';
import type { Expression } from '../../../sql/ast';

/** A partition whose folder is named after other values. */
export const athenaAddPartitionLocationMismatch = defineRule({
  code: 'ATH313',
  id: 'athena-add-partition-location-mismatch',
  dialects: ['athena'],
  severity: 'warning',
  title: 'Give a partition the values that its folder is named by',
  why: 'Glue keeps the values as they are written: month=1 and a folder month=01 are two partitions to it. The next crawler or MSCK adds the folder again under its own name, and every row in it is counted twice.',
  sources: [
    'https://docs.aws.amazon.com/athena/latest/ug/alter-table-add-partition.html',
    'https://docs.aws.amazon.com/athena/latest/ug/msck-repair-table.html',
  ],
  catalog:
    "CREATE EXTERNAL TABLE card_payments (payment_id string) PARTITIONED BY (year string, month string) STORED AS PARQUET LOCATION 's3://lake/card_payments/'",
  bad: "ALTER TABLE card_payments ADD IF NOT EXISTS PARTITION (year = 2025, month = 3) LOCATION 's3://lake/card_payments/year=2025/month=03/'",
  good: "ALTER TABLE card_payments ADD IF NOT EXISTS PARTITION (year = '2025', month = '03') LOCATION 's3://lake/card_payments/year=2025/month=03/'",
  on: {
    PartitionSpec({ entries, location }, { report }) {
      if (location === undefined || /\{\{|\$\{/.test(location.value)) return;
      const folders = foldersOf(location.value);
      for (const { key, value } of entries) {
        const folder = folders.get(key.name.toLowerCase());
        const written = writtenValue(value);
        if (folder === undefined || written === undefined || folder === written) continue;
        const literal = `'${folder.replaceAll("'", "''")}'`;
        report(
          value,
          `The partition is ${key.name} = ${written}, but its folder is named ${key.name}=${folder}: a crawler or MSCK would add the folder a second time.`,
          {
            fixes: [
              {
                title: `Use ${literal}, as the folder is named`,
                edits: [{ start: value.start, end: value.end, text: literal }],
              },
            ],
          },
        );
      }
    },
  },
});

/** The `key=value` folders of a path, by key in lower case. */
function foldersOf(location: string): ReadonlyMap<string, string> {
  const folders = new Map<string, string>();
  for (const segment of location.split('/')) {
    const at = segment.indexOf('=');
    if (at > 0) folders.set(segment.slice(0, at).toLowerCase(), decoded(segment.slice(at + 1)));
  }
  return folders;
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/** The value as Glue will keep it; `undefined` for what is filled in later. */
function writtenValue(value: Expression): string | undefined {
  if (value.kind === 'Unary' && value.operator === '-' && value.operand.kind === 'Literal')
    return `-${value.operand.value}`;
  if (value.kind !== 'Literal' || value.type === 'null' || value.type === 'interval') return undefined;
  return /\{\{|\$\{/.test(value.value) ? undefined : value.value;
}
