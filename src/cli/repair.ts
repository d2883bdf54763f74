import { join, resolve } from 'node:path';
import { formatCount } from '../base/format';
import { Problem } from '../base/problem';
import type { TableName } from '../catalog/catalog';
import type { ApplyResult } from '../partitions/applyPlan';
import { removesMany } from '../partitions/choices';
import { applyWithJournal, unfinishedJournal } from '../partitions/journalFolder';
import { type Choice, isEmpty, neededActions, type RepairPlan } from '../partitions/plan';
import { repairPolicy } from '../partitions/permissions';
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
or --update-moved say more. No file is ever touched. Removing more than a tenth of a table's partitions, or more than
1,000, is refused unless --confirm-removals gives their number as the plan has it.

Directories are read as key=value/, in Hive's way; --template tells another one, as '\${year}/\${month}/' below the table's
location or as 's3://bucket/path/\${dt:yyyy/MM/dd}/'. A table with storage.location.template is read by that.

--apply writes a journal, whose path it prints. A repair that was cut off goes on where it stopped when it is run
again, and refuses a table that was changed since the plan. An action that is denied is named, and the rest goes on.
--all DATABASE takes all its partitioned tables in turn and prints a line for each; a table that cannot be
repaired says why and the rest goes on. --undo FILE takes back what a journal says was done, and nothing else. --check exits 1 when there is a
difference.

--format json prints { "version": 1, "table", "create": [{ "values", "location" }], "remove", "update": [{ "values",
"from", "to", "oldPlaceHasFiles" }], "report": [{ "kind", "values", "location", "message" }], "calls": { "s3List",
"s3Probe", "glueRead", "glueWrite" }, "iam", "policy", "notes", "template" }; with --apply also "done": { "created",
"removed", "updated", "already", "kept" }, "failed": [{ "values", "message" }], "denied": [{ "action", "message" }] and
"journal". With --all: { "version": 1, "database", "tables":
[{ "table", "create", "remove", "update", "report", "calls", "done", "failed", "journal", "problem" }], "without" }
with counts in place of lists.`,
  options: {
    apply: { type: 'boolean', description: 'add the partitions that the catalog lacks' },
    'remove-stale': { type: 'boolean', description: 'with --apply: remove partitions without files' },
    'update-moved': { type: 'boolean', description: 'with --apply: point moved partitions to their files' },
    'confirm-removals': {
      type: 'string',
      value: 'COUNT',
      description: 'with --remove-stale: so many may go, be it most of the table',
    },
    template: {
      type: 'string',
      value: 'TEMPLATE',
      description: 'how directories lie that are not key=value/',
    },
    'skip-empty': { type: 'boolean', description: 'look for data in every new directory: a request each' },
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
    if (database !== undefined && optionText(options, 'template') !== undefined) {
      throw wrongUse('--template is of one table: give it with DATABASE.TABLE, not with --all.');
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
        json
          ? `${JSON.stringify(jsonOf(plan, lake), null, 2)}\n`
          : planLetter(plan, {
              connection: lake.connection,
              ...(cutOff === undefined ? {} : { cutOff: cutOff.path }),
            }),
      );
      return optionFlag(options, 'check') && !isEmpty(plan) ? 1 : 0;
    }
    const result = await applied(lake, { plan, choice }, context);
    if (json)
      context.stdout.write(`${JSON.stringify({ ...jsonOf(plan, lake), ...doneOf(result) }, null, 2)}\n`);
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
  const template = optionText(context.options, 'template');
  try {
    return await planRepair(
      lake.ports,
      {
        connection: lake.connection,
        table,
        ...(template === undefined ? {} : { template }),
        lookInto: optionFlag(context.options, 'skip-empty') ? 'all' : 'few',
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
  refuseMany(wish, context);
  const progress = progressOf(context);
  try {
    return await applyWithJournal(
      lake.ports,
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

/** Takes no table for gone because somebody moved its files: so many removals are named by their number. */
function refuseMany(
  { plan, choice }: { readonly plan: RepairPlan; readonly choice: Choice },
  { options }: CommandContext,
): void {
  const count = plan.remove.length;
  if (!removesMany(plan, choice) || optionText(options, 'confirm-removals') === String(count)) return;
  throw new Problem(
    `--remove-stale would take ${formatCount(count)} of the ${formatCount(plan.partitions.catalog)} partitions out of ${plan.table.database}.${plan.table.name}, so nothing was done: give --confirm-removals ${count} if its data is really gone.`,
    'invalid',
  );
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

function jsonOf(plan: RepairPlan, { connection }: Pick<Lake, 'connection'>): object {
  const { table, create, remove, update, report, calls, notes, template } = plan;
  const all = { create: true, remove: true, update: true };
  return {
    version: 1,
    table: `${table.database}.${table.name}`,
    create: [...create],
    remove,
    update,
    report,
    calls,
    iam: neededActions(plan, all),
    policy: JSON.parse(repairPolicy(plan, all, connection)) as unknown,
    ...(notes === undefined ? {} : { notes }),
    ...(template === undefined ? {} : { template }),
  };
}

function doneOf({
  created,
  removed,
  updated,
  already,
  kept = 0,
  failed,
  denied,
  journal,
}: ApplyResult): object {
  return {
    done: { created, removed, updated, already, kept },
    failed: failed.map((one) => ({ values: one.values, message: one.problem.message })),
    ...(denied === undefined
      ? {}
      : { denied: denied.map(({ details, message }) => ({ action: details.action, message })) }),
    ...(journal === undefined ? {} : { journal }),
  };
}

function told(table: TableName, result: ApplyResult): string {
  const { kept = 0, denied = [] } = result;
  const refused = new Set<unknown>(denied);
  const single = result.failed.filter(({ problem }) => !refused.has(problem));
  const parts = [
    result.created > 0 ? `${formatCount(result.created)} added` : '',
    result.removed > 0 ? `${formatCount(result.removed)} removed` : '',
    result.updated > 0 ? `${formatCount(result.updated)} moved` : '',
    result.already > 0 ? `${formatCount(result.already)} were so already` : '',
    kept > 0 ? `${formatCount(kept)} kept, since files have come to their places` : '',
    result.failed.length > 0 ? `${formatCount(result.failed.length)} failed` : '',
  ].filter((part) => part !== '');
  const lines = [
    `${table.database}.${table.name}: ${parts.length === 0 ? 'nothing to do' : parts.join(', ')}.`,
    ...denied.map(({ message }) => `  ${message}`),
    ...single.slice(0, 20).map((one) => `  ${one.values.join('/')}: ${one.problem.message}`),
    ...(result.journal === undefined ? [] : [`Journal: ${result.journal} (--undo takes it back)`]),
  ];
  return `${lines.join('\n')}\n`;
}
