import { shifted, type Span } from '../base/text';
import type { CatalogSnapshot, Table } from '../catalog/catalog';
import { withDdl } from '../catalog/overlay';
import type { Dialect, ParsedStatement, Statement } from '../sql/ast';
import type { SqlDocument } from '../sql/document';
import { dispatchFor, runRules, type Dispatch } from './dispatch';
import { runningFacts } from './fileFacts';
import type { Finding, Fix } from './finding';
import { withoutLesser } from './precedence';
import { recording, stillHolds, type Answered, type World } from './questions';
import type { ReportOptions, Rule, TableUse } from './rule';
import { rules as allRules } from './rules/index';
import { syntax } from './rules/shared/syntax';
import { severityOf, type RuleSettings } from './settings';
import { suppressed } from './suppressions';
import { tableUse } from './tableUse';

/** What a file is linted with. */
export interface LintOptions {
  readonly catalog: CatalogSnapshot;
  readonly config: { readonly rules: RuleSettings };
  /** The result for an earlier state of the same file: what it still says is not worked out again. */
  readonly previous?: LintResult;
  /** How all files together, this one included, use a table, by its own name; absent: this file alone counts. */
  readonly use?: (table: string) => TableUse;
}

/** The findings of one statement and what they rest on. */
interface Kept {
  readonly settings: string;
  /** Offsets are the statement's. */
  readonly findings: readonly Finding[];
  readonly answered: readonly Answered[];
  /** The tables among them that nobody knows. */
  readonly unknown: readonly (readonly string[])[];
}

/** All findings of a file in the order of their places, and what the next call can go on from. */
export interface LintResult {
  readonly findings: readonly Finding[];
  /** Names of tables that a rule asked for and nobody knew: worth fetching, each once. */
  readonly unknownTables: readonly (readonly string[])[];
  readonly kept: ReadonlyMap<ParsedStatement, Kept>;
}

/** Lints with all rules. Never throws on any text, never waits. */
export const lintDocument = linter(allRules);

/** A linter with these rules only. */
export function linter(rules: readonly Rule[]): (document: SqlDocument, options: LintOptions) => LintResult {
  const tables: Partial<Record<Dialect, Dispatch>> = {};
  return (document, options) => {
    const dispatch = (tables[document.dialect] ??= dispatchFor(rules, document.dialect));
    return lint(document, { ...options, dispatch, names: rules });
  };
}

interface Run extends LintOptions {
  readonly dispatch: Dispatch;
  readonly names: readonly Rule[];
}

function lint(document: SqlDocument, options: Run): LintResult {
  const settings = JSON.stringify(options.config.rules);
  const kept = new Map<ParsedStatement, Kept>();
  const catalog = withDdl(options.catalog);
  const file = runningFacts(options.use ?? tableUse(document.statements.map(({ parsed }) => parsed)));
  const world: World = { catalog, file };

  const run = { ...options, world, settings };
  const tables = new Map<string, Table | undefined>();

  const findings: Finding[] = [];
  for (const statement of document.statements) {
    const { parsed } = statement;
    const before = kept.get(parsed) ?? options.previous?.kept.get(parsed);
    const now =
      before?.settings === settings && stillHolds(before.answered, world, tables)
        ? before
        : lintStatement(parsed, run);
    kept.set(parsed, now);
    // A query changes no catalog, and most statements are queries.
    if (parsed.body.kind !== 'SelectStatement') {
      catalog.apply(parsed);
      tables.clear();
    }
    file.pass(parsed);
    for (const finding of now.findings) findings.push(moved(finding, statement));
  }
  return {
    findings: suppressed(findings, document, {
      rules: options.names,
      settings: options.config.rules,
    }).sort(byPlace),
    unknownTables: unknownTables(kept.values()),
    kept,
  };
}

function lintStatement(
  statement: ParsedStatement,
  options: Run & { readonly world: World; readonly settings: string },
): Kept {
  const { dialect } = statement;
  const found: (Finding & { readonly subject?: Span })[] = [];
  const { catalog, file, answered } = recording(options.world);
  const reporter =
    (rule: Rule) =>
    (span: Span, message: string, { severity, fixes = [], subject }: ReportOptions = {}): void => {
      const chosen = severityOf(rule, severity, options.config.rules);
      if (chosen === 'off') return;
      const { start, end } = span;
      const { id, code } = rule;
      found.push({
        rule: id,
        code,
        severity: chosen,
        message,
        fixes,
        start,
        end,
        ...(subject === undefined ? {} : { subject }),
      });
    };
  runRules(statement.body, options.dispatch, (rule) => ({
    dialect,
    catalog,
    file,
    statement,
    report: reporter(rule),
  }));
  reportSyntax(statement, reporter(syntax));
  const findings =
    found.length === 0 ? none : withoutLesser(found).map(({ subject: _subject, ...finding }) => finding);
  const all = [...answered.values()];
  const unknown = all.flatMap(({ question, answer }) =>
    question.kind === 'table' && answer === undefined ? [question.parts] : [],
  );
  return { settings: options.settings, findings, answered: all, unknown };
}

const none: readonly Finding[] = [];

// The parser already keeps quiet about what a template could explain.
function reportSyntax(
  { problems }: ParsedStatement,
  report: (span: Span, message: string, options: ReportOptions) => void,
): void {
  for (const { start, end, message, suggestion } of problems) {
    report({ start, end }, message, {
      fixes:
        suggestion === undefined
          ? []
          : [{ title: `Write ${suggestion}`, edits: [{ start, end, text: suggestion }] }],
    });
  }
}

function moved(finding: Finding, { start }: Statement): Finding {
  return {
    ...finding,
    start: finding.start + start,
    end: finding.end + start,
    fixes: finding.fixes.length === 0 ? finding.fixes : finding.fixes.map((fix) => movedFix(fix, start)),
  };
}

function movedFix(fix: Fix, by: number): Fix {
  return { ...fix, edits: fix.edits.map((edit) => shifted(edit, by)) };
}

function byPlace(a: Finding, b: Finding): number {
  return a.start - b.start || a.end - b.end || a.code.localeCompare(b.code);
}

function unknownTables(kept: Iterable<Kept>): readonly (readonly string[])[] {
  const names = new Map<string, readonly string[]>();
  for (const { unknown } of kept) {
    for (const parts of unknown) names.set(JSON.stringify(parts), parts);
  }
  return [...names.values()];
}
