import { languageNames } from '../documents/language';
import { exampleDialect, type Rule } from './rule';

/** One rule's page as Markdown, for the hover, `explain` and docs/rules.md; headings start at the given level. */
export function rulePage(rule: Rule, { heading = '##' }: { readonly heading?: string } = {}): string {
  const where = rule.dialects.map((dialect) => languageNames[dialect]).join(' and ');
  return [
    `${heading} ${rule.code} \`${rule.id}\``,
    `**${rule.title}.** ${where}, ${rule.offByDefault === true ? `off by default (${rule.severity})` : `${rule.severity} by default`}.`,
    rule.why,
    ...(rule.unconfirmed === undefined ? [] : [`_Not confirmed:_ ${rule.unconfirmed}`]),
    ...(rule.catalog === undefined ? [] : ['With these tables:', code(rule.catalog, 'sql')]),
    'Bad:',
    code(rule.bad, fence(rule, rule.bad)),
    'Good:',
    code(rule.good, fence(rule, rule.good)),
    ...(rule.sources.length === 0 ? [] : [`Sources: ${rule.sources.map((url) => `<${url}>`).join(', ')}`]),
  ].join('\n\n');
}

/** All of docs/rules.md. */
export function rulesDocument(rules: readonly Rule[]): string {
  const rows = rules.map(({ code: name, id, severity, title }) => [
    `[${name}](#${anchor(name, id)})`,
    `\`${id}\``,
    severity,
    title,
  ]);
  return [
    '# Rules',
    'Written from the rules themselves by `UPDATE=1 node scripts/unit.mjs lint/ruleDocs`; a test holds it to them.',
    [
      'Set a severity (`error`, `warning`, `information`, `hint`) or `off` by code or id, in `lakeWorkbench.lint.rules`,',
      'in `.lake-workbench.json` or by `--rule`. `-- lake-ignore ATH121` above a statement switches a rule off for that',
      'statement, behind code for its line; `-- lake-ignore-file ATH121` for the file. Several names go with commas; none',
      'means every rule. In Python and YAML the comment begins with `#` and means the statement or key below it; in a state',
      'machine in JSON a `"Comment": "lake-ignore ASL01"` means its state. Zones of a repository have settings of their own in',
      '`"overrides": [{ "files": ["migrations/**"], "rules": { … } }]` of `.lake-workbench.json`.',
    ].join('\n'),
    table([['Code', 'Id', 'Severity', 'Title'], ...rows]),
    ...rules.map((rule) => rulePage(rule)),
    '',
  ]
    .join('\n\n')
    .replace(/\n+$/, '\n');
}

// Aligned, as the formatter of this repository would.
function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  const lines = rows.map(
    (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`,
  );
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [lines[0] ?? '', rule, ...lines.slice(1)].join('\n');
}

function code(text: string, language: string): string {
  return [`\`\`\`${language}`, text.trim(), '```'].join('\n');
}

/** How an example is written, for its colours. */
function fence(rule: Rule, example: string): string {
  if (exampleDialect(rule) !== undefined) return 'sql';
  const [language] = rule.dialects;
  if (language === 'glue' || language === 'lambda') return 'python';
  return /^\s*[[{]/.test(example) ? 'json' : 'yaml';
}

// As GitHub and VS Code make it from the heading.
function anchor(name: string, id: string): string {
  return `${name} ${id}`.toLowerCase().replaceAll(' ', '-');
}
