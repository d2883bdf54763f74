import type { JsonSchema } from '../catalog/schemaCheck';
import type { Rule } from './rule';
import { severities } from './settings';

const paths = { type: 'array', items: { type: 'string' } } as const;

/** The schema of `.lake-workbench.json`, with a row per rule so that an editor completes and explains them. */
export function configSchema(rules: readonly Rule[]): JsonSchema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Lake Workbench',
    description: 'How the files of a folder are checked.',
    type: 'object',
    required: ['version'],
    additionalProperties: false,
    properties: {
      $schema: { type: 'string' },
      version: { const: 1 },
      rules: rulesSchema(rules),
      dialects: {
        type: 'object',
        description: 'Glob to dialect; the first glob that a path meets decides.',
        additionalProperties: { enum: ['athena', 'redshift'] },
      },
      exclude: { ...paths, description: 'Globs of files that are not checked.' },
      overrides: {
        type: 'array',
        description: 'Settings of zones of the code; where several meet a path, the last one wins.',
        items: {
          type: 'object',
          required: ['files'],
          additionalProperties: false,
          properties: {
            files: { ...paths, description: 'Globs, as migrations/**.' },
            rules: namesSchema(rules),
          },
        },
      },
      catalog: { ...paths, description: 'Snapshot files and globs of DDL files that give the tables.' },
    },
  };
}

/** The schema of the map from rule to severity, also that of the setting `lakeWorkbench.lint.rules`. */
export function rulesSchema(rules: readonly Rule[]): JsonSchema {
  const setting = (rule: Rule, also: string): JsonSchema => ({
    enum: ['off', ...severities],
    default: rule.offByDefault === true ? 'off' : rule.severity,
    description: `${also}: ${rule.title}. ${rule.why}`,
  });
  return {
    type: 'object',
    description: 'Severity of single rules, by id or code.',
    additionalProperties: false,
    properties: Object.fromEntries(
      rules.flatMap((rule) => [
        [rule.id, setting(rule, rule.code)],
        [rule.code, setting(rule, rule.id)],
      ]),
    ),
  };
}

// Without the texts, which stand in the schema once already.
function namesSchema(rules: readonly Rule[]): JsonSchema {
  const setting: JsonSchema = { enum: ['off', ...severities] };
  return {
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(
      rules.flatMap(({ id, code }) => [id, code]).map((name) => [name, setting]),
    ),
  };
}
