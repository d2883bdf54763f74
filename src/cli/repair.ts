import { join, resolve } from 'node:path';
import { formatCount } from '../base/format';
import type { TableName } from '../catalog/catalog';
import type { ApplyResult } from '../partitions/applyPlan';
import { applyWithJournal, unfinishedJournal } from '../partitions/journalFolder';
import { type Choice, isEmpty, neededActions, type RepairPlan } from '../partitions/plan';
import { planLetter } from '../partitions/planLetter';
import { planRepair } from '../partitions/planRepair';
import { readUndo, undoWithJournal } from '../partitions/undoRepair';
import { wrongUse } from './arguments';
import { optionFlag, optionText, type Command, type CommandContext, type ExitCode } from './command';
import { type Lake, openLake } from './lake';
import { progressOf } from './progress';
import { repairDatabase } from './repairDatabase';
import { stateFolder } from './stateFolder';

/** `lake-workbench repair DATABASE.TABLE`. */
export const command: Command = {
  name: 'repair',
  summary: 'compare a table’s partitions with S3, and mend the difference',
  usage: 'DATABASE.TABLE | --all DATABASE',
  help: `
Prints what S3 has that the catalog lacks, what the catalog has that S3 lacks, what points elsewhere, and what looks
wrong and is left alone. Nothing is changed without --apply, and then only partitions are added unless --remove-stale
or --update-moved say more. No file is ever touched.

--apply writes a journal, whose path it prints. A repair that was cut off goes on where it stopped when it is run
again. --all DATABASE takes all its partitioned tables in turn and prints a line for each; a table that cannot be
repaired says why and the rest goes on. --undo FILE takes back what a journal says was done, and nothing else. --check exits 1 when there is a
difference.

--format json prints { "version": 1, "table", "create": [{ "values", "location" }], "remove", "update": [{ "values",
"from", "to", "oldPlaceHasFiles" }], "report": [{ "kind", "values", "location", "message" }], "calls": { "s3List",
"s3Probe", "glueRead", "glueWrite" }, "iam" }; with --apply also "done": { "created", "removed", "updated",
"already" }, "failed": [{ "values", "message" }] and "journal". With --all: { "version": 1, "database", "tables":
[{ "table", "create", "remove", "update", "report", "calls", "done", "failed", "journal", "problem" }], "without" }
with counts in place of lists.`,
  options: {
    apply: { type: 'boolean', description: 'add the partitions that the catalog lacks' },
    'remove-stale': { type: 'boolean', description: 'with --apply: remove partitions without files' },
    'update-moved': { type: 'boolean', description: 'with --apply: point moved partitions to their files' },
    all: { type: 'string', value: 'DATABASE', description: 'every partitioned table of a database' },
    check: { type: 'boolean', description: 'exit 1 when there is a difference' },
    undo: { type: 'string', value: 'FILE', description: 'take back what this journal says was done' },
    journals: { type: 'string', value: 'FOLDER', description: 'where journals are kept' },
  },
  async run(context) {
    const { options } = context;
    const undo = optionText(options, 'undo');
    if (undo !== undefined) return takeBack(undo, context);
    const database = optionText(options, 'all')?.toLowerCase();
    if (database !== undefined && context.arguments.length > 0) {
      throw wrongUse(
        '--all takes a whole database: write lake-workbench repair --all DATABASE, and no table.',
      );
    }
    const apply = optionFlag(options, 'apply');
    if (!apply && (optionFlag(options, 'remove-stale') || optionFlag(options, 'update-moved'))) {
      throw wrongUse(
        '--remove-stale and --update-moved change the catalog only together with --apply: add it.',
      );
    }
    const table = database === undefined ? tableOf(context.arguments) : undefined;
    const lake = await openLake(context);
    const choice: Choice = {
      create: true,
      remove: optionFlag(options, 'remove-stale'),
      update: optionFlag(options, 'update-moved'),
    };
    if (table === undefined) {
      return repairDatabase(
        {
          lake,
          database: database ?? '',
          plan: (one) => planOf(lake, one, context),
          ...(apply ? { apply: (plan) => applied(lake, { plan, choice }, context) } : {}),
        },
        context,
      );
    }
    const plan = await planOf(lake, table, context);
    const json = optionText(options, 'format') === 'json';
    if (!apply) {
      const cutOff = await unfinishedJournal(journalFolder(context), lake.connection, table);
      context.stdout.write(
        json ? `${JSON.stringify(jsonOf(plan), null, 2)}\n` : planLetter(plan, cutOff?.path),
      );
      return optionFlag(options, 'check') && !isEmpty(plan) ? 1 : 0;
    }
    const result = await applied(lake, { plan, choice }, context);
    if (json) context.stdout.write(`${JSON.stringify({ ...jsonOf(plan), ...doneOf(result) }, null, 2)}\n`);
    else context.stdout.write(told(table, result));
    return result.failed.length > 0 ? 1 : 0;
  },
};

function tableOf(given: readonly string[]): TableName {
  const [text] = given;
  const match = /^([^.]+)\.([^.]+)$/.exec(text ?? '');
  const [, database, name] = match ?? [];
  if (database === undefined || name === undefined || given.length > 1) {
    throw wrongUse('repair needs one table: write lake-workbench repair DATABASE.TABLE.');
  }
  return { database: database.toLowerCase(), name: name.toLowerCase() };
}

async function planOf(lake: Lake, table: TableName, context: CommandContext): Promise<RepairPlan> {
  const progress = progressOf(context);
  try {
    return await planRepair(
      lake.ports,
      {
        connection: lake.connection,
        table,
        onProgress: ({ listed, registered }) =>
          progress.show(
            `${formatCount(listed)} partitions found in S3, ${formatCount(registered)} in the catalog`,
          ),
      },
      context.signal,
    );
  } finally {
    progress.clear();
  }
}

async function applied(
  lake: Lake,
  wish: { readonly plan: RepairPlan; readonly choice: Choice },
  context: CommandContext,
): Promise<ApplyResult> {
  const progress = progressOf(context);
  try {
    return await applyWithJournal(
      lake.ports.partitions,
      {
        ...wish,
        folder: journalFolder(context),
        now: new Date(),
        options: {
          connection: lake.connection,
          onProgress: (done, total) =>
            progress.show(`${formatCount(done)} of ${formatCount(total)} partitions`),
        },
      },
      context.signal,
    );
  } finally {
    progress.clear();
  }
}

function journalFolder({ options, cwd, env }: CommandContext): string {
  const given = optionText(options, 'journals');
  return given === undefined ? join(stateFolder(env), 'repairs') : resolve(cwd, given);
}

async function takeBack(file: string, context: CommandContext): Promise<ExitCode> {
  const path = resolve(context.cwd, file);
  const lake = await openLake(context);
  const undo = await readUndo(path, lake.connection);
  const progress = progressOf(context);
  try {
    const options = {
      connection: lake.connection,
      onProgress: (done: number, total: number) =>
        progress.show(`${formatCount(done)} of ${formatCount(total)} partitions`),
    };
    const result = await undoWithJournal(
      lake.ports.partitions,
      { undo, path, now: new Date(), options },
      context.signal,
    );
    progress.clear();
    const json = optionText(context.options, 'format') === 'json';
    context.stdout.write(
      json ? `${JSON.stringify({ version: 1, ...doneOf(result) }, null, 2)}\n` : told(undo.table, result),
    );
    return result.failed.length > 0 ? 1 : 0;
  } finally {
    progress.clear();
  }
}

function jsonOf(plan: RepairPlan): object {
  const { table, create, remove, update, report, calls } = plan;
  const iam = neededActions(plan, { create: true, remove: true, update: true });
  return { version: 1, table: `${table.database}.${table.name}`, create, remove, update, report, calls, iam };
}

function doneOf({ created, removed, updated, already, failed, journal }: ApplyResult): object {
  return {
    done: { created, removed, updated, already },
    failed: failed.map((one) => ({ values: one.values, message: one.problem.message })),
    ...(journal === undefined ? {} : { journal }),
  };
}

function told(table: TableName, result: ApplyResult): string {
  const parts = [
    result.created > 0 ? `${formatCount(result.created)} added` : '',
    result.removed > 0 ? `${formatCount(result.removed)} removed` : '',
    result.updated > 0 ? `${formatCount(result.updated)} moved` : '',
    result.already > 0 ? `${formatCount(result.already)} were so already` : '',
    result.failed.length > 0 ? `${formatCount(result.failed.length)} failed` : '',
  ].filter((part) => part !== '');
  const lines = [
    `${table.database}.${table.name}: ${parts.length === 0 ? 'nothing to do' : parts.join(', ')}.`,
    ...result.failed.slice(0, 20).map((one) => `  ${one.values.join('/')}: ${one.problem.message}`),
    ...(result.journal === undefined ? [] : [`Journal: ${result.journal} (--undo takes it back)`]),
  ];
  return `${lines.join('\n')}\n`;
}
