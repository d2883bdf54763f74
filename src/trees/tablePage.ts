import { formatBytes, formatCount, formatDuration } from '../base/format';
import type { Column, Table } from '../catalog/catalog';
import { catalogTitle, catalogWhat } from '../catalog/catalogId';
import type { ColumnFacts, Grant } from '../catalog/tableDetails';
import { cell, code, line, tableOfRows } from './tablePageMarkdown';

/** What S3 holds below a table's location, where it was listed. */
export interface LocationFacts {
  readonly objects: number;
  readonly bytes: number;
  /** Objects that are not empty and under 1 MB. */
  readonly small?: number;
  readonly newest?: Date;
  readonly formats?: Readonly<Record<string, { readonly objects: number; readonly bytes: number }>>;
  /** Only a part was listed: the figures are the least there is. */
  readonly atLeast?: true;
  /** When it was listed. */
  readonly at?: Date;
}

/** All that is known of a table beside its definition; what is absent is not shown, rather than shown as zero. */
export interface TableFacts {
  readonly storage?: LocationFacts;
  /** How the location can be measured and what that costs, where it was not. */
  readonly howToMeasure?: string;
  /** By column name. */
  readonly statistics?: Readonly<Record<string, ColumnFacts>>;
  readonly statisticsAt?: Date;
  /** The newest partition's data and whether it is as new as expected, in words. */
  readonly freshness?: string;
  readonly lastCrawl?: {
    readonly crawler: string;
    readonly at?: Date;
    readonly status?: string;
    readonly message?: string;
  };
  readonly grants?: readonly Grant[];
  readonly indexes?: readonly {
    readonly name: string;
    readonly keys: readonly string[];
    readonly status?: string;
  }[];
  /** What is wrong with the table, in a sentence each: drift, dangers, projection. */
  readonly findings?: readonly string[];
  /** What could not be read and why, in a sentence each. */
  readonly unread?: readonly string[];
  /** The moment to which ages are counted; absent: no ages. */
  readonly now?: Date;
}

/** A table's page as Markdown, for a readable editor; every name and text in it is escaped. */
export function tablePage(table: Table, facts: TableFacts = {}): string {
  const sections = [
    head(table, facts),
    list('Findings', facts.findings),
    columns('Columns', table.columns, { table, facts }),
    columns('Partition keys', table.partitionKeys, { table, facts }),
    partitions(table, facts),
    storage(table, facts),
    format(table),
    pairs('SerDe parameters', table.serdeParameters),
    pairs('Partition projection', only(table.parameters, true)),
    pairs('Properties', only(table.parameters, false)),
    crawl(facts),
    grants(facts),
    view(table),
    list('Not read', facts.unread),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

const kinds: Readonly<Record<string, string>> = {
  hive: 'External table',
  iceberg: 'Iceberg table',
  delta: 'Delta table',
  hudi: 'Hudi table',
  view: 'View',
  native: 'Redshift table',
};

function head(table: Table, { now, freshness }: TableFacts): string {
  const title = `# ${cell(table.database === '' ? table.name : `${table.database}.${table.name}`)}`;
  const description = table.description === undefined ? '' : cell(table.description);
  const facts = [
    line(
      'Catalog',
      table.catalog === undefined
        ? undefined
        : `${catalogTitle(table.catalog)} (${catalogWhat(table.catalog)})`,
    ),
    line('Kind', table.kind === undefined ? undefined : kinds[table.kind]),
    line(
      'Links to',
      table.linksTo === undefined
        ? undefined
        : `${table.linksTo.database}.${table.linksTo.name} in ${catalogTitle(table.linksTo.catalog)}`,
    ),
    line('Owner', table.owner),
    line('Created', when(table.createdAt, now)),
    line('Changed', when(table.updatedAt, now)),
    line('Rows', table.rows === undefined ? undefined : formatCount(table.rows)),
    line('Size', table.bytes === undefined ? undefined : formatBytes(table.bytes)),
    line('Freshness', freshness),
  ].filter((one) => one !== '');
  return [title, description, facts.join('\n')].filter((part) => part !== '').join('\n\n');
}

function columns(
  title: string,
  all: readonly Column[],
  { table, facts }: { readonly table: Table; readonly facts: TableFacts },
): string {
  if (all.length === 0) return '';
  const of = ({ name }: Column): ColumnFacts => facts.statistics?.[name] ?? {};
  const count = (value: number | undefined): string => (value === undefined ? '' : formatCount(value));
  const rows = all.map((column, index) => [
    String(index + 1),
    code(column.name),
    code(column.type),
    column.notNull === true ? 'not null' : '',
    bytesOf(table, column),
    count(of(column).nulls),
    count(of(column).distinct),
    cell(of(column).min ?? ''),
    cell(of(column).max ?? ''),
    cell(column.comment ?? ''),
  ]);
  const names = ['#', 'Name', 'Type', 'Null', 'Size', 'Nulls', 'Distinct', 'Least', 'Greatest', 'Comment'];
  const as =
    facts.statisticsAt === undefined || facts.statistics === undefined
      ? ''
      : when(facts.statisticsAt, facts.now);
  const note = as === '' || as === undefined ? '' : `\n\nStatistics of ${as}.`;
  return `## ${title}\n\n${tableOfRows(names, rows)}${note}`;
}

function bytesOf({ columnBytes }: Table, { name }: Column): string {
  const bytes = columnBytes?.[name];
  return bytes === undefined ? '' : formatBytes(bytes);
}

function partitions(table: Table, { indexes = [] }: TableFacts): string {
  const { partitionFields = [], partitionKeys } = table;
  const newest = table.newestPartition?.map((value, index) => `${partitionKeys[index]?.name ?? ''}=${value}`);
  const lines = [
    line('Partitioned by', partitionFields.length === 0 ? undefined : partitionFields.join(', ')),
    line('Partitions', table.partitionCount === undefined ? undefined : formatCount(table.partitionCount)),
    line('Newest', newest?.join('/')),
    line(
      'Median size',
      table.medianPartitionBytes === undefined ? undefined : formatBytes(table.medianPartitionBytes),
    ),
    ...indexes.map(({ name, keys, status }) =>
      line(`Index ${name}`, `${keys.join(', ')}${status === undefined ? '' : ` (${status.toLowerCase()})`}`),
    ),
  ].filter((one) => one !== '');
  return lines.length === 0 ? '' : `## Partitions\n\n${lines.join('\n')}`;
}

function storage(table: Table, { storage: found, howToMeasure, now }: TableFacts): string {
  if (table.location === undefined && found === undefined) return '';
  const least = found?.atLeast === true ? 'at least ' : '';
  const small =
    found?.small === undefined || found.objects === 0
      ? undefined
      : `${formatCount(found.small)} under 1 MB (${Math.round((100 * found.small) / found.objects)} %)`;
  const lines = [
    table.location === undefined ? '' : `- **Location**: ${code(table.location)}`,
    line(
      'Objects',
      found === undefined
        ? undefined
        : found.objects === 0
          ? 'none: nothing lies there'
          : `${least}${formatCount(found.objects)}`,
    ),
    line(
      'Bytes',
      found === undefined || found.objects === 0 ? undefined : `${least}${formatBytes(found.bytes)}`,
    ),
    line('Small files', small),
    line('Newest object', when(found?.newest, now)),
    line('Measured', when(found?.at, now)),
    found === undefined ? line('Not measured', howToMeasure) : '',
    line(
      'Storage class',
      table.archivedIn === undefined
        ? undefined
        : `some objects in ${table.archivedIn}, which Athena passes over`,
    ),
    ...Object.entries(found?.formats ?? {}).map(([name, { objects, bytes }]) =>
      line(`Files of ${name}`, `${formatCount(objects)}, ${formatBytes(bytes)}`),
    ),
  ].filter((one) => one !== '');
  return `## What S3 holds\n\n${lines.join('\n')}`;
}

function format(table: Table): string {
  const lines = [
    line('Format', table.format),
    line('SerDe', table.serde),
    line('Input format', table.inputFormat),
    line('Output format', table.outputFormat),
    line(
      'Distribution',
      table.distribution === undefined
        ? undefined
        : [table.distribution.style, table.distribution.key].filter((part) => part !== undefined).join(' '),
    ),
    line('Sort keys', table.sortKeys?.join(', ')),
  ].filter((one) => one !== '');
  return lines.length === 0 ? '' : `## Format\n\n${lines.join('\n')}`;
}

function crawl({ lastCrawl, now }: TableFacts): string {
  if (lastCrawl === undefined) return '';
  const lines = [
    line('Crawler', lastCrawl.crawler),
    line('Ran', when(lastCrawl.at, now)),
    line('Status', lastCrawl.status?.toLowerCase()),
    line('Said', lastCrawl.message),
  ].filter((one) => one !== '');
  return `## Last crawl\n\n${lines.join('\n')}`;
}

function grants({ grants: all }: TableFacts): string {
  if (all === undefined) return '';
  if (all.length === 0) return '## Grants\n\nLake Formation lists no grants on this table.';
  const rows = all.map((grant) => [
    code(grant.principal),
    cell(grant.permissions.join(', ')),
    cell(grant.grantable?.join(', ') ?? ''),
    cell(columnsOf(grant)),
  ]);
  const names = ['Principal', 'Permissions', 'May grant', 'Columns'];
  return `## Grants\n\n${tableOfRows(names, rows)}`;
}

function columnsOf({ columns: some, exceptColumns: except }: Grant): string {
  if (some !== undefined) return some.join(', ');
  return except === undefined ? 'all' : `all but ${except.join(', ')}`;
}

function view({ viewSql }: Table): string {
  if (viewSql === undefined) return '';
  // A fence longer than any inside of it.
  const longest = Math.max(2, ...[...viewSql.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `## SQL\n\n${fence}sql\n${viewSql.trim()}\n${fence}`;
}

function only(
  parameters: Readonly<Record<string, string>> | undefined,
  projection: boolean,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(parameters ?? {}).filter(
      ([key]) => /^projection\.|^storage\.location\.template$/i.test(key) === projection,
    ),
  );
}

function pairs(title: string, map: Readonly<Record<string, string>> | undefined): string {
  const rows = Object.entries(map ?? {})
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => [code(key), code(value)]);
  return rows.length === 0 ? '' : `## ${title}\n\n${tableOfRows(['Key', 'Value'], rows)}`;
}

function list(title: string, sentences: readonly string[] | undefined): string {
  if (sentences === undefined || sentences.length === 0) return '';
  return `## ${title}\n\n${sentences.map((sentence) => `- ${cell(sentence)}`).join('\n')}`;
}

/** `2024-03-01 10:00 UTC (3 h ago)`. */
function when(date: Date | undefined, now: Date | undefined): string | undefined {
  if (date === undefined) return undefined;
  const text = `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  if (now === undefined || now < date) return text;
  const ms = now.getTime() - date.getTime();
  const days = Math.floor(ms / 86_400_000);
  return `${text} (${days >= 2 ? `${formatCount(days)} days` : formatDuration(ms)} ago)`;
}
