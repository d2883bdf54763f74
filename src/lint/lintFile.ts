import type { TextEdit } from '../base/text';
import type { CatalogSnapshot } from '../catalog/catalog';
import type { DataDocument } from '../documents/data/node';
import type { EmbeddedSql } from '../documents/embedded';
import { fileEditSpan, fileSpan, holeText } from '../documents/mappedText';
import type { Dialect } from '../sql/ast';
import { checkModel } from './documentRules';
import { documentSuppressed } from './documentSuppressions';
import type { Finding, Fix } from './finding';
import { lintDocument, type LintResult } from './lint';
import type { EmbeddedDocument, LakeFile, OtherFile } from './openFile';
import type { TableUse } from './rule';
import { rules } from './rules/index';
import { syntax } from './rules/shared/syntax';
import { withSecondOpinion } from './secondOpinion';
import { severityOf, type RuleSettings } from './settings';

/** What a file of any kind is linted with. */
export interface FileLintOptions {
  readonly catalogs: Readonly<Record<Dialect, CatalogSnapshot>>;
  readonly config: { readonly rules: RuleSettings };
  /** How all files together use a table, by dialect; absent: each SQL text alone counts. */
  readonly use?: Readonly<Record<Dialect, (table: string) => TableUse>>;
  /** The result for an earlier state of the same file. */
  readonly previous?: FileLintResult;
  /** What the schema of state machines has against a definition, for the review: its library is large. */
  readonly structure?: (data: DataDocument) => Promise<readonly Finding[]>;
}

/** What was found in a file, with offsets of the file. */
export interface FileLintResult {
  readonly findings: readonly Finding[];
  /** Names of Athena tables that a rule asked for and nobody knew: worth fetching, each once. */
  readonly unknownTables: readonly (readonly string[])[];
  /** For each SQL text of the file, in order; offsets are that text's. */
  readonly sql: readonly LintResult[];
}

/** Lints a file of any kind with all rules of its languages. Never throws on any text, never waits. */
export function lintFile(file: LakeFile, options: FileLintOptions): FileLintResult {
  const documents = file.kind === 'sql' ? [file] : file.embedded;
  const sql = documents.map(({ document }, at) =>
    lintDocument(document, {
      catalog: options.catalogs[document.dialect],
      config: options.config,
      ...(options.use === undefined ? {} : { use: options.use[document.dialect] }),
      ...previousOf(options.previous?.sql[at]),
    }),
  );
  const unknownTables = sql.flatMap((result, at) =>
    documents[at]?.document.dialect === 'athena' ? result.unknownTables : [],
  );
  const found = sql.map(({ findings }) => findings);
  return { findings: merged(file, { found, options }), unknownTables, sql };
}

/** The findings once another SQL parser has looked at the syntax errors (see withSecondOpinion), and the schema at state machines. */
export async function reviewFile(
  file: LakeFile,
  result: FileLintResult,
  options: FileLintOptions,
): Promise<readonly Finding[]> {
  const documents = file.kind === 'sql' ? [file] : file.embedded;
  const found: (readonly Finding[])[] = [];
  for (const [at, { findings }] of result.sql.entries()) {
    const document = documents[at]?.document;
    found.push(document === undefined ? findings : await withSecondOpinion(document, findings));
  }
  const structure = await structureOf(file, options);
  const isSame =
    structure.length === 0 && found.every((findings, at) => findings === result.sql[at]?.findings);
  return isSame ? result.findings : merged(file, { found, structure, options });
}

async function structureOf(
  file: LakeFile,
  { structure, config }: FileLintOptions,
): Promise<readonly Finding[]> {
  if (structure === undefined || file.kind === 'sql') return [];
  const found: Finding[] = [];
  for (const { read } of file.models) {
    if (read.language !== 'asl') continue;
    for (const finding of await structure(read.model.data)) {
      const severity = config.rules[finding.rule] ?? finding.severity;
      if (severity !== 'off') found.push({ ...finding, severity });
    }
  }
  return found;
}

function previousOf(previous: LintResult | undefined): { readonly previous?: LintResult } {
  return previous === undefined ? {} : { previous };
}

interface Found {
  /** Of each SQL text. */
  readonly found: readonly (readonly Finding[])[];
  /** What the review adds. */
  readonly structure?: readonly Finding[];
  readonly options: FileLintOptions;
}

function merged(file: LakeFile, { found, structure = [], options }: Found): readonly Finding[] {
  if (file.kind === 'sql') return found[0] ?? [];
  const settings = options.config.rules;
  const inSql = file.embedded.flatMap((embedded, at) => placed(embedded, found[at] ?? []));
  const all = [...problemsOf(file, settings), ...ofModels(file, options), ...structure, ...inSql];
  return documentSuppressed(all, file, { rules, settings }).toSorted(
    (a, b) => a.start - b.start || a.end - b.end || a.code.localeCompare(b.code),
  );
}

function ofModels(file: OtherFile, { catalogs, config }: FileLintOptions): readonly Finding[] {
  return file.models.flatMap(({ read, within }) => {
    const findings = checkModel(read, { rules, catalog: catalogs.athena, settings: config.rules });
    return within === undefined ? findings : findings.map((finding) => movedOut(finding, within));
  });
}

function problemsOf({ problems, format }: OtherFile, settings: RuleSettings): readonly Finding[] {
  const severity = severityOf(syntax, undefined, settings);
  const [first] = problems;
  if (severity === 'off' || first === undefined) return [];
  const { id: rule, code } = syntax;
  const { start, end } = first;
  const message = `This ${format === 'yaml' ? 'YAML' : 'JSON'} cannot be read: ${lowerFirst(first.message)}`;
  // The others follow from it more often than not.
  return [{ rule, code, severity, message, fixes: [], start, end }];
}

function lowerFirst(sentence: string): string {
  return /^[A-Z][a-z ]/.test(sentence) ? sentence.charAt(0).toLowerCase() + sentence.slice(1) : sentence;
}

/** What Spark and Athena have in common: a table that is read whole. All else of Spark's SQL is its own. */
const ofSpark: readonly string[] = ['ATH101'];

function placed({ sql, document }: EmbeddedDocument, findings: readonly Finding[]): readonly Finding[] {
  if (sql.isSpark !== true) return findings.map((finding) => movedOut(finding, sql));
  const isRead = document.statements.every(({ parsed }) => parsed.problems.length === 0);
  return isRead
    ? findings
        .filter(({ code }) => ofSpark.includes(code))
        .map((finding) => ({ ...movedOut(finding, sql), fixes: [] }))
    : [];
}

function movedOut(finding: Finding, sql: EmbeddedSql): Finding {
  const { start, end } = fileSpan(sql, finding);
  return {
    ...finding,
    start,
    end,
    // What a hole is called is nobody's business.
    message: finding.message.replaceAll(holeText, '…'),
    fixes: finding.fixes.flatMap((fix) => fixOut(fix, sql)),
  };
}

// A fix that cannot be written as it is would change what the string says.
function fixOut(fix: Fix, sql: EmbeddedSql): readonly Fix[] {
  const edits: TextEdit[] = [];
  for (const edit of fix.edits) {
    const span = fileEditSpan(sql, edit);
    if (span === undefined) return [];
    edits.push({ ...span, text: edit.text });
  }
  return [{ ...fix, edits }];
}
