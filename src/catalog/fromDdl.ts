import type {
  ColumnDefinition,
  CreateTable,
  CreateTableAs,
  CreateView,
  Dialect,
  Option,
  ParsedStatement,
} from '../sql/ast';
import type { Column, Table } from './catalog';
import { columnFrom, formatNamed, optionOf, propertiesFrom, refName } from './ddlColumns';
import { queryColumns } from './queryColumns';

/** Answers for the tables that a definition reads from. */
export type Lookup = (parts: readonly string[]) => Table | undefined;

/** The table of a CREATE TABLE; undefined when it is LIKE a table that nobody knows. */
export function createdTable(
  body: CreateTable,
  { dialect, lookup }: { readonly dialect: Dialect; readonly lookup: Lookup },
): Table | undefined {
  const like = body.like === undefined ? undefined : lookup(body.like.parts.map(({ name }) => name));
  if (body.like !== undefined && like === undefined) return undefined;
  const columns = [...(like?.columns ?? []), ...body.columns.flatMap((column) => columnFrom(column) ?? [])];
  // LIKE takes over Redshift's distribution and sort key with the columns.
  const inherited =
    like === undefined
      ? {}
      : {
          ...(like.distribution === undefined ? {} : { distribution: like.distribution }),
          ...(like.sortKeys === undefined ? {} : { sortKeys: like.sortKeys }),
        };
  const name = refName(body.name);
  if (dialect === 'redshift' && !body.external) {
    return { ...name, columns, partitionKeys: [], kind: 'native', ...inherited, ...redshiftLayout(body) };
  }
  const parameters = propertiesFrom(body.properties);
  const kind = kindFrom(parameters['table_type']);
  // Iceberg keeps its partition fields among the columns: a query may leave them out without a word.
  const partitionKeys = body.partitionedBy.flatMap((column) => columnFrom(column) ?? []);
  const storage = { ...(kind === 'hive' ? { format: 'text' as const } : {}), ...storageOf(body) };
  return {
    ...name,
    columns,
    partitionKeys: kind === 'iceberg' ? [] : partitionKeys,
    ...(kind === 'iceberg' ? { partitionFields: body.partitionedBy.map(fieldOf) } : {}),
    kind,
    ...storage,
    ...(Object.keys(parameters).length === 0 ? {} : { parameters }),
  };
}

/** `day(event_time)`, or the bare name of a column. */
function fieldOf({ name, transform }: ColumnDefinition): string {
  if (transform === undefined) return name.name.toLowerCase();
  const args = transform.args.map((arg) => {
    if (arg.kind === 'Literal') return arg.value;
    return arg.kind === 'ColumnRef' ? (arg.name.parts.at(-1)?.name ?? '') : '';
  });
  return `${transform.name.parts.at(-1)?.name ?? ''}(${args.join(', ')})`.toLowerCase();
}

/** The table of a CREATE TABLE … AS; undefined when its columns cannot be told from the text. */
export function createdTableAs(
  body: CreateTableAs,
  { dialect, lookup }: { readonly dialect: Dialect; readonly lookup: Lookup },
): Table | undefined {
  const found = queryColumns(body.query, lookup);
  if (found === undefined) return undefined;
  const columns = renamed(
    found,
    body.columns.map(({ name }) => name.name),
  );
  const name = refName(body.name);
  if (dialect === 'redshift' && !body.external) {
    return { ...name, columns, partitionKeys: [], kind: 'native', ...redshiftLayout(body) };
  }
  const property = (key: string): Option | undefined => optionOf(body.properties, key.toUpperCase());
  const keys = (property('partitioned_by')?.items ?? []).map(({ text }) => unquoted(text).toLowerCase());
  const location = property('external_location')?.value ?? property('location')?.value;
  const kind = kindFrom(property('table_type')?.value);
  const fields = (property('partitioning')?.items ?? []).map(({ text }) => unquoted(text).toLowerCase());
  // Athena writes Parquet when a CREATE TABLE AS names no format.
  const format = formatNamed(property('format')?.value) ?? 'parquet';
  return {
    ...name,
    columns: columns.filter((column) => !keys.includes(column.name)),
    partitionKeys: keys.map(
      (key) => columns.find((column) => column.name === key) ?? { name: key, type: '' },
    ),
    kind,
    ...(kind === 'iceberg' ? { partitionFields: fields } : {}),
    format,
    ...(location === undefined ? {} : { location }),
  };
}

/** The view of a CREATE VIEW; undefined when its columns cannot be told from the text. */
export function createdView(
  body: CreateView,
  { statement, lookup }: { readonly statement: ParsedStatement; readonly lookup: Lookup },
): Table | undefined {
  const found = queryColumns(body.query, lookup);
  if (found === undefined) return undefined;
  return {
    ...refName(body.name),
    columns: renamed(
      found,
      body.columns.map(({ name }) => name),
    ),
    partitionKeys: [],
    kind: 'view',
    viewSql: statement.text.slice(body.query.start, body.query.end),
  };
}

function renamed(columns: readonly Column[], names: readonly string[]): readonly Column[] {
  return columns.map((column, index) => ({ ...column, name: names[index]?.toLowerCase() ?? column.name }));
}

function redshiftLayout(body: {
  readonly columns: readonly ColumnDefinition[];
  readonly options: readonly Option[];
}): Pick<Table, 'distribution' | 'sortKeys'> {
  const columnWith = (key: string): readonly string[] =>
    body.columns
      .filter(({ options }) => optionOf(options, key) !== undefined)
      .map(({ name }) => name.name.toLowerCase());
  const listOf = (option: Option | undefined): readonly string[] =>
    (option?.items ?? []).map(({ text }) => unquoted(text).toLowerCase());
  const key = columnWith('DISTKEY')[0] ?? listOf(optionOf(body.options, 'DISTKEY'))[0];
  const style = optionOf(body.options, 'DISTSTYLE')?.value?.toLowerCase();
  const sort = optionOf(body.options, 'SORTKEY');
  const sortKeys = [...columnWith('SORTKEY'), ...listOf(sort)];
  return {
    ...(key === undefined ? {} : { distribution: { style: 'key', key } }),
    ...(key === undefined && (style === 'all' || style === 'even' || style === 'auto')
      ? { distribution: { style } }
      : {}),
    ...(sortKeys.length > 0 ? { sortKeys } : {}),
  };
}

function storageOf(body: CreateTable): Partial<Table> {
  const value = (key: string): string | undefined => optionOf(body.options, key)?.value;
  const serde = value('ROW FORMAT SERDE');
  const inputFormat = value('STORED AS INPUTFORMAT');
  const outputFormat = value('OUTPUTFORMAT');
  const stored = value('STORED AS') ?? inputFormat;
  const location = value('LOCATION');
  const description = value('COMMENT');
  // A SerDe for JSON or CSV goes with text files, so it says more than the word that stands behind STORED AS.
  const named = [formatNamed(serde), formatNamed(stored)].find(
    (format) => format !== undefined && format !== 'other' && format !== 'text',
  );
  const format = named ?? formatNamed(stored) ?? formatNamed(serde);
  const serdeParameters = propertiesFrom(body.serdeProperties);
  return {
    ...(format === undefined ? {} : { format }),
    ...(serde === undefined ? {} : { serde }),
    ...(inputFormat === undefined ? {} : { inputFormat }),
    ...(outputFormat === undefined ? {} : { outputFormat }),
    ...(location === undefined ? {} : { location }),
    ...(description === undefined ? {} : { description }),
    ...(Object.keys(serdeParameters).length === 0 ? {} : { serdeParameters }),
  };
}

function kindFrom(tableType: string | undefined): 'iceberg' | 'delta' | 'hudi' | 'hive' {
  const type = tableType?.toLowerCase();
  return type === 'iceberg' || type === 'delta' || type === 'hudi' ? type : 'hive';
}

function unquoted(text: string): string {
  return text.replace(/^(['"`])(.*)\1$/s, '$2');
}
