import { stat } from 'node:fs/promises';
import { Problem } from '../base/problem';
import { sourcedFromDdl } from '../catalog/ddlTables';
import { knownCatalog, withoutRepeats, type CatalogSource, type SourcedTable } from '../catalog/known';
import type { DataDocument } from '../documents/data/node';
import { nameKind } from '../documents/kind';
import { fileDialect } from '../lint/fileDialect';
import type { Finding } from '../lint/finding';
import { fixAll } from '../lint/fixAll';
import { lintFile, reviewFile, type FileLintOptions } from '../lint/lintFile';
import { openFile, type LakeFile } from '../lint/openFile';
import type { RuleSettings } from '../lint/settings';
import { useCounts, useFrom, type UseCounts } from '../lint/tableUse';
import type { Dialect } from '../sql/ast';
import type { SqlDocument } from '../sql/document';
import { namedTables, type NamedTable } from './lintGlue';
import type { LintedFile } from './lintReport';
import { readTextFile, writeTextFile, type TextFile } from './textFile';

/** A file that is to be checked. All of it is plain data, which another thread can be sent. */
export interface FileTask {
  /** As shown; `-` for standard input. */
  readonly path: string;
  /** Undefined for standard input. */
  readonly absolute?: string;
  /** Given for standard input; other files are read when their turn comes. */
  readonly text?: string;
  /** Named by itself: then it is SQL, whatever its name, and said to be unknown when it is nothing we know. */
  readonly named: boolean;
  /** `--dialect`. */
  readonly forced?: Dialect | undefined;
  /** By the configuration's globs, else by the project it lies in. */
  readonly configured?: Dialect | undefined;
  readonly rules: RuleSettings;
  /** Whether the tables that it names are to be told: for `--catalog glue`. */
  readonly wantsNames: boolean;
}

/** What a file says that bears on the others. */
export interface TaskFacts {
  /** Why it cannot be read, in a sentence; then it says nothing. */
  readonly unreadable?: string;
  /** Its path, where its DDL makes tables: all that it says of them may be said by an earlier file too. */
  readonly ddl?: string;
  /** What it says of tables, without what an earlier file of the same thread says already. */
  readonly tables: Readonly<Record<Dialect, readonly SourcedTable[]>>;
  readonly use: Readonly<Record<Dialect, UseCounts>>;
  readonly named: readonly NamedTable[];
}

/** What all files together are checked with. */
export interface LintWorld {
  readonly sources: Readonly<Record<Dialect, readonly CatalogSource[]>>;
  readonly use: Readonly<Record<Dialect, UseCounts>>;
  /** Where a name without a database is looked for in Athena. */
  readonly defaultDatabase?: string | undefined;
  /** Whether fixes are written. */
  readonly fix: boolean;
}

/** Some files on their way through the linter: first what they say of each other, then their findings. */
export interface LintWork {
  /** Reads the files; facts in the order of the tasks. */
  readonly facts: (tasks: readonly FileTask[]) => Promise<readonly TaskFacts[]>;
  /** Checks the files read; undefined for one that cannot be read, or that is not for us and was not named. */
  readonly lint: (world: LintWorld) => Promise<readonly (LintedFile | undefined)[]>;
}

interface Opened {
  readonly task: FileTask;
  readonly file: TextFile;
  readonly lake: LakeFile | undefined;
}

/** Reads and checks files in this thread. `signal` is looked at between files. */
export function lintWork(signal?: AbortSignal): LintWork {
  let opened: readonly (Opened | undefined)[] = [];
  return {
    async facts(tasks) {
      const all: TaskFacts[] = [];
      const files: (Opened | undefined)[] = [];
      const news = { athena: withoutRepeats(), redshift: withoutRepeats() };
      for (let at = 0; at < tasks.length; at += readAhead) {
        signal?.throwIfAborted();
        const some = tasks.slice(at, at + readAhead);
        const texts = await Promise.all(some.map(textOf));
        for (const [index, task] of some.entries()) {
          const file = texts[index];
          if (file === undefined || file instanceof Problem) {
            files.push(undefined);
            all.push(file === undefined ? nothing : { ...nothing, unreadable: file.message });
            continue;
          }
          const read = { task, file, lake: await openText(file.text, task) };
          files.push(read);
          all.push(factsOf(read, news));
        }
      }
      opened = files;
      return all;
    },
    async lint(world) {
      const options = optionsOf(world);
      const linted: (LintedFile | undefined)[] = [];
      for (const [at, file] of opened.entries()) {
        // Ctrl-C and other threads are heard only between two turns.
        if (at % readAhead === 0) await new Promise((resolve) => setImmediate(resolve));
        signal?.throwIfAborted();
        linted.push(file === undefined ? undefined : await lintOpened(file, { options, fix: world.fix }));
      }
      return linted;
    },
  };
}

/** Larger files that are not SQL are data; bytes. */
const largest = 4_000_000;

/** Files whose texts are read at once, while nothing else is done. */
const readAhead = 50;

async function textOf(task: FileTask): Promise<TextFile | Problem | undefined> {
  const { path, absolute, text = '', named } = task;
  if (absolute === undefined) return { text: text.replace(/^\uFEFF/, ''), encoding: 'utf8' };
  const isPassedOver = !named && nameKind(path) !== 'sql';
  try {
    // Data is kept in JSON too, in files of any size.
    if (isPassedOver && (await sizeOf(absolute)) > largest) return undefined;
    return await readTextFile(absolute, path);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    // One without a cause is about the content, and nobody said that this file holds text.
    return isPassedOver && error.cause === undefined ? undefined : error;
  }
}

function sizeOf(absolute: string): Promise<number> {
  return stat(absolute).then(
    ({ size }) => size,
    () => 0,
  );
}

function openText(text: string, task: FileTask): Promise<LakeFile | undefined> {
  const path = readAs(text, task);
  const { forced, configured } = task;
  const dialect =
    nameKind(path) === 'sql' ? fileDialect(text, { forced, configured }) : (forced ?? configured);
  return openFile({ path, text, dialect });
}

/** The name that says how a file is written: standard input has none, and a named file may have any. */
function readAs(text: string, { path, named }: FileTask): string {
  if (path === '-') return /^\s*[[{]/.test(text) ? 'input.json' : 'input.sql';
  const isOther = nameKind(path) !== undefined || /\.(?:asl|json|ya?ml|py|ipynb)$/i.test(path);
  return !named || isOther ? path : `${path}.sql`;
}

const nothing: TaskFacts = {
  tables: { athena: [], redshift: [] },
  use: { athena: new Map(), redshift: new Map() },
  named: [],
};

function factsOf(
  { task, lake }: Opened,
  news: Readonly<Record<Dialect, ReturnType<typeof withoutRepeats>>>,
): TaskFacts {
  if (lake === undefined) return nothing;
  const documents =
    lake.kind === 'sql'
      ? [lake.document]
      : lake.embedded.filter(({ sql }) => sql.isSpark !== true).map(({ document }) => document);
  const of = (dialect: Dialect): readonly SqlDocument[] =>
    documents.filter((document) => document.dialect === dialect);
  const tables = (dialect: Dialect): readonly SourcedTable[] =>
    of(dialect).flatMap((document) => sourcedFromDdl(task.path, document));
  const use = (dialect: Dialect): UseCounts =>
    useCounts(of(dialect).flatMap(({ statements }) => statements.map(({ parsed }) => parsed)));
  const made = { athena: tables('athena'), redshift: tables('redshift') };
  return {
    ...(made.athena.length + made.redshift.length === 0 ? {} : { ddl: task.path }),
    tables: { athena: news.athena(made.athena), redshift: news.redshift(made.redshift) },
    use: { athena: use('athena'), redshift: use('redshift') },
    named: task.wantsNames ? documents.flatMap(namedTables) : [],
  };
}

type WorldOptions = Omit<FileLintOptions, 'config'>;

function optionsOf({ sources, use, defaultDatabase }: LintWorld): WorldOptions {
  return {
    catalogs: {
      athena: knownCatalog(sources.athena, defaultDatabase === undefined ? {} : { defaultDatabase }),
      redshift: knownCatalog(sources.redshift),
    },
    use: { athena: useFrom(use.athena), redshift: useFrom(use.redshift) },
  };
}

async function lintOpened(
  { task, file, lake }: Opened,
  { options, fix }: { readonly options: WorldOptions; readonly fix: boolean },
): Promise<LintedFile | undefined> {
  const { path, absolute, rules, named } = task;
  if (lake === undefined) {
    // A folder is full of files that are none of ours.
    const isSql = nameKind(readAs(file.text, task)) === 'sql';
    return isSql || named ? { path, text: file.text, language: undefined, isSql, findings: [] } : undefined;
  }
  const given = { ...options, config: { rules } };
  let current = lake;
  let findings = await findingsOf(current, given);
  // A fix may make room for another that overlapped it, so it goes on until nothing changes; ten rounds end a quarrel.
  for (let round = 0; fix && round < 10; round++) {
    const text = fixAll(current.text, findings);
    if (text === current.text) break;
    const next = await openText(text, task);
    if (next === undefined) break;
    current = next;
    findings = await findingsOf(current, given);
  }
  if (absolute !== undefined && current.text !== file.text) {
    await writeTextFile(absolute, { ...file, text: current.text });
  }
  // A text without findings is needed by nobody, unless it is printed.
  const text = findings.length > 0 || path === '-' ? current.text : '';
  return { path, text, language: languageOf(lake), isSql: lake.kind === 'sql', findings };
}

async function findingsOf(file: LakeFile, options: FileLintOptions): ReturnType<typeof reviewFile> {
  return reviewFile(file, lintFile(file, options), { ...options, structure });
}

// Loaded for the first state machine only: the schema and its reader are larger than all rules together.
async function structure(data: DataDocument): Promise<readonly Finding[]> {
  return (await import('../language/aslStructure')).structureFindings(data);
}

function languageOf(file: LakeFile): LintedFile['language'] {
  if (file.kind === 'sql') return file.document.dialect;
  return file.format === 'python' || file.format === 'notebook' ? file.format : file.languages[0];
}
