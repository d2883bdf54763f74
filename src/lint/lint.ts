import { shifted, type Span } from '../base/text';
import type { CatalogSnapshot } from '../catalog/catalog';
import { withDdl } from '../catalog/overlay';
import type { Dialect, ParsedStatement, Statement } from '../sql/ast';
import type { SqlDocument } from '../sql/document';
import { dispatchFor, runRules, type Dispatch, type Speaking } from './dispatch';
import { runningFacts } from './fileFacts';
import type { Finding, Fix } from './finding';
import { withoutLesser } from './precedence';
import { holdsIn, recording, type Answered, type World } from './questions';
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
  /** The questions among them for tables that nobody knows. */
  readonly unknown: readonly Answered[];
}

/** All findings of a file in the order of their places, and what the next call can go on from. */
export interface LintResult {
  readonly findings: readonly Finding[];
  /** Names of tables that a rule asked for and nobody knew: worth fetching, each once. */
  readonly unknownTables: readonly (readonly string[])[];
  /** Not to be looked into: the results for later states of the file write to it too. */
  readonly kept: Map<ParsedStatement, Kept>;
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

/** Passed on from state to state of a file, since a keystroke changes one of thousands of statements; cleared out now and then. */
function keptFor({ statements }: SqlDocument, previous?: LintResult): Map<ParsedStatement, Kept> {
  const before = previous?.kept;
  if (before === undefined || before.size > 2 * statements.length + 100) {
    const kept = new Map<ParsedStatement, Kept>();
    for (const { parsed } of before === undefined ? [] : statements) {
      const known = before?.get(parsed);
      if (known !== undefined) kept.set(parsed, known);
    }
    return kept;
  }
  return before;
}

interface Run extends LintOptions {
  readonly dispatch: Dispatch;
  readonly names: readonly Rule[];
}

function lint(document: SqlDocument, options: Run): LintResult {
  const settings = JSON.stringify(options.config.rules);
  const kept = keptFor(document, options.previous);
  const unknown = new Map<string, readonly string[]>();
  const catalog = withDdl(options.catalog);
  const file = runningFacts(options.use ?? tableUse(document.statements.map(({ parsed }) => parsed)));
  const world: World = { catalog, file };

  const run = { ...options, world, settings };
  const check = holdsIn(world);

  const findings: Finding[] = [];
  for (const statement of document.statements) {
    const { parsed } = statement;
    let now = kept.get(parsed);
    if (now?.settings !== settings || !check.stillHolds(now.answered)) {
      now = lintStatement(parsed, run);
      kept.set(parsed, now);
    }
    for (const { key, question } of now.unknown) {
      if (question.kind === 'table' && !unknown.has(key)) unknown.set(key, question.parts);
    }
    // A query changes no catalog, and most statements are queries.
    if (parsed.body.kind !== 'SelectStatement') {
      catalog.apply(parsed);
      check.catalogChanged();
    }
    file.pass(parsed);
    for (const finding of now.findings) findings.push(moved(finding, statement));
  }
  const shown = suppressed(findings, document, { rules: options.names, settings: options.config.rules });
  return {
    findings: inOrder(shown) ? shown : shown.sort(byPlace),
    unknownTables: [...unknown.values()],
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
  // One context for all rules, for most of them look at most statements: the rule that speaks is the one called last.
  const speaking: Speaking = { rule: syntax };
  const report = (
    { start, end }: Span,
    message: string,
    { severity, fixes = [], subject }: ReportOptions = {},
  ): void => {
    const { id, code } = speaking.rule;
    const chosen = severityOf(speaking.rule, severity, options.config.rules);
    if (chosen === 'off') return;
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
  runRules(statement.body, options.dispatch, {
    context: { dialect, catalog, file, statement, report },
    speaking,
  });
  speaking.rule = syntax;
  reportSyntax(statement, report);
  const findings =
    found.length === 0
      ? none
      : withoutLesser(found)
          .map(({ subject: _subject, ...finding }) => finding)
          .sort(byPlace);
  const all = answered();
  const unknown = all.filter(({ question, answer }) => question.kind === 'table' && answer === undefined);
  return {
    settings: options.settings,
    findings,
    answered: all,
    unknown: unknown.length === 0 ? noQuestions : unknown,
  };
}

const none: readonly Finding[] = [];
const noQuestions: readonly Answered[] = [];

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

// Statement after statement in the order of their places, they are out of order only where one follows from another.
function inOrder(findings: readonly Finding[]): boolean {
  return findings.every((finding, at) => {
    const before = findings[at - 1];
    return before === undefined || byPlace(before, finding) <= 0;
  });
}
