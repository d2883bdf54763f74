import type { Span } from '../../../base/text';
import type { Option } from '../../../sql/ast';
import type { Severity } from '../../finding';
import { defineRule, type RuleContext } from '../../rule';
import { isFilledIn } from './ctasProperties';

/** A place that is no folder of S3. */
export const athenaLocationFormat = defineRule({
  code: 'ATH308',
  id: 'athena-location-format',
  dialects: ['athena'],
  severity: 'warning',
  title: 'Name the place of a table as s3://bucket/folder/',
  why: 'Athena reads everything below a prefix: no file names, wildcards, ARNs or web addresses. An empty folder name (//) is a folder of its own to S3, and s3a:// makes MSCK REPAIR TABLE fail.',
  sources: [
    'https://docs.aws.amazon.com/athena/latest/ug/tables-location-format.html',
    'https://docs.aws.amazon.com/athena/latest/ug/msck-repair-table.html',
  ],
  bad: "CREATE EXTERNAL TABLE access_log (request string, status int) STORED AS PARQUET LOCATION 's3a://lake/access/*'",
  good: "CREATE EXTERNAL TABLE access_log (request string, status int) STORED AS PARQUET LOCATION 's3://lake/access/'",
  on: {
    CreateTable: ({ options }, context) => checkOptions(options, /^LOCATION$/, context),
    CreateTableAs: ({ properties }, context) => checkOptions(properties, /^(external_)?location$/i, context),
    PartitionSpec({ location }, context) {
      if (location !== undefined) check(location.value, location, context);
    },
    AlterAction({ action, options }, context) {
      const [first] = options;
      if (action === 'SET LOCATION' && first?.valueSpan !== undefined)
        check(first.value ?? '', first.valueSpan, context);
    },
  },
});

function checkOptions(options: readonly Option[], key: RegExp, context: RuleContext): void {
  for (const option of options) {
    if (key.test(option.key) && option.valueSpan !== undefined)
      check(option.value ?? '', option.valueSpan, context);
  }
}

function check(location: string, span: Span, { report, statement }: RuleContext): void {
  if (location === '' || isFilledIn(location)) return;
  const fault = faultOf(location);
  if (fault === undefined) return;
  const written = statement.text.slice(span.start, span.end);
  const mended = mend(location);
  const text = /^'[^']*'$/.test(written) && mended !== undefined ? `'${mended}'` : undefined;
  report(span, fault.message, {
    severity: fault.severity,
    fixes:
      text === undefined
        ? []
        : [{ title: `Write ${text}`, edits: [{ start: span.start, end: span.end, text }] }],
  });
}

function faultOf(location: string): { readonly severity: Severity; readonly message: string } | undefined {
  const scheme = /^([a-z0-9]+):/i.exec(location)?.[1]?.toLowerCase();
  if (scheme === 'arn')
    return { severity: 'error', message: 'A LOCATION is not an ARN: write s3://bucket/folder/.' };
  if (scheme === 'http' || scheme === 'https')
    return { severity: 'error', message: 'A LOCATION is not a web address: write s3://bucket/folder/.' };
  if (/[*?]/.test(location))
    return {
      severity: 'warning',
      message: 'Athena knows no wildcards in a LOCATION: name the folder alone.',
    };
  if (scheme === 's3a' || scheme === 's3n')
    return { severity: 'warning', message: `${scheme}:// makes MSCK REPAIR TABLE fail: write s3://.` };
  if (scheme !== 's3') return undefined;
  if (/.\/\//.test(location.slice('s3://'.length)))
    return {
      severity: 'warning',
      message: '// is a folder without a name to S3, and seldom where the files are.',
    };
  if (location.endsWith('/')) return undefined;
  return /\/[^/]+\.(parquet|orc|csv|tsv|json|avro|gz|snappy|txt|zip|bz2)$/i.test(location)
    ? { severity: 'warning', message: 'A LOCATION names a folder, not a file.' }
    : { severity: 'hint', message: 'A LOCATION ends in /, or folders that begin alike are read too.' };
}

function mend(location: string): string | undefined {
  const arn = /^arn:aws[\w-]*:s3:::(.+)$/i.exec(location)?.[1];
  const web = /^https?:\/\/([\w.-]+)\.s3[\w.-]*\.amazonaws\.com\/(.+)$/i.exec(location);
  const path =
    arn ?? (web === null ? /^s3[an]?:\/\/(.+)$/i.exec(location)?.[1] : `${web[1] ?? ''}/${web[2] ?? ''}`);
  if (path === undefined) return undefined;
  const folders = path
    .split('/')
    .filter(
      (part, at) =>
        part !== '' &&
        (at === 0 || !/[*?]|\.(parquet|orc|csv|tsv|json|avro|gz|snappy|txt|zip|bz2)$/i.test(part)),
    );
  return `s3://${folders.join('/')}/`;
}
