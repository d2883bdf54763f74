import { stat } from 'node:fs/promises';
import { relative } from 'node:path';
import { isAslName, nameKind } from '../documents/kind';
import { configuredDialect, isExcluded, settingsFor } from '../lint/config';
import type { RuleSettings } from '../lint/settings';
import { besideSqlfluff } from '../lint/sqlfluff';
import type { Dialect } from '../sql/ast';
import type { CommandContext } from './command';
import { lintSources } from './lintCatalog';
import { folderFacts } from './lintFolders';
import type { GlueWish } from './lintGlue';
import type { LintedFile } from './lintReport';
import type { FolderConfig } from './lintSettings';
import { lintWork, type FileTask, type LintWork } from './lintWork';
import { threadedWork, threadsFor, workerFile } from './lintWorkers';
import { filesOf, slashes } from './sqlFiles';

/** What a run checks its files with. */
export interface LintRun {
  readonly config: FolderConfig;
  /** `--rule`: over everything else. */
  readonly rules: RuleSettings;
  /** `--catalog` values. */
  readonly catalog: readonly string[];
  /** For `--catalog glue`. */
  readonly glue: GlueWish;
  readonly forced: Dialect | undefined;
  /** Writes each file that a fix changes. */
  readonly fix: boolean;
}

/** The files that were checked and, a sentence each, those that cannot be read: they do not hide the others. */
export interface Linted {
  readonly files: readonly LintedFile[];
  readonly unreadable: readonly string[];
}

/**
 * Checks the files that paths mean with each other's DDL and, where asked, mends them; in several threads where
 * there is enough to do. A Problem for a path that is not there or a catalog that cannot be used.
 */
export async function lintPaths(
  paths: readonly string[],
  { context, run }: { readonly context: CommandContext; readonly run: LintRun },
): Promise<Linted> {
  const { cwd, signal } = context;
  const tasks = await tasksOf(paths, { context, run });
  const { work, close } = await workFor(tasks, signal);
  try {
    const facts = await work.facts(tasks);
    const unreadable = facts.flatMap((fact) => fact.unreadable ?? []);
    const world = await lintSources({
      given: run.catalog,
      config: run.config,
      cwd,
      facts,
      glue: run.glue,
      forced: run.forced,
      signal,
    });
    const linted = await work.lint({ ...world, fix: run.fix });
    return { files: linted.filter((file) => file !== undefined), unreadable };
  } finally {
    await close();
  }
}

async function workFor(
  tasks: readonly FileTask[],
  signal: AbortSignal,
): Promise<{ readonly work: LintWork; readonly close: () => Promise<void> }> {
  const file = workerFile();
  if (file !== undefined && tasks.length > 1) {
    const bytes = await Promise.all(tasks.map(sizeOf));
    const threads = threadsFor({ bytes });
    if (threads > 1) {
      const work = threadedWork(file, { bytes, threads }, signal);
      return { work, close: work.close };
    }
  }
  return { work: lintWork(signal), close: async () => {} };
}

async function sizeOf({ absolute, text = '' }: FileTask): Promise<number> {
  if (absolute === undefined) return text.length;
  return stat(absolute).then(
    ({ size }) => size,
    () => 0,
  );
}

async function tasksOf(
  paths: readonly string[],
  { context, run }: { readonly context: CommandContext; readonly run: LintRun },
): Promise<readonly FileTask[]> {
  const { config, forced, rules } = run;
  const wantsNames = run.catalog.includes('glue');
  const tasks: FileTask[] = [];
  if (paths.includes('-')) {
    const settings = { ...config.config.rules, ...rules };
    tasks.push({ path: '-', text: await context.stdin(), named: true, forced, rules: settings, wantsNames });
  }
  const folders = folderFacts();
  const settings = settingsBy(run);
  const found = await filesOf(
    paths.filter((path) => path !== '-'),
    { ...context, wanted: (path) => nameKind(path) !== undefined || isAslName(path) },
  );
  for (const { path, absolute, named } of found) {
    const inConfig = slashes(relative(config.folder, absolute));
    if (isExcluded(config.config, inConfig)) continue;
    const { sqlfluff, dialect } = await folders(absolute);
    const configured = configuredDialect(config.config, inConfig) ?? dialect;
    tasks.push({
      path,
      absolute,
      named,
      forced,
      configured,
      rules: settings(inConfig, { sqlfluff }),
      wantsNames,
    });
  }
  return tasks;
}

// Files with the same settings share one object, which threads are then sent once.
function settingsBy({
  config,
  rules,
}: LintRun): (path: string, beside: { readonly sqlfluff: boolean }) => RuleSettings {
  const known = new Map<string, RuleSettings>();
  return (path, { sqlfluff }) => {
    const settings = { ...(sqlfluff ? besideSqlfluff : {}), ...settingsFor(config.config, path), ...rules };
    const key = JSON.stringify(settings);
    const same = known.get(key);
    if (same === undefined) known.set(key, settings);
    return same ?? settings;
  };
}
