import type { Dialect } from '../sql/ast';

/** The file that makes a folder a dbt project, and the one that names its database. */
export const dbtProjectFile = 'dbt_project.yml';
export const dbtProfilesFile = 'profiles.yml';

/**
 * The dialect of a dbt project by its adapters; undefined when `profiles.yml` names another one, or several.
 * `project` is the text of dbt_project.yml. https://docs.getdbt.com/docs/core/connect-data-platform/profiles.yml
 */
export function dbtDialect(project: string, profiles: string): Dialect | undefined {
  const profile = /^profile:\s*["']?([\w.-]+)/m.exec(project)?.[1];
  const section = profile === undefined ? profiles : sectionOf(profiles, profile);
  const types = new Set([...section.matchAll(/^\s+type:\s*["']?(\w+)/gm)].map(([, type]) => type));
  const [only] = types;
  return types.size === 1 && (only === 'athena' || only === 'redshift') ? only : undefined;
}

// From its name to the next line that is not indented.
function sectionOf(profiles: string, profile: string): string {
  const lines = profiles.split(/\r?\n/);
  const start = lines.findIndex((line) => line.replace(/["']/g, '').startsWith(`${profile}:`));
  if (start === -1) return '';
  const length = lines.slice(start + 1).findIndex((line) => /^[^\s#]/.test(line));
  return lines.slice(start, length === -1 ? undefined : start + 1 + length).join('\n');
}
