import type { RuleSettings } from './settings';

/**
 * Off where SQLFluff checks the same folder, unless a user names them: AM02 (UNION), AM08 (implicit cross join) and
 * RF04 (keywords as names) say the same. https://docs.sqlfluff.com/en/stable/reference/rules.html
 */
export const besideSqlfluff: RuleSettings = {
  'athena-union-distinct': 'off',
  'athena-cross-join': 'off',
  'athena-ddl-reserved-word': 'off',
  'athena-dml-reserved-word': 'off',
};

/** Names of the files in which SQLFluff looks for its settings. https://docs.sqlfluff.com/en/stable/configuration/setting_configuration.html */
export const sqlfluffFiles: readonly string[] = [
  '.sqlfluff',
  'pyproject.toml',
  'setup.cfg',
  'tox.ini',
  'pep8.ini',
];

/** Whether a file of one of these names sets SQLFluff up. */
export function setsSqlfluffUp(name: string, text: string): boolean {
  if (name === '.sqlfluff') return true;
  const section = name === 'pyproject.toml' ? /^\s*\[tool\.sqlfluff[.\]]/m : /^\s*\[sqlfluff[:\]]/m;
  return section.test(text);
}
