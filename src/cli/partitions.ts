import { formatBytes, formatCount } from '../base/format';
import { Problem } from '../base/problem';
import type { Table, TableName } from '../catalog/catalog';
import { dateGaps, newestDataEnd } from '../catalog/dateGaps';
import { freshness, readExpectedAge } from '../catalog/freshness';
import { partitionSkew } from '../catalog/partitionSkew';
import { browserRows } from '../partitionBrowser/browserRows';
import { catalogFindings, gapText } from '../partitionBrowser/catalogFindings';
import { checkFilter } from '../partitionBrowser/filterExpression';
import type { Finding } from '../partitionBrowser/finding';
import { partitionLoader, type PartitionLoader } from '../partitionBrowser/loader';
import {
  type Measurement,
  measurePartitions,
  measurePlan,
  measureQuestion,
} from '../partitionBrowser/measure';
import { measureFindings, sizesOf } from '../partitionBrowser/measureFindings';
import { orderedRows } from '../partitionBrowser/rowOrder';
import { wrongUse } from './arguments';
import { optionFlag, optionText, type Command, type CommandContext } from './command';
import { openLake, type Lake } from './lake';
import { progressOf } from './progress';

/** `lake-workbench partitions`. */
export const command: Command = {
  name: 'partitions',
  summary: 'list a table’s partitions, its gaps, and how much lies in each',
  usage: 'DATABASE.TABLE',
  help: `
Lists the partitions that the Glue catalog has of a table, in the order of their keys; --filter is an expression in
Glue's own syntax and is applied by Glue: --filter "year = '2024' AND month >= '06'".

--gaps tells the dates without a partition in place of the list, --expect 26h also whether the newest data is that new.
--skew lists the objects in S3 (a request for each 1,000, told first) and counts files and bytes of each partition;
empty ones, those without anything in S3 and folders that the catalog lacks are told too. What may not be listed is
named and the rest goes on.

Exit code 1: with --gaps, dates are missing or the data is late; with --skew, a partition is empty or missing, or a
folder is not in the catalog.

--format json prints { "version": 1, "table", "complete", "partitions": [{ "values", "location", "createdAt", "files",
"bytes", "newest", "state" }], "findings": [{ "severity", "sentence", "items" }], "gaps": { "step", "oldest", "newest",
"missing", "gaps": [{ "group", "from", "to", "count" }] }, "freshness": { "kind", "dataEnd", "sentence" }, "orphans":
[{ "values", "location", "files", "bytes" }], "skew": { "bytes", "files", "ratio", "topTenthShare", "histogram":
[{ "from", "to", "partitions" }] }, "cost": { "requests", "usd" } }; gaps only with --gaps, the last three and a
partition's figures only with --skew.`,
  options: {
    filter: { type: 'string', value: 'EXPR', description: 'only partitions that fit, in Glue’s syntax' },
    gaps: { type: 'boolean', description: 'dates without a partition, in place of the list' },
    expect: { type: 'string', value: 'AGE', description: 'how old the newest data may be: 26h, 2d, 1w' },
    skew: { type: 'boolean', description: 'list S3 and count files and bytes of each partition' },
    json: { type: 'boolean', description: 'the same as --format json' },
  },
  async run(context) {
    const { options, stdout, stderr, signal } = context;
    const name = tableOf(context.arguments);
    const expectedText = optionText(options, 'expect');
    const expectedMs = expectedText === undefined ? undefined : readExpectedAge(expectedText);
    const lake = await openLake(context);
    const table = await lake.ports.catalog.table(lake.connection, name, signal);
    if (table.partitionKeys.length === 0) {
      throw new Problem(
        `${table.database}.${table.name} has no partition keys: there are no partitions to list.`,
        'invalid',
      );
    }
    const filter = checkFilter(optionText(options, 'filter') ?? '', table.partitionKeys);
    if (filter.kind === 'invalid') throw wrongUse(`--filter: ${filter.message}`);
    const filtered = filter.kind === 'valid';
    const loader = await loaded(
      lake,
      { table, ...(filtered ? { expression: filter.expression } : {}) },
      context,
    );
    const measurement = optionFlag(options, 'skew')
      ? await measured(lake, { table, loader, filtered }, context)
      : undefined;
    const now = new Date();
    const findings: readonly Finding[] = [
      ...catalogFindings({
        table,
        rows: loader.rows,
        complete: true,
        filtered,
        twice: loader.twice,
        now,
        ...(expectedMs === undefined ? {} : { expectedMs }),
      }),
      ...(measurement === undefined ? [] : measureFindings(loader.rows, measurement, { registered: true })),
    ];
    const report: Report = { table, loader, findings, ...(measurement === undefined ? {} : { measurement }) };
    const gaps = optionFlag(options, 'gaps')
      ? dateGaps({ keys: table.partitionKeys, partitions: loader.rows.allValues(), limit: 100_000 })
      : undefined;
    const dataEnd = newestDataEnd(table.partitionKeys, loader.rows.allValues());
    const fresh = expectedMs === undefined ? undefined : freshness({ dataEnd, expectedMs, now });
    const withGaps = { gaps, fresh, dataEnd };
    if (optionFlag(options, 'json') || optionText(options, 'format') === 'json') {
      stdout.write(`${JSON.stringify(jsonOf(report, withGaps), undefined, 2)}\n`);
    } else if (optionFlag(options, 'gaps')) {
      if (gaps === undefined) stdout.write('Its partitions spell no dates.\n');
      else for (const gap of gaps.gaps) stdout.write(`${gapText(gap)}\n`);
    } else writeList(report, context);
    if (!optionFlag(options, 'quiet')) {
      for (const finding of findings)
        stderr.write(`${finding.severity === 'problem' ? 'warning' : 'note'}: ${finding.sentence}\n`);
    }
    const wrong =
      (gaps?.missing ?? 0) > 0 ||
      fresh?.kind === 'late' ||
      (measurement !== undefined && (measurement.orphans.length > 0 || withoutData(report)));
    return wrong ? 1 : 0;
  },
};

interface Report {
  readonly table: Table;
  readonly loader: PartitionLoader;
  readonly findings: readonly Finding[];
  readonly measurement?: Measurement;
}

function tableOf(given: readonly string[]): TableName {
  const [text] = given;
  const [, database, name] = /^([^.]+)\.([^.]+)$/.exec(text ?? '') ?? [];
  if (database === undefined || name === undefined || given.length > 1) {
    throw wrongUse('partitions needs one table: write lake-workbench partitions DATABASE.TABLE.');
  }
  return { database: database.toLowerCase(), name: name.toLowerCase() };
}

async function loaded(
  lake: Lake,
  request: { readonly table: Table; readonly expression?: string },
  context: CommandContext,
): Promise<PartitionLoader> {
  const progress = progressOf(context);
  const loader = partitionLoader(lake.ports, { connection: lake.connection, ...request }, context.signal);
  try {
    // A table of one page takes one request; ten segments would take ten.
    await loader.next(context.signal);
    await loader.all((count) => progress.show(`${formatCount(count)} partitions`), context.signal);
    return loader;
  } finally {
    progress.clear();
  }
}

async function measured(
  lake: Lake,
  {
    table,
    loader,
    filtered,
  }: { readonly table: Table; readonly loader: PartitionLoader; readonly filtered: boolean },
  context: CommandContext,
): Promise<Measurement> {
  const plan = measurePlan(table, loader.rows, { filtered });
  if (!optionFlag(context.options, 'quiet')) context.stderr.write(`note: ${measureQuestion(plan)}\n`);
  const progress = progressOf(context);
  try {
    const found = await measurePartitions(
      lake.ports.store,
      {
        connection: lake.connection,
        table,
        rows: loader.rows,
        plan,
        onProgress: (objects) => progress.show(`${formatCount(objects)} objects`),
      },
      context.signal,
    );
    // Half a count is no answer for a script.
    context.signal.throwIfAborted();
    return found;
  } finally {
    progress.clear();
  }
}

function withoutData({ loader: { rows }, measurement }: Report): boolean {
  for (let row = 0; row < rows.count; row += 1) {
    const state = measurement?.figures.state(row);
    if (state === 'empty' || state === 'missing') return true;
  }
  return false;
}

function writeList({ loader: { rows }, measurement }: Report, { stdout }: CommandContext): void {
  const source = browserRows({
    rows,
    order: orderedRows(rows, { by: 'keys', figures: undefined }),
    isComplete: () => true,
    orphanWord: 'not in the catalog',
    ...(measurement === undefined ? {} : { measured: measurement }),
  });
  stdout.write(`${source.columns.map(({ name }) => name).join('\t')}\n`);
  for (let from = 0; from < source.rowCount; from += 1000) {
    const page = source.rows({ from, to: from + 1000, columnFrom: 0, columnTo: source.columns.length });
    stdout.write(`${page.map((row) => row.map((cell) => cell ?? 'NULL').join('\t')).join('\n')}\n`);
  }
  if (measurement === undefined) return;
  const { histogram } = partitionSkew(sizesOf(rows, measurement.figures));
  const most = Math.max(0, ...histogram.map(({ partitions }) => partitions));
  if (histogram.length === 0) return;
  stdout.write('\nPartitions by size:\n');
  for (const { from, to, partitions } of histogram) {
    const bar = '#'.repeat(Math.round((40 * partitions) / most));
    stdout.write(
      `  ${`${formatBytes(from)} to ${formatBytes(to)}`.padEnd(20)} ${formatCount(partitions).padStart(9)}  ${bar}\n`,
    );
  }
}

function jsonOf(
  { table, loader, findings, measurement }: Report,
  known: {
    readonly gaps: ReturnType<typeof dateGaps>;
    readonly fresh: ReturnType<typeof freshness> | undefined;
    readonly dataEnd: Date | undefined;
  },
): object {
  const { rows } = loader;
  const order = orderedRows(rows, { by: 'keys', figures: undefined });
  const figures = measurement?.figures;
  const partitions = Array.from(order, (row) => {
    const createdAt = rows.createdAt(row);
    const newest = figures?.newest(row);
    return {
      values: rows.values(row),
      location: rows.location(row),
      ...(createdAt === undefined ? {} : { createdAt: new Date(createdAt) }),
      ...(figures === undefined
        ? {}
        : { files: figures.files(row), bytes: figures.bytes(row), state: figures.state(row) }),
      ...(newest === undefined ? {} : { newest: new Date(newest) }),
    };
  });
  const skew = measurement === undefined ? undefined : partitionSkew(sizesOf(rows, measurement.figures));
  return {
    version: 1,
    table: `${table.database}.${table.name}`,
    complete: loader.complete,
    partitions,
    findings: findings.map(({ severity, sentence, items }) => ({ severity, sentence, items })),
    ...(known.gaps === undefined ? {} : { gaps: known.gaps }),
    ...(known.fresh === undefined
      ? {}
      : { freshness: { kind: known.fresh.kind, dataEnd: known.dataEnd, sentence: known.fresh.sentence } }),
    ...(measurement === undefined || skew === undefined
      ? {}
      : {
          orphans: measurement.orphans.map(({ values, location, files, bytes }) => ({
            values,
            location,
            files,
            bytes,
          })),
          skew: {
            bytes: skew.bytes,
            files: skew.files,
            ratio: skew.skew,
            topTenthShare: skew.topTenthShare,
            histogram: skew.histogram,
          },
          cost: measurement.cost,
        }),
  };
}
