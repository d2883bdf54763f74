import { isObject } from '../catalog/schemaCheck';
import type { Dialect } from '../sql/ast';
import { matchesGlob } from './globs';
import type { Rule } from './rule';
import {
  findRule,
  nearest,
  nearestRuleName,
  severities,
  type RuleSetting,
  type RuleSettings,
} from './settings';

/** The name of the file that says how a folder is checked. */
export const configFileName = '.lake-workbench.json';

/** What a configuration file says; paths and globs are relative to its folder, with forward slashes. */
export interface Config {
  /** By rule id. */
  readonly rules: Readonly<Record<string, RuleSetting>>;
  /** The first glob that a path meets decides. */
  readonly dialects: readonly { readonly glob: string; readonly dialect: Dialect }[];
  readonly exclude: readonly string[];
  readonly catalog: readonly string[];
  /** Settings of single zones of the code: of those whose globs a path meets, the last one wins. */
  readonly overrides: readonly Override[];
}

/** Settings of the files that one of the globs meets. */
export interface Override {
  readonly files: readonly string[];
  readonly rules: Readonly<Record<string, RuleSetting>>;
}

/** A configuration with what could not be used of it, each in one sentence; the rest applies. */
export interface ReadConfig {
  readonly config: Config;
  readonly problems: readonly string[];
}

/** What holds where there is no configuration file. */
export const defaultConfig: Config = { rules: {}, dialects: [], exclude: [], catalog: [], overrides: [] };

/** Reads the text of a configuration file; `name` stands in the problems. Never throws. */
export function readConfig(
  text: string,
  { name, rules }: { readonly name: string; readonly rules: readonly Rule[] },
): ReadConfig {
  const problems: string[] = [];
  const content = parsed(text, name, problems);
  if (content === undefined) return { config: defaultConfig, problems };
  const version = content['version'];
  if (version !== 1) {
    problems.push(
      version === undefined
        ? `${name} has no "version": add "version": 1.`
        : `${name} has version ${JSON.stringify(version)} and only version 1 is known: it is read as that.`,
    );
  }
  for (const key of Object.keys(content)) {
    if (keys.includes(key)) continue;
    const meant = nearest(key, keys);
    problems.push(`${name} has the key ${key}, which means nothing${didYouMean(meant)}`);
  }
  const settings = readRules(content['rules'], rules);
  const dialects = readDialects(content['dialects']);
  const overrides = readOverrides(content['overrides'], rules);
  const found = [...settings.problems, ...dialects.problems, ...overrides.problems];
  problems.push(...found.map((problem) => `${name}: ${problem}`));
  const list = (key: string): readonly string[] => {
    const value = content[key];
    if (value === undefined) return [];
    if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
    problems.push(`${name}: ${key} must be a list of paths or globs.`);
    return [];
  };
  return {
    config: {
      rules: settings.rules,
      dialects: dialects.dialects,
      exclude: list('exclude'),
      catalog: list('catalog'),
      overrides: overrides.overrides,
    },
    problems,
  };
}

/** The dialect that the configuration gives a path; undefined where no glob meets it. */
export function configuredDialect(config: Config, path: string): Dialect | undefined {
  return config.dialects.find(({ glob }) => matchesGlob(path, glob))?.dialect;
}

/** The settings that hold for a path: the configuration's, and over them those of the zones that it lies in. */
export function settingsFor({ rules, overrides }: Config, path: string): RuleSettings {
  const zones = overrides.filter(({ files }) => files.some((glob) => matchesGlob(path, glob)));
  return zones.length === 0 ? rules : Object.assign({}, rules, ...zones.map((zone) => zone.rules));
}

/** Whether the configuration leaves a path out. */
export function isExcluded(config: Config, path: string): boolean {
  return config.exclude.some((glob) => matchesGlob(path, glob));
}

/** Rule settings from a map of names (ids or codes) to severities, as in the file, the setting and `--rule`. */
export function readRules(
  value: unknown,
  rules: readonly Rule[],
): { readonly rules: Readonly<Record<string, RuleSetting>>; readonly problems: readonly string[] } {
  if (value === undefined) return { rules: {}, problems: [] };
  if (!isObject(value)) return { rules: {}, problems: ['rules must be an object of rule and severity.'] };
  const settings: Record<string, RuleSetting> = {};
  const problems: string[] = [];
  for (const [name, wanted] of Object.entries(value)) {
    const rule = findRule(rules, name);
    const setting = ruleSettings.find((one) => one === wanted);
    if (rule === undefined) {
      problems.push(`no rule is called ${name}${didYouMean(nearestRuleName(rules, name))}`);
    } else if (setting === undefined) {
      const meant = typeof wanted === 'string' ? nearest(wanted, ruleSettings) : undefined;
      problems.push(
        `${JSON.stringify(wanted)} is no severity for ${name}${meant === undefined ? `: use ${ruleSettings.join(', ')}.` : didYouMean(meant)}`,
      );
    } else settings[rule.id] = setting;
  }
  return { rules: settings, problems };
}

const keys = ['$schema', 'version', 'rules', 'dialects', 'exclude', 'catalog', 'overrides'];
const ruleSettings: readonly RuleSetting[] = ['off', ...severities];
const dialectNames: readonly Dialect[] = ['athena', 'redshift'];

function readDialects(value: unknown): {
  readonly dialects: Config['dialects'];
  readonly problems: readonly string[];
} {
  if (value === undefined) return { dialects: [], problems: [] };
  if (!isObject(value))
    return { dialects: [], problems: ['dialects must be an object of glob and dialect.'] };
  const dialects: { glob: string; dialect: Dialect }[] = [];
  const problems: string[] = [];
  for (const [glob, wanted] of Object.entries(value)) {
    const dialect = dialectNames.find((name) => name === wanted);
    if (dialect !== undefined) dialects.push({ glob, dialect });
    else problems.push(`${JSON.stringify(wanted)} for ${glob} is no dialect: use athena or redshift.`);
  }
  return { dialects, problems };
}

function readOverrides(
  value: unknown,
  rules: readonly Rule[],
): { readonly overrides: readonly Override[]; readonly problems: readonly string[] } {
  if (value === undefined) return { overrides: [], problems: [] };
  if (!Array.isArray(value)) {
    const form = '[{ "files": ["migrations/**"], "rules": {} }]';
    return { overrides: [], problems: [`overrides must be a list, as ${form}.`] };
  }
  const overrides: Override[] = [];
  const problems: string[] = [];
  for (const [at, entry] of value.entries()) {
    const name = `overrides[${at}]`;
    const files: unknown = isObject(entry) ? entry['files'] : undefined;
    if (!isObject(entry) || !Array.isArray(files) || !files.every((glob) => typeof glob === 'string')) {
      problems.push(`${name} needs "files", a list of globs.`);
      continue;
    }
    for (const key of Object.keys(entry)) {
      if (key === 'files' || key === 'rules') continue;
      problems.push(
        `${name} has the key ${key}, which means nothing${didYouMean(nearest(key, ['files', 'rules']))}`,
      );
    }
    const settings = readRules(entry['rules'], rules);
    problems.push(...settings.problems.map((problem) => `${name}: ${problem}`));
    overrides.push({ files, rules: settings.rules });
  }
  return { overrides, problems };
}

function parsed(
  text: string,
  name: string,
  problems: string[],
): Readonly<Record<string, unknown>> | undefined {
  try {
    const content: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    if (isObject(content)) return content;
    problems.push(`${name} must hold one JSON object, as { "version": 1, "rules": {} }.`);
  } catch (error) {
    const detail = error instanceof Error ? error.message.replace(/\s+/g, ' ') : '';
    problems.push(`${name} is not valid JSON, so none of it applies: ${detail}.`);
  }
  return undefined;
}

function didYouMean(meant: string | undefined): string {
  return meant === undefined ? '.' : `: did you mean ${meant}?`;
}
