import { randomUUID } from 'node:crypto';
import { createWriteStream, type WriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { once } from 'node:events';
import { basename, resolve } from 'node:path';
import { formatBytes, formatCount, formatDuration, formatUsd } from '../base/format';
import { Problem } from '../base/problem';
import { runCost, scanCost } from '../query/cost';
import { queryError } from '../query/errorPlace';
import { statementsOf, withParameters } from '../query/parameters';
import type { QueryStatus } from '../query/queryEngine';
import { rowStream } from '../query/rowStream';
import { runStatement } from '../query/run';
import { resolveTarget, type QueryTarget } from '../query/target';
import { wrongUse } from './arguments';
import { optionFlag, optionText, optionTexts, type Command, type CommandContext } from './command';
import { openLake, type Lake } from './lake';
import { progressOf, type Progress } from './progress';
import { rowWriter, type RowFormat, type RowWriter } from './rowWriters';
import { readTextFile } from './textFile';

/** `lake-workbench query FILE`. */
export const command: Command = {
  name: 'query',
  summary: 'run a statement and print its rows',
  usage: 'FILE',
  help: `
Runs the one statement of FILE (- is standard input) on Athena and writes its rows as CSV to standard output:
NULL is an empty field, an empty text is "". What it read and cost follows on standard error.

--output FILE writes the rows there instead, as its ending says: .csv, .ndjson (one object a line) or .json.
--format json prints { "version": 1, "columns": [{ "name", "type" }], "rows": [[…]], "run": { "id", "state",
"bytesScanned", "usd", "ms", "rows" } }. Whole numbers up to 2^53, floating-point numbers and booleans are JSON's
own, everything else is text.

--param NAME=VALUE stands for :NAME in the statement. Numbers, true, false, null and literals ('007',
DATE '2026-01-31') are taken as they are, everything else as text.

--max-cost USD: what a statement reads is not known before it runs. Athena itself keeps a work group's limit;
this command stops the statement once AWS reports that more was read, and exits 1.

Ctrl-C stops the statement on AWS's side and exits 130.`,
  options: {
    engine: {
      type: 'string',
      value: 'ENGINE',
      choices: ['athena'],
      description: 'what runs it (default: athena)',
    },
    database: {
      type: 'string',
      short: 'd',
      value: 'NAME',
      description: 'database of unqualified table names',
    },
    workgroup: { type: 'string', short: 'w', value: 'NAME', description: 'work group (default: primary)' },
    'output-location': {
      type: 'string',
      value: 'URI',
      description: 'where Athena writes the result, when the work group does not say (s3://bucket/prefix/)',
    },
    param: {
      type: 'string',
      short: 'p',
      multiple: true,
      value: 'NAME=VALUE',
      description: 'value for :NAME',
    },
    'max-cost': { type: 'string', value: 'USD', description: 'stop once it has cost more' },
    output: {
      type: 'string',
      short: 'o',
      value: 'FILE',
      description: 'write the rows to .csv, .ndjson or .json',
    },
  },
  async run(context) {
    const { options, signal, stderr } = context;
    const [file] = context.arguments;
    if (file === undefined || context.arguments.length > 1) {
      throw wrongUse('query needs one file: write lake-workbench query FILE, or - for standard input.');
    }
    const maxCost = costLimit(optionText(options, 'max-cost'));
    const output = optionText(options, 'output');
    const format = formatOf(output, optionText(options, 'format'));
    const statement = onlyStatement(await sourceOf(file, context), file);
    const prepared = withParameters(statement, parametersOf(optionTexts(options, 'param')));
    const lake = await openLake(context);
    const target = await targetOf(lake, context);
    noteLimit(context, target, maxCost);
    const progress = progressOf(context);
    const limit = new AbortController();
    const end = await runStatement(
      { engine: lake.ports.engine, connection: lake.connection },
      {
        sql: prepared.sql,
        parameters: prepared.parameters,
        token: randomUUID(),
        workGroup: target.workGroup,
        ...(target.database === undefined ? {} : { database: target.database }),
        ...(target.outputLocation === undefined ? {} : { outputLocation: target.outputLocation }),
      },
      {
        signal: AbortSignal.any([signal, limit.signal]),
        onStatus(status) {
          progress.show(`${status.state} · ${figuresOf(status)}`);
          if (scanCost(status.bytesScanned ?? 0) > maxCost) limit.abort();
        },
      },
    ).finally(() => progress.clear());
    const { status } = end;
    if (end.stopProblem !== undefined) stderr.write(`lake-workbench: ${end.stopProblem.message}\n`);
    if (signal.aborted) return 130;
    if (scanCost(status.bytesScanned ?? 0) > maxCost && status.state !== 'failed') {
      stderr.write(
        `lake-workbench: The statement read ${formatBytes(status.bytesScanned ?? 0)} (${formatUsd(runCost(status) ?? 0)}), more than the limit of ${formatUsd(maxCost)}: its rows are not read; narrow it or raise --max-cost.\n`,
      );
      return 1;
    }
    if (status.state !== 'succeeded') {
      stderr.write(`${failure(status, file, prepared.sql)}\n`);
      return 1;
    }
    const rows = await writeRows({ context, lake, status, progress }, { output, writer: rowWriter(format) });
    progress.clear();
    if (!optionFlag(options, 'quiet')) {
      stderr.write(`${formatCount(rows)} ${rows === 1 ? 'row' : 'rows'} · ${figuresOf(status)}\n`);
    }
    return 0;
  },
};

async function sourceOf(file: string, { cwd, stdin }: CommandContext): Promise<string> {
  return file === '-' ? stdin() : (await readTextFile(resolve(cwd, file), file)).text;
}

function onlyStatement(text: string, file: string): string {
  const statements = statementsOf(text);
  const [only] = statements;
  if (only === undefined) throw wrongUse(`${file} holds no statement: write one into it.`);
  if (statements.length > 1) {
    throw wrongUse(`${file} holds ${statements.length} statements and Athena runs one at a time: keep one.`);
  }
  return only;
}

function costLimit(text: string | undefined): number {
  if (text === undefined) return Infinity;
  const usd = Number(text.replace(/^\$/, ''));
  if (!(usd > 0)) throw wrongUse(`--max-cost takes an amount of USD and not ${text}: write --max-cost 0.50.`);
  return usd;
}

function parametersOf(given: readonly string[]): Map<string, string> {
  const values = new Map<string, string>();
  for (const one of given) {
    const found = /^([A-Za-z_]\w*)=([\s\S]*)$/.exec(one);
    if (found === null)
      throw wrongUse(`--param takes NAME=VALUE and not ${one}: write --param day=2026-01-31.`);
    values.set(found[1] ?? '', found[2] ?? '');
  }
  return values;
}

function formatOf(output: string | undefined, format: string | undefined): RowFormat {
  if (output === undefined) return format === 'json' ? 'json' : 'csv';
  const ending = /\.([^./\\]+)$/.exec(output)?.[1]?.toLowerCase();
  if (ending === 'csv' || ending === 'json') return ending;
  if (ending === 'ndjson' || ending === 'jsonl') return 'ndjson';
  if (ending === 'parquet') {
    throw wrongUse(
      'Parquet is not written here: let Athena write it with UNLOAD or CREATE TABLE AS, or use .csv, .ndjson or .json.',
    );
  }
  throw wrongUse(`${output} does not say its format: end it with .csv, .ndjson or .json.`);
}

async function targetOf(
  { ports, connection }: Lake,
  { options, signal }: CommandContext,
): Promise<QueryTarget> {
  const workGroup = optionText(options, 'workgroup');
  const database = optionText(options, 'database');
  const outputLocation = optionText(options, 'output-location');
  const resolved = await resolveTarget(
    { engine: ports.engine, connection },
    {
      ...(workGroup === undefined ? {} : { workGroup }),
      ...(database === undefined ? {} : { database }),
      ...(outputLocation === undefined ? {} : { outputLocation }),
    },
    signal,
  );
  if (resolved.kind === 'ready') return resolved.target;
  throw wrongUse(
    `Work group ${resolved.workGroup} has no output location: give one with --output-location s3://bucket/prefix/.`,
  );
}

function noteLimit(context: CommandContext, target: QueryTarget, maxCost: number): void {
  if (maxCost === Infinity || optionFlag(context.options, 'quiet')) return;
  const { bytesCutoff } = target;
  if (bytesCutoff !== undefined && scanCost(bytesCutoff) <= maxCost) return;
  const own = bytesCutoff === undefined ? 'sets no limit' : `allows ${formatUsd(scanCost(bytesCutoff))}`;
  context.stderr.write(
    `note: work group ${target.workGroup} ${own}; the statement is stopped once AWS reports more than ${formatUsd(maxCost)}, which may be late.\n`,
  );
}

function figuresOf(status: QueryStatus): string {
  const cost = runCost(status);
  return [
    status.bytesScanned === undefined ? '' : `${formatBytes(status.bytesScanned)} scanned`,
    cost === undefined ? '' : formatUsd(cost),
    status.totalMs === undefined ? '' : formatDuration(status.totalMs),
    status.reusedResult === true ? 'reused result' : '',
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

/** `q.sql:2:3: Column 'x' cannot be resolved (COLUMN_NOT_FOUND)`: places as editors and compilers write them. */
function failure(status: QueryStatus, file: string, sql: string): string {
  if (status.state === 'cancelled') {
    return `lake-workbench: The query was cancelled on AWS's side${status.reason === undefined ? '' : ` (${status.reason})`}: ask who stopped it, or check the work group's limit.`;
  }
  const error = queryError(status.reason ?? '', sql);
  const before = error.span === undefined ? undefined : sql.slice(0, error.span.start).split('\n');
  const place = before === undefined ? '' : `:${before.length}:${(before.at(-1) ?? '').length + 1}`;
  return `${file}${place}: ${error.message}${error.code === undefined ? '' : ` (${error.code})`}`;
}

/** Writes every row and returns their number; a file appears only when it is whole. */
async function writeRows(
  from: {
    readonly context: CommandContext;
    readonly lake: Lake;
    readonly status: QueryStatus;
    readonly progress: Progress;
  },
  to: { readonly output: string | undefined; readonly writer: RowWriter },
): Promise<number> {
  const { context, lake, status, progress } = from;
  const path = to.output === undefined ? undefined : resolve(context.cwd, to.output);
  const partial = path === undefined ? undefined : `${path}.${process.pid}.part`;
  const file = partial === undefined ? undefined : createWriteStream(partial);
  try {
    if (file !== undefined) await opened(file, to.output ?? '');
    const write = async (text: string): Promise<void> => {
      if (text === '') return;
      if (file === undefined) {
        const full = context.stdout.write(text) === false;
        // A slow reader of a pipe must not make us keep the whole result.
        if (full && context.stdout instanceof Writable) {
          await once(context.stdout, 'drain', { signal: context.signal });
        }
      } else if (!file.write(text)) await once(file, 'drain', { signal: context.signal });
    };
    let count: number | undefined;
    const rows = { engine: lake.ports.engine, store: lake.ports.store, connection: lake.connection, status };
    for await (const batch of rowStream(rows, context.signal)) {
      if (count === undefined) await write(to.writer.begin(batch.columns));
      await write(to.writer.rows(batch.rows));
      count = (count ?? 0) + batch.rows.length;
      if (path !== undefined) progress.show(`${formatCount(count)} rows written to ${basename(path)}`);
    }
    const total = count ?? 0;
    const usd = runCost(status);
    await write(
      to.writer.end({
        id: status.id,
        state: status.state,
        bytesScanned: status.bytesScanned,
        usd,
        ms: status.totalMs,
        rows: total,
      }),
    );
    if (file !== undefined && partial !== undefined && path !== undefined) {
      file.end();
      await finished(file);
      await rename(partial, path);
    }
    return total;
  } catch (error) {
    file?.destroy();
    if (partial !== undefined) await rm(partial, { force: true });
    throw error;
  }
}

async function opened(file: WriteStream, shown: string): Promise<void> {
  try {
    await once(file, 'open');
  } catch (cause) {
    throw new Problem(`${shown} cannot be written: check the folder and its permissions.`, 'invalid', {
      cause,
    });
  }
}
