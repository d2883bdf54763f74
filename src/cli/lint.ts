import type { Finding } from '../lint/finding';
import { isAtLeast, severities, type RuleSettings } from '../lint/settings';
import type { Dialect } from '../sql/ast';
import { wrongUse } from './arguments';
import {
  optionFlag,
  optionText,
  optionTexts,
  type Command,
  type CommandContext,
  type ExitCode,
} from './command';
import { lintPaths } from './lintFiles';
import { githubReport, jsonReport, textReport, type LintedFile } from './lintReport';
import { sarifReport } from './lintSarif';
import { findConfig, ruleOptions } from './lintSettings';

const reports = { text: textReport, json: jsonReport, sarif: sarifReport, github: githubReport } as const;

/** `lake-workbench lint [PATH…]`. */
export const command: Command = {
  name: 'lint',
  summary: 'check SQL, state machines, lifecycle and WLM JSON, Glue and Lambda Python',
  usage: '[PATH…]',
  help: `
PATH is a file, a folder that is walked (without node_modules and what .gitignore leaves out), or - for standard
input; without one, the working folder. Checked are SQL (.sql, .hql, .ddl), Step Functions state machines (JSON and
YAML, in SAM and CloudFormation templates too), S3 lifecycle and Redshift WLM configurations (JSON), Glue jobs and
Lambda handlers (Python, notebooks), and the SQL inside all of these. Other files of a folder are passed over.

The dialect of a SQL file is that of --dialect, else of a first line "-- dialect: athena", else of the
configuration's globs, else of the dbt project it lies in (profiles.yml), else of words that only one dialect has; a
file of which none of these tells is not checked. Where SQLFluff is set up for a folder, the rules that say the same
(ATH132, ATH135, ATH201, ATH202) are off unless the configuration or --rule names them.

--fix writes every fix that needs no choice. With - it prints the mended text, and the findings on standard error.

--format json prints { "version": 1, "files": [ { "path", "dialect", "findings": [ { "rule", "code", "severity",
"message", "start": { "offset", "line", "column" }, "end", "fix": { "title", "edits": [ { "start", "end",
"text" } ] } } ] } ] }. Offsets and columns are UTF-16 units; lines and columns count from 1. "dialect" is null
for a file that was not checked, and "asl", "s3-lifecycle", "redshift-wlm", "python" or "notebook" for what is
not SQL. "fix" is there when the finding has one that needs no choice.

Exit code 1 when there is a finding at or above --fail-on.`,
  options: {
    dialect: {
      type: 'string',
      value: 'DIALECT',
      choices: ['auto', 'athena', 'redshift'],
      description: 'dialect of all files',
    },
    catalog: {
      type: 'string',
      value: 'FILE',
      multiple: true,
      description: 'tables: a snapshot (.json), DDL (.sql) or glue, instead of the configuration’s',
    },
    database: {
      type: 'string',
      short: 'd',
      value: 'NAME',
      description: 'with --catalog glue: database of unqualified table names (default: default)',
    },
    'fail-on': {
      type: 'string',
      value: 'SEVERITY',
      choices: [...severities.toReversed(), 'never'],
      description: 'lowest severity that gives exit code 1 (default: error)',
    },
    rule: { type: 'string', value: 'ID=SEVERITY', multiple: true, description: 'severity of a rule, or off' },
    fix: { type: 'boolean', description: 'write the fixes that need no choice' },
    config: {
      type: 'string',
      value: 'FILE',
      description: 'configuration (default: the nearest .lake-workbench.json)',
    },
    format: {
      type: 'string',
      value: 'FORMAT',
      choices: Object.keys(reports),
      description: 'how the findings are written (default: text)',
    },
  },
  run: lint,
};

async function lint(context: CommandContext): Promise<ExitCode> {
  const { options, cwd, stdout, stderr, signal } = context;
  const format = formatOf(optionText(options, 'format'));
  const fix = optionFlag(options, 'fix');
  const paths = context.arguments.length === 0 ? ['.'] : context.arguments;
  if (fix && paths.includes('-') && (format !== 'text' || paths.length > 1)) {
    throw wrongUse('--fix prints the text of standard input: give - alone, and --format text.');
  }
  const config = await findConfig(cwd, { named: optionText(options, 'config'), paths });
  const rules: RuleSettings = ruleOptions(optionTexts(options, 'rule'));
  const glue = {
    // Read when it is wanted only: the AWS SDK takes longer than the linting.
    open: async () => (await import('./lake')).openLake(context),
    database: optionText(options, 'database') ?? 'default',
  };
  const run = {
    config,
    rules,
    catalog: optionTexts(options, 'catalog'),
    glue,
    forced: dialectNamed(optionText(options, 'dialect')),
    fix,
  };
  const { files, unreadable } = await lintPaths(paths, { context, run });
  signal.throwIfAborted();

  if (fix && paths.includes('-')) {
    stdout.write(files[0]?.text ?? '');
    stderr.write(textReport(files));
  } else stdout.write(reports[format](files));
  const notes = [...config.problems, ...unreadable];
  for (const note of notes) stderr.write(`lake-workbench: ${note}\n`);
  if (format === 'text' && !optionFlag(options, 'quiet')) stderr.write(unknownDialects(files));
  if (notes.length > 0) return 2;
  const found = files.flatMap(({ findings }) => findings);
  return exitCode(found, optionText(options, 'fail-on') ?? 'error');
}

function exitCode(findings: readonly Finding[], failOn: string): ExitCode {
  const threshold = severities.find((severity) => severity === failOn);
  if (threshold === undefined) return 0;
  return findings.some(({ severity }) => isAtLeast(severity, threshold)) ? 1 : 0;
}

// Said once and not as a finding: the files may be another database's, and then nothing is wrong with them.
function unknownDialects(files: readonly LintedFile[]): string {
  const unknown = files.filter(({ language }) => language === undefined);
  const sql = unknown.filter(({ isSql }) => isSql).map(({ path }) => path);
  const others = unknown.filter(({ isSql }) => !isSql).map(({ path }) => path);
  const notes: string[] = [];
  if (sql.length > 0) {
    notes.push(
      `not checked, because the dialect is not known: ${someOf(sql)}. Write -- dialect: athena (or redshift) in the first line, or give --dialect.`,
    );
  }
  if (others.length > 0)
    notes.push(`not checked, because nothing in them is known to lint: ${someOf(others)}.`);
  return notes.map((note) => `lake-workbench: ${note}\n`).join('');
}

function someOf(paths: readonly string[]): string {
  const shown = paths.length > 3 ? [...paths.slice(0, 3), `${paths.length - 3} more`] : paths;
  return shown.join(', ');
}

function formatOf(given: string | undefined): keyof typeof reports {
  return given === 'json' || given === 'sarif' || given === 'github' ? given : 'text';
}

function dialectNamed(given: string | undefined): Dialect | undefined {
  return given === 'athena' || given === 'redshift' ? given : undefined;
}
