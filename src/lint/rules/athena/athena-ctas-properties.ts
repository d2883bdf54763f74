import type { Span, TextEdit } from '../../../base/text';
import type { CreateTableAs, Option } from '../../../sql/ast';
import { defineRule, type ReportOptions, type RuleContext } from '../../rule';
import { nearest } from '../../settings';
import { isFilledIn, makesIceberg, property } from './ctasProperties';

const list = (words: string): readonly string[] => words.split(/\s+/);
const hive = list(`table_type external_location is_external format partitioned_by bucketed_by bucket_count
field_delimiter write_compression compression_level parquet_compression orc_compression`);
const iceberg = list(`table_type location is_external format partitioning write_compression compression_level
vacuum_min_snapshots_to_keep vacuum_max_snapshot_age_seconds vacuum_max_metadata_files_to_keep
write_target_data_file_size_bytes optimize_rewrite_data_file_threshold optimize_rewrite_delete_file_threshold
optimize_rewrite_min_data_file_size_bytes optimize_rewrite_max_data_file_size_bytes`);
/** What only the other kind of table has, and what this one has in its place. */
const notForIceberg: Readonly<Record<string, string>> = {
  external_location: 'location',
  partitioned_by: 'partitioning',
  bucketed_by: 'partitioning with bucket()',
  bucket_count: 'partitioning with bucket()',
};
const notForHive: Readonly<Record<string, string>> = {
  location: 'external_location',
  partitioning: 'partitioned_by',
};
/** Codecs that a format does not have (the guide's page on compression). */
const impossible: Readonly<Record<string, readonly string[]>> = {
  PARQUET: ['ZLIB', 'BZIP2', 'DEFLATE'],
  ORC: ['BZIP2', 'DEFLATE'],
};

/** Properties of a table made by a query that contradict each other or do not exist. */
export const athenaCtasProperties = defineRule({
  code: 'ATH305',
  id: 'athena-ctas-properties',
  dialects: ['athena'],
  severity: 'error',
  title: 'Properties of CREATE TABLE AS that fit together',
  why: 'Athena checks the properties before it runs the query: one that is unknown, given twice, or of the other kind of table fails the statement, and so do two compressions. Iceberg tables need a location and is_external = false.',
  sources: [
    'https://docs.aws.amazon.com/athena/latest/ug/create-table-as.html',
    'https://docs.aws.amazon.com/athena/latest/ug/compression-formats.html',
  ],
  catalog:
    "CREATE EXTERNAL TABLE shops (shop string, city string) STORED AS PARQUET LOCATION 's3://lake/shops/'",
  bad: "CREATE TABLE shop_list WITH (format = 'PARQUET', write_compression = 'ZSTD', parquet_compression = 'GZIP', external_location = 's3://lake/shop_list/') AS SELECT shop, city FROM shops",
  good: "CREATE TABLE shop_list WITH (format = 'PARQUET', write_compression = 'ZSTD', external_location = 's3://lake/shop_list/') AS SELECT shop, city FROM shops",
  on: {
    CreateTableAs(statement, context) {
      if (context.statement.templated) return;
      if (statement.properties.length === 0) return;
      checkNames(statement, context);
      checkCompression(statement.properties, context);
      if (makesIceberg(statement)) checkIceberg(statement, context);
    },
  },
});

function checkNames(statement: CreateTableAs, { report, statement: { text } }: RuleContext): void {
  const isIceberg = makesIceberg(statement);
  const known = isIceberg ? iceberg : hive;
  const others = isIceberg ? notForIceberg : notForHive;
  const seen = new Set<string>();
  for (const option of statement.properties) {
    const key = option.key.toLowerCase();
    if (seen.has(key)) {
      report(option.keySpan, `${key} is given twice.`, {
        fixes: [{ title: `Remove the second ${key}`, edits: [removal(option, text)] }],
      });
    }
    seen.add(key);
    const instead = others[key];
    const meant = known.includes(key) ? undefined : nearest(key, known);
    if (instead !== undefined) {
      const kind = isIceberg ? 'Iceberg tables' : 'tables over files';
      report(
        option.keySpan,
        `${key} is not for ${kind}: use ${instead}.`,
        rename(option.keySpan, instead, key),
      );
    } else if (meant !== undefined && !isFilledIn(option.key)) {
      report(
        option.keySpan,
        `There is no property ${key}: did you mean ${meant}?`,
        rename(option.keySpan, meant, ''),
      );
    }
  }
}

// Only a location means the same under both names.
function rename(span: Span, to: string, from: string): ReportOptions {
  if (from !== '' && !from.endsWith('location')) return {};
  return { fixes: [{ title: `Write ${to}`, edits: [{ ...at(span), text: to }] }] };
}

function checkCompression(properties: readonly Option[], { report, statement: { text } }: RuleContext): void {
  const general = property(properties, 'write_compression');
  const special = ['parquet_compression', 'orc_compression'].flatMap(
    (key) => property(properties, key) ?? [],
  );
  for (const option of special) {
    const key = option.key.toLowerCase();
    if (general !== undefined) {
      report(option.keySpan, `${key} and write_compression exclude each other.`, {
        fixes: [{ title: `Remove ${key}`, edits: [removal(option, text)] }],
      });
    } else {
      report(option.keySpan, `write_compression says the same for every format.`, {
        severity: 'hint',
        fixes: [
          { title: 'Write write_compression', edits: [{ ...at(option.keySpan), text: 'write_compression' }] },
        ],
      });
    }
  }
  const format = property(properties, 'format');
  const written = (format?.value ?? 'PARQUET').toUpperCase();
  if (format?.valueSpan !== undefined && written === 'CSV') {
    report(
      format.valueSpan,
      "CREATE TABLE AS has no format CSV: write TEXTFILE with field_delimiter = ','.",
      {
        fixes: [{ title: "Write 'TEXTFILE'", edits: [{ ...at(format.valueSpan), text: "'TEXTFILE'" }] }],
      },
    );
  }
  for (const option of [general, ...special]) {
    const codec = option?.value?.toUpperCase() ?? '';
    if (option?.valueSpan === undefined || impossible[written]?.includes(codec) !== true) continue;
    report(option.valueSpan, `${written} cannot be compressed by ${codec}.`);
  }
}

function checkIceberg({ properties, name }: CreateTableAs, { report }: RuleContext): void {
  const type = property(properties, 'table_type');
  if (type === undefined) return;
  const external = property(properties, 'is_external');
  if (external === undefined || external.value?.toLowerCase() === 'true') {
    const edit =
      external?.valueSpan === undefined
        ? { start: type.end, end: type.end, text: ', is_external = false' }
        : { ...at(external.valueSpan), text: 'false' };
    report(external ?? type, 'An Iceberg table needs is_external = false.', {
      fixes: [{ title: 'Set is_external = false', edits: [edit] }],
    });
  }
  // A table of a catalog of its own, such as an S3 table bucket, has its place there.
  const placed = ['location', 'external_location'].some((key) => property(properties, key) !== undefined);
  if (placed || name.parts.length > 2) return;
  const table = name.parts.at(-1)?.name ?? '';
  report(type, 'An Iceberg table needs a location.', {
    fixes: [
      {
        title: 'Add a location',
        edits: [{ start: type.end, end: type.end, text: `, location = 's3://bucket/${table}/'` }],
        scaffold: true,
      },
    ],
  });
}

function at({ start, end }: Span): Span {
  return { start, end };
}

/** The property with the comma beside it. */
function removal({ start, end }: Option, text: string): TextEdit {
  const before = /,\s*$/.exec(text.slice(0, start));
  if (before !== null) return { start: start - before[0].length, end, text: '' };
  const after = /^\s*,\s*/.exec(text.slice(end));
  return { start, end: end + (after?.[0].length ?? 0), text: '' };
}
