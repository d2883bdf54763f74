import assert from 'node:assert/strict';
import { applyEdits } from '../../src/base/text';
import type { CatalogSnapshot, Table } from '../../src/catalog/catalog';
import { tablesFromDdl } from '../../src/catalog/ddlTables';
import { knownCatalog } from '../../src/catalog/known';
import type { Finding, Severity } from '../../src/lint/finding';
import { linter } from '../../src/lint/lint';
import { exampleDialect, type Rule } from '../../src/lint/rule';
import type { RuleSettings } from '../../src/lint/settings';
import type { Dialect } from '../../src/sql/ast';
import { readDocument } from '../../src/sql/document';

/** Checks one rule on one catalog. */
export interface RuleChecker {
  /**
   * Asserts that the rule reports exactly what carets mark, each row of carets under its line:
   *
   *     select * from sales
   *     --            ^^^^^ warning: part of the message
   *
   * Severity and part of the message may be left out. A row of carets marks one finding; two rows under one
   * line mark two. Of a finding over several lines the carets mark the first. Returns what was found.
   */
  (sql: string): readonly Finding[];
  /** The text after the first fix of each finding that has one, scaffolds included. */
  readonly fixed: (sql: string) => string;
  /** What is found, without a mark asked for. */
  readonly find: (sql: string) => readonly Finding[];
}

/** What a checker may be told besides. */
export interface CheckerOptions {
  readonly dialect?: Dialect;
  /** What the DDL of the catalog cannot say, by table name. */
  readonly figures?: Readonly<Record<string, Partial<Table>>>;
}

/** A checker for a rule; the catalog is DDL in the rule's first dialect, tables, or a snapshot. */
export function ruleChecker(
  rule: Rule,
  catalog: string | readonly Partial<Table>[] | CatalogSnapshot = '',
  { dialect = exampleDialect(rule) ?? 'athena', figures = {} }: CheckerOptions = {},
): RuleChecker {
  const lint = linter([rule]);
  const known = catalogFrom(catalog, dialect, figures, rule);
  const find = (sql: string): readonly Finding[] =>
    lint(readDocument(sql, dialect), { catalog: known, config: { rules: switchedOn(rule) } }).findings;
  const check = (sql: string): readonly Finding[] => {
    const findings = find(sql);
    assertMarked(sql, findings);
    return findings;
  };
  return Object.assign(check, { find, fixed: (sql: string) => withFixes(sql, find(sql)) });
}

/** Settings under which a rule speaks that is off by default. */
export function switchedOn({ id, offByDefault, severity }: Rule): RuleSettings {
  return offByDefault === true ? { [id]: severity } : {};
}

/** Asserts that findings are exactly what carets mark; a mark may name the code: `^^^ RS306 warning: part`. */
export function assertMarked(sql: string, findings: readonly Finding[]): void {
  assert.deepEqual(
    findings.map((finding) => describe(sql, finding)).toSorted(),
    marks(sql)
      .map((mark) => matchedBy(mark, { sql, findings }))
      .toSorted(),
  );
}

/** The text with the first fix of each finding applied. */
export function withFixes(sql: string, findings: readonly Finding[]): string {
  return applyEdits(
    sql,
    findings.flatMap(({ fixes }) => fixes[0]?.edits ?? []),
  );
}

/** A catalog of DDL or of tables; what a table leaves out is empty. `figures` by name are added to the DDL's. */
export function catalogFrom(
  catalog: string | readonly Partial<Table>[] | CatalogSnapshot,
  dialect: Dialect,
  figures: Readonly<Record<string, Partial<Table>>> = {},
  { listings, slices }: Pick<Rule, 'listings' | 'slices'> = {},
): CatalogSnapshot {
  if (typeof catalog === 'object' && 'table' in catalog) return catalog;
  const tables =
    typeof catalog === 'string'
      ? tablesFromDdl(readDocument(catalog, dialect))
      : catalog.map((table) => ({ database: '', name: '', columns: [], partitionKeys: [], ...table }));
  const sourced = tables.map((table) => ({ table: { ...table, ...figures[table.name] }, origin: 'test' }));
  return knownCatalog([
    {
      name: 'the test',
      tables: sourced,
      ...(listings === undefined ? {} : { listings }),
      ...(slices === undefined ? {} : { slices }),
    },
  ]);
}

interface Mark {
  readonly start: number;
  readonly end: number;
  readonly code: string | undefined;
  readonly severity: Severity | undefined;
  readonly message: string | undefined;
}

// The comments stay in the text: they change no offset.
function marks(sql: string): readonly Mark[] {
  const found: Mark[] = [];
  let offset = 0;
  let above = 0;
  for (const line of sql.split('\n')) {
    const match =
      /^\s*--[ ]*(\^+)\s*([A-Z]{2,3}\d{3})?\s*(error|warning|information|hint)?\s*(?::\s*(.*\S))?\s*$/.exec(
        line,
      );
    if (match === null) above = offset;
    else {
      const column = line.indexOf('^');
      const severity = match[3] as Severity | undefined;
      const start = above + column;
      const end = start + (match[1] ?? '').length;
      found.push({ start, end, code: match[2], severity, message: match[4] });
    }
    offset += line.length + 1;
  }
  return found;
}

// A mark that a finding meets is written as that finding, so that a failed assertion shows only what differs.
function matchedBy(
  mark: Mark,
  { sql, findings }: { readonly sql: string; readonly findings: readonly Finding[] },
): string {
  const found = findings.find(
    (finding) =>
      finding.start === mark.start &&
      firstLineEnd(sql, finding) === mark.end &&
      (mark.code === undefined || mark.code === finding.code) &&
      (mark.severity === undefined || mark.severity === finding.severity) &&
      (mark.message === undefined || finding.message.includes(mark.message)),
  );
  if (found !== undefined) return describe(sql, found);
  const wanted = [mark.code, mark.severity, mark.message].filter((part) => part !== undefined).join(': ');
  return `${place(sql, mark.start)} ${JSON.stringify(sql.slice(mark.start, mark.end))} marked, ${wanted}`;
}

function describe(sql: string, finding: Finding): string {
  const { start, code, severity, message } = finding;
  const text = JSON.stringify(sql.slice(start, firstLineEnd(sql, finding)));
  return `${place(sql, start)} ${text} ${code} ${severity}: ${message}`;
}

function firstLineEnd(sql: string, { start, end }: Finding): number {
  const lineEnd = sql.indexOf('\n', start);
  return lineEnd === -1 ? end : Math.min(end, lineEnd);
}

function place(sql: string, offset: number): string {
  const lines = sql.slice(0, offset).split('\n');
  return `${lines.length}:${(lines.at(-1) ?? '').length + 1}`;
}
