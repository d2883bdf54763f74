import { relative, resolve } from 'node:path';
import { Problem } from '../base/problem';
import type { Table } from '../catalog/catalog';
import { sourcedFromDdl } from '../catalog/ddlTables';
import type { CatalogSource, SourcedTable } from '../catalog/known';
import { readSnapshot } from '../catalog/snapshot';
import { configuredDialect } from '../lint/config';
import { fileDialect } from '../lint/fileDialect';
import { matchesGlob } from '../lint/globs';
import { addedUp } from '../lint/tableUse';
import type { Dialect } from '../sql/ast';
import { readDocument } from '../sql/document';
import { glueTables, type GlueWish } from './lintGlue';
import type { FolderConfig } from './lintSettings';
import type { LintWorld, TaskFacts } from './lintWork';
import { slashes, sqlFiles } from './sqlFiles';
import { readTextFile } from './textFile';

/** What the catalog of a run is made of. */
export interface CatalogRequest {
  /** `--catalog` values: DDL or snapshot files, and `glue`; they replace those of the configuration. */
  readonly given: readonly string[];
  readonly config: FolderConfig;
  readonly cwd: string;
  /** What the files say that are checked: their DDL counts too. */
  readonly facts: readonly TaskFacts[];
  /** For `--catalog glue`. */
  readonly glue: GlueWish;
  /** `--dialect`, which holds for DDL files too. */
  readonly forced: Dialect | undefined;
  readonly signal: AbortSignal;
}

/** The sources of each dialect's tables, the strongest first; a Problem for a file that is missing or broken. */
export async function lintSources(request: CatalogRequest): Promise<Omit<LintWorld, 'fix'>> {
  const { given, cwd, facts, glue, signal } = request;
  if (given.includes('redshift')) throw notLive();
  const files = given.filter((path) => path !== 'glue');
  const paths = given.length > 0 ? files.map((path) => resolve(cwd, path)) : await configured(request);
  const ddl = { athena: tablesOf('athena', facts), redshift: tablesOf('redshift', facts) };
  const checked = new Set(facts.map((fact) => fact.ddl));
  const snapshots: (Omit<CatalogSource, 'tables'> & { readonly tables: readonly Table[] })[] = [];
  for (const path of paths) {
    const shown = slashes(relative(cwd, path));
    const { text } = await readTextFile(path, shown);
    if (/\.json$/i.test(path)) snapshots.push({ name: shown, ...readSnapshot(text, shown) });
    // DDL that is checked as well is not a second definition.
    else if (!checked.has(shown)) {
      const dialect = dialectOfDdl(path, text, request);
      if (dialect !== undefined) ddl[dialect].push(...sourcedFromDdl(shown, readDocument(text, dialect)));
    }
  }
  if (given.includes('glue')) {
    const named = facts.flatMap((fact) => fact.named);
    snapshots.push({ name: 'Glue', tables: await glueTables(named, glue, signal) });
  }
  const of = (dialect: Dialect): readonly CatalogSource[] => [
    { name: 'the DDL of these files', tables: ddl[dialect] },
    ...snapshots.map(({ name, tables, listings, slices }): CatalogSource => ({
      name,
      ...(listings === undefined ? {} : { listings }),
      ...(slices === undefined ? {} : { slices }),
      tables: tables.filter((table) => isFor(dialect, table)).map((table) => ({ table, origin: name })),
    })),
  ];
  return {
    sources: { athena: of('athena'), redshift: of('redshift') },
    use: {
      athena: addedUp(facts.map(({ use }) => use.athena)),
      redshift: addedUp(facts.map(({ use }) => use.redshift)),
    },
    defaultDatabase: given.includes('glue') ? glue.database : undefined,
  };
}

function tablesOf(dialect: Dialect, facts: readonly TaskFacts[]): SourcedTable[] {
  return facts.flatMap(({ tables }) => tables[dialect]);
}

function dialectOfDdl(path: string, text: string, { config, forced }: CatalogRequest): Dialect | undefined {
  const inConfig = slashes(relative(config.folder, path));
  return fileDialect(text, { forced, configured: configuredDialect(config.config, inConfig) });
}

// A Glue table is Athena's, a native one Redshift's; names may be the same.
function isFor(dialect: Dialect, table: Table): boolean {
  return (table.kind === 'native') === (dialect === 'redshift');
}

async function configured({ config, signal }: CatalogRequest): Promise<readonly string[]> {
  const { folder } = config;
  const paths: string[] = [];
  const globs: string[] = [];
  for (const entry of config.config.catalog) (/[*?{]/.test(entry) ? globs : paths).push(entry);
  const all = globs.length === 0 ? [] : await sqlFiles(['.'], { cwd: folder, signal });
  return [
    ...paths.map((path) => resolve(folder, path)),
    ...all
      .filter(({ path }) => globs.some((glob) => matchesGlob(path, glob)))
      .map(({ absolute }) => absolute),
  ];
}

function notLive(): Problem {
  return new Problem(
    '--catalog redshift is not read live by lint: give the DDL of the warehouse or a snapshot instead.',
    'invalid',
  );
}
