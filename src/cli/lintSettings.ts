import { readFile, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { Problem } from '../base/problem';
import { configFileName, defaultConfig, readConfig, readRules, type Config } from '../lint/config';
import { rules } from '../lint/rules/index';
import type { RuleSettings } from '../lint/settings';
import { wrongUse } from './arguments';

/** A configuration with the folder that its paths count from. */
export interface FolderConfig {
  readonly config: Config;
  /** Absolute. */
  readonly folder: string;
  /** What could not be used of it, a sentence each. */
  readonly problems: readonly string[];
}

/**
 * The configuration of `--config`, else the nearest `.lake-workbench.json` from the folder that holds all the paths
 * upwards, else none: a folder of a larger repository is checked by its own. A Problem of kind `missing` when a
 * named one is not there.
 */
export async function findConfig(
  cwd: string,
  { named, paths }: { readonly named: string | undefined; readonly paths: readonly string[] },
): Promise<FolderConfig> {
  if (named !== undefined) {
    const path = resolve(cwd, named);
    const text = await textOf(path);
    if (text === undefined) {
      throw new Problem(`The configuration ${named} cannot be read: name a file that is there.`, 'missing');
    }
    return { ...readConfig(text, { name: named, rules }), folder: dirname(path) };
  }
  for (let folder = await commonFolder(cwd, paths); ; folder = dirname(folder)) {
    const text = await textOf(join(folder, configFileName));
    if (text !== undefined) return { ...readConfig(text, { name: configFileName, rules }), folder };
    if (dirname(folder) === folder) return { config: defaultConfig, folder: cwd, problems: [] };
  }
}

/** The settings of `--rule ID=SEVERITY`; a Problem of kind `invalid` for a name or severity that does not exist. */
export function ruleOptions(given: readonly string[]): RuleSettings {
  const pairs = given.map((text): readonly [string, string] => {
    const at = text.indexOf('=');
    if (at < 1) throw wrongUse(`--rule ${text} lacks its severity: write --rule ${text}=off.`);
    return [text.slice(0, at), text.slice(at + 1)];
  });
  const { rules: settings, problems } = readRules(Object.fromEntries(pairs), rules);
  if (problems[0] !== undefined) throw wrongUse(`--rule: ${problems[0]}`);
  return settings;
}

/** The deepest folder that holds every path; the working folder when they have none in common, or for `-`. */
async function commonFolder(cwd: string, paths: readonly string[]): Promise<string> {
  const folders = await Promise.all(
    paths.map(async (path) => {
      const whole = path === '-' ? cwd : resolve(cwd, path);
      const isFolder = await stat(whole).then(
        (found) => found.isDirectory(),
        () => false,
      );
      return isFolder ? whole : dirname(whole);
    }),
  );
  let common = folders[0] ?? cwd;
  for (const folder of folders) {
    while (relative(common, folder).startsWith('..') && dirname(common) !== common) common = dirname(common);
  }
  return common;
}

async function textOf(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch(() => undefined);
}
