import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { dbtDialect, dbtProfilesFile, dbtProjectFile } from '../lint/dbt';
import { setsSqlfluffUp, sqlfluffFiles } from '../lint/sqlfluff';
import type { Dialect } from '../sql/ast';

/** What the folders above a file say of it. */
export interface FolderFacts {
  /** SQLFluff checks it too. */
  readonly sqlfluff: boolean;
  /** Of the dbt project it lies in, when its adapter is one of ours. */
  readonly dialect: Dialect | undefined;
}

/** Answers what the folders above a file say; each folder is looked at once. The folder of a `.git` is the last. */
export function folderFacts(): (absolute: string) => Promise<FolderFacts> {
  const known = new Map<string, Promise<FolderFacts>>();
  const of = (folder: string): Promise<FolderFacts> => {
    let facts = known.get(folder);
    if (facts === undefined) known.set(folder, (facts = look(folder, of)));
    return facts;
  };
  return (absolute) => of(dirname(absolute));
}

async function look(folder: string, of: (folder: string) => Promise<FolderFacts>): Promise<FolderFacts> {
  const isLast = dirname(folder) === folder || (await isThere(join(folder, '.git')));
  const above = isLast ? { sqlfluff: false, dialect: undefined } : await of(dirname(folder));
  return {
    sqlfluff: above.sqlfluff || (await isSetUp(folder)),
    dialect: (await dialectOfProject(folder)) ?? above.dialect,
  };
}

async function isSetUp(folder: string): Promise<boolean> {
  for (const name of sqlfluffFiles) {
    const text = await textOf(join(folder, name));
    if (text !== undefined && setsSqlfluffUp(name, text)) return true;
  }
  return false;
}

async function dialectOfProject(folder: string): Promise<Dialect | undefined> {
  const project = await textOf(join(folder, dbtProjectFile));
  if (project === undefined) return undefined;
  const profiles = await textOf(join(folder, dbtProfilesFile));
  return profiles === undefined ? undefined : dbtDialect(project, profiles);
}

async function textOf(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch(() => undefined);
}

async function isThere(path: string): Promise<boolean> {
  return readFile(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code === 'EISDIR',
  );
}
