import { relative, resolve } from 'node:path';
import { Problem } from '../base/problem';
import type { Table } from '../catalog/catalog';
import { sourcedFromDdl } from '../catalog/ddlTables';
import { knownCatalog, type CatalogSource, type KnownCatalog } from '../catalog/known';
import { readSnapshot } from '../catalog/snapshot';
import { matchesGlob } from '../lint/globs';
import type { Dialect } from '../sql/ast';
import { readDocument, type SqlDocument } from '../sql/document';
import { glueTables, type GlueWish } from './lintGlue';
import type { FolderConfig } from './lintSettings';
import { slashes, sqlFiles } from './sqlFiles';
import { readTextFile } from './textFile';

/** What the catalog of a run is made of. */
export interface CatalogRequest {
  /** `--catalog` values: DDL or snapshot files, and `glue`; they replace those of the configuration. */
  readonly given: readonly string[];
  readonly config: FolderConfig;
  readonly cwd: string;
  /** The files that are checked: their DDL counts too. */
  readonly documents: ReadonlyMap<string, SqlDocument>;
  /** The dialect that a DDL file is in; undefined when it cannot be told. */
  readonly dialectOf: (path: string, text: string) => Dialect | undefined;
  /** For `--catalog glue`. */
  readonly glue: GlueWish;
  readonly signal: AbortSignal;
}

/** The catalog of each dialect; a Problem for a file that is missing or broken. */
export async function lintCatalogs(
  request: CatalogRequest,
): Promise<Readonly<Record<Dialect, KnownCatalog>>> {
  const { given, config, cwd, documents } = request;
  if (given.includes('redshift')) throw notLive();
  const files = given.filter((path) => path !== 'glue');
  const paths = given.length > 0 ? files.map((path) => resolve(cwd, path)) : await configured(request);
  const ddl = new Map(documents);
  const snapshots: { readonly name: string; readonly tables: readonly Table[] }[] = [];
  for (const path of paths) {
    const shown = slashes(relative(cwd, path));

    const { text } = await readTextFile(path, shown);
    if (/\.json$/i.test(path)) snapshots.push({ name: shown, tables: readSnapshot(text, shown).tables });
    else {
      const dialect = request.dialectOf(slashes(relative(config.folder, path)), text);
      // DDL that is checked as well is not a second definition.
      if (dialect !== undefined && !ddl.has(shown)) ddl.set(shown, readDocument(text, dialect));
    }
  }
  if (given.includes('glue')) {
    snapshots.push({
      name: 'Glue',
      tables: await glueTables(documents.values(), request.glue, request.signal),
    });
  }
  const defaultDatabase = given.includes('glue') ? { defaultDatabase: request.glue.database } : {};
  const of = (dialect: Dialect): KnownCatalog =>
    knownCatalog(
      [
        {
          name: 'the DDL of these files',
          tables: [...ddl]
            .filter(([, document]) => document.dialect === dialect)
            .flatMap(([path, document]) => sourcedFromDdl(path, document)),
        },
        ...snapshots.map(({ name, tables }): CatalogSource => ({
          name,
          tables: tables.filter((table) => isFor(dialect, table)).map((table) => ({ table, origin: name })),
        })),
      ],
      dialect === 'athena' ? defaultDatabase : {},
    );
  return { athena: of('athena'), redshift: of('redshift') };
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
