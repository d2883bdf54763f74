import type { CrawlerInput } from './crawlerStore';

/** What is known of the files before a crawler for them is proposed. */
export interface ProposedCrawler {
  readonly bucket: string;
  /** `''` or with a slash at its end. */
  readonly prefix: string;
  readonly database: string;
  /** Absent: to be filled in. */
  readonly role?: string;
  readonly schedule?: string;
  readonly name?: string;
  /** The files are one table, or each folder below the prefix is one. */
  readonly tables: 'one' | 'folders';
  /** The table has `key=value` folders, which come new and are not written again. */
  readonly partitioned: boolean;
}

/** What no table is made of: marks of jobs that are done, and what they leave while they run. */
const exclusions = ['**_SUCCESS', '**_temporary/**', '**.crc', '**.tmp'];

/**
 * A crawler that makes just the tables that are meant, as JSON to be looked over: its level is fixed, partitions take
 * over the columns of the table, nothing is deleted, and of partitioned tables only new folders are crawled.
 */
export function proposedConfiguration(wish: ProposedCrawler): string {
  const { bucket, prefix, database, role = '', schedule, tables, partitioned } = wish;
  const folders = prefix.split('/').filter((part) => part !== '');
  const level = 1 + folders.length + (tables === 'folders' ? 1 : 0);
  const own = folders.at(-1) ?? bucket;
  const name = wish.name ?? `${database}-${own}`.replaceAll(/[^\w-]+/g, '-');
  const onlyNew = partitioned && tables === 'one';
  const configuration = {
    Name: name,
    Description: `Crawls s3://${bucket}/${prefix} for ${tables === 'one' ? 'one table' : 'a table in each folder'}`,
    Role: role,
    DatabaseName: database,
    Targets: { S3Targets: [{ Path: `s3://${bucket}/${prefix}`, Exclusions: exclusions }] },
    ...(schedule === undefined ? {} : { Schedule: schedule }),
    RecrawlPolicy: { RecrawlBehavior: onlyNew ? 'CRAWL_NEW_FOLDERS_ONLY' : 'CRAWL_EVERYTHING' },
    SchemaChangePolicy: { UpdateBehavior: onlyNew ? 'LOG' : 'UPDATE_IN_DATABASE', DeleteBehavior: 'LOG' },
    Configuration: {
      Version: 1.0,
      CrawlerOutput: {
        Partitions: { AddOrUpdateBehavior: 'InheritFromTable' },
        Tables: { AddOrUpdateBehavior: 'MergeNewColumns' },
      },
      Grouping: { TableGroupingPolicy: 'CombineCompatibleSchemas', TableLevelConfiguration: level },
    },
  };
  return `${JSON.stringify(configuration, undefined, 2)}\n`;
}

/** A configuration as CreateCrawler takes it: Configuration becomes a text. Undefined for what is no configuration. */
export function crawlerInput(text: string): CrawlerInput | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(value)) return undefined;
  const { Name, Configuration } = value;
  if (typeof Name !== 'string') return undefined;
  return {
    ...value,
    Name,
    ...(isRecord(Configuration) ? { Configuration: JSON.stringify(Configuration) } : {}),
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
