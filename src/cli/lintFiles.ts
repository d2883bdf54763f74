import { relative } from 'node:path';
import { Problem } from '../base/problem';
import type { KnownCatalog } from '../catalog/known';
import { configuredDialect, isExcluded } from '../lint/config';
import { fileDialect } from '../lint/fileDialect';
import type { Finding } from '../lint/finding';
import { fixAll } from '../lint/fixAll';
import { lintDocument } from '../lint/lint';
import type { TableUse } from '../lint/rule';
import { withSecondOpinion } from '../lint/secondOpinion';
import type { RuleSettings } from '../lint/settings';
import { tableUse } from '../lint/tableUse';
import type { Dialect } from '../sql/ast';
import { readDocument, type SqlDocument } from '../sql/document';
import type { CommandContext } from './command';
import { lintCatalogs } from './lintCatalog';
import type { LintedFile } from './lintReport';
import type { GlueWish } from './lintGlue';
import type { FolderConfig } from './lintSettings';
import { slashes, sqlFiles } from './sqlFiles';
import { readTextFile, writeTextFile, type TextFile } from './textFile';

/** A file that is to be checked. */
export interface Input {
  /** As shown; `-` for standard input. */
  readonly path: string;
  /** Undefined for standard input. */
  readonly absolute?: string;
  readonly file: TextFile;
  /** Undefined where it cannot be told. */
  readonly dialect: Dialect | undefined;
}

/** The files that paths mean and, a sentence each, those that cannot be read: they must not hide the others. */
export async function readInputs(
  paths: readonly string[],
  {
    context,
    config,
    forced,
  }: {
    readonly context: CommandContext;
    readonly config: FolderConfig;
    readonly forced: Dialect | undefined;
  },
): Promise<{ readonly inputs: readonly Input[]; readonly unreadable: readonly string[] }> {
  const inputs: Input[] = [];
  const unreadable: string[] = [];
  if (paths.includes('-')) {
    const text = (await context.stdin()).replace(/^\uFEFF/, '');
    inputs.push({ path: '-', file: { text, encoding: 'utf8' }, dialect: fileDialect(text, { forced }) });
  }
  const named = paths.filter((path) => path !== '-');
  for (const { path, absolute } of await sqlFiles(named, context)) {
    const inConfig = slashes(relative(config.folder, absolute));
    if (isExcluded(config.config, inConfig)) continue;
    try {
      const file = await readTextFile(absolute, path);
      const configured = configuredDialect(config.config, inConfig);
      const dialect = fileDialect(file.text, { forced, configured });
      inputs.push({ path, absolute, file, dialect });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      unreadable.push(error.message);
    }
  }
  return { inputs, unreadable };
}

/** What a run checks its files with. */
export interface LintRun {
  readonly cwd: string;
  readonly signal: AbortSignal;
  readonly config: FolderConfig;
  readonly rules: RuleSettings;
  /** `--catalog` values. */
  readonly catalog: readonly string[];
  /** For `--catalog glue`. */
  readonly glue: GlueWish;
  readonly forced: Dialect | undefined;
  /** Writes each file that a fix changes. */
  readonly fix: boolean;
}

/** Checks files with each other's DDL and, where asked, mends them. A Problem for a catalog that cannot be used. */
export async function lintInputs(inputs: readonly Input[], run: LintRun): Promise<readonly LintedFile[]> {
  const documents = new Map(
    inputs.flatMap(({ path, file: { text }, dialect }) =>
      dialect === undefined ? [] : [[path, readDocument(text, dialect)]],
    ),
  );
  const catalogs = await lintCatalogs({
    given: run.catalog,
    config: run.config,
    cwd: run.cwd,
    documents,
    dialectOf: (path, text) =>
      fileDialect(text, { forced: run.forced, configured: configuredDialect(run.config.config, path) }),
    glue: run.glue,
    signal: run.signal,
  });
  const checks = {
    athena: checker(run.rules, { catalog: catalogs.athena, use: useOf('athena', documents) }),
    redshift: checker(run.rules, { catalog: catalogs.redshift, use: useOf('redshift', documents) }),
  };
  const files: LintedFile[] = [];
  for (const input of inputs) {
    run.signal.throwIfAborted();
    const { path, file, dialect } = input;
    const document = documents.get(path);
    if (dialect === undefined || document === undefined) {
      files.push({ path, text: file.text, dialect: undefined, findings: [] });
      continue;
    }
    const check = checks[dialect];
    const { text, findings } = run.fix ? await mend(input, { document, check }) : await check(document);
    files.push({ path, text, dialect, findings });
  }
  return files;
}

type Use = (table: string) => TableUse;

function useOf(dialect: Dialect, documents: ReadonlyMap<string, SqlDocument>): Use {
  const ofDialect = [...documents.values()].filter((document) => document.dialect === dialect);
  return tableUse(ofDialect.flatMap(({ statements }) => statements.map(({ parsed }) => parsed)));
}

type Check = (
  document: SqlDocument,
) => Promise<{ readonly text: string; readonly findings: readonly Finding[] }>;

function checker(
  rules: RuleSettings,
  { catalog, use }: { readonly catalog: KnownCatalog; readonly use: Use },
): Check {
  return async (document) => {
    const { findings } = lintDocument(document, { catalog, config: { rules }, use });
    return { text: document.text, findings: await withSecondOpinion(document, findings) };
  };
}

// A fix may make room for another that overlapped it, so it goes on until nothing changes; ten rounds end a quarrel.
async function mend(
  { absolute, file }: Input,
  { document, check }: { readonly document: SqlDocument; readonly check: Check },
): ReturnType<Check> {
  let result = await check(document);
  for (let round = 0; round < 10; round++) {
    const text = fixAll(result.text, result.findings);
    if (text === result.text) break;
    result = await check(readDocument(text, document.dialect));
  }
  if (absolute !== undefined && result.text !== file.text) {
    await writeTextFile(absolute, { ...file, text: result.text });
  }
  return result;
}
