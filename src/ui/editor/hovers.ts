import * as vscode from 'vscode';
import { withDdl } from '../../catalog/overlay';
import { embeddedAt, embeddedTableAt } from '../../language/fileHover';
import { ruleCard, tableCard, type TableFacts } from '../../language/hover';
import { tableAt, type NamedTable } from '../../language/namedTable';
import { costText, statementCost } from '../../language/statementCost';
import type { Finding } from '../../lint/finding';
import { rules } from '../../lint/rules/index';
import { findRule } from '../../lint/settings';
import type { Statement } from '../../sql/ast';
import type { SqlDocument } from '../../sql/document';
import type { FeatureOptions } from './features';
import { isSql } from './ours';
import { commandUri, rangeOf } from './places';

/** The reason of a finding with what its statement costs, and the facts of a table. */
export function hovers(options: FeatureOptions): vscode.HoverProvider {
  return {
    async provideHover(file, position) {
      const offset = file.offsetAt(position);
      const cards = isSql(file) ? inSql(options, file, offset) : await inOther(options, file, offset);
      if (cards === undefined || cards.texts.length === 0) return undefined;
      return new vscode.Hover([...new Set(cards.texts)].map(markdown), cards.range);
    },
  };
}

interface Cards {
  readonly texts: readonly string[];
  readonly range?: vscode.Range;
}

function inSql(options: FeatureOptions, file: vscode.TextDocument, offset: number): Cards | undefined {
  const reading = options.files.read(file);
  if (reading === undefined) return undefined;
  const { document, result } = reading;
  const at = (statement: Statement): boolean => statement.start <= offset && offset <= statement.end;
  const reasons = reasonsAt(result.findings, offset);
  const costs = reasons.length === 0 ? [] : costsOf(options, document, at);
  const table = tableAt(document, offset);
  if (table === undefined) return { texts: [...reasons, ...costs] };
  const card = tableCard(factsOf(options, document, table));
  return { texts: [...reasons, ...costs, card], range: rangeOf(file, table) };
}

async function inOther(
  options: FeatureOptions,
  file: vscode.TextDocument,
  offset: number,
): Promise<Cards | undefined> {
  const reading = await options.others.read(file);
  if (reading === undefined) return undefined;
  const reasons = reasonsAt(reading.result.findings, offset);
  const embedded = embeddedAt(reading.file, offset);
  const costs =
    reasons.length === 0 || embedded === undefined ? [] : costsOf(options, embedded.document, () => true);
  const found = embeddedTableAt(reading.file, offset);
  if (found === undefined) return { texts: [...reasons, ...costs] };
  const card = tableCard(factsOf(options, found.embedded.document, found.table));
  return { texts: [...reasons, ...costs, card], range: rangeOf(file, found.at) };
}

function reasonsAt(findings: readonly Finding[], offset: number): string[] {
  return findings
    .filter(({ start, end }) => start <= offset && offset <= end)
    .flatMap((finding) => {
      const rule = findRule(rules, finding.code);
      if (rule === undefined) return [];
      const page = commandUri('lakeWorkbench.showRule', [rule.code]);
      return [ruleCard(finding, rule, `[the rule](${page.toString()})`)];
    });
}

/** What the statements cost by the sizes that the catalog knows; Athena alone bills by bytes read. */
function costsOf(
  { catalog }: FeatureOptions,
  { dialect, statements }: SqlDocument,
  wanted: (statement: Statement) => boolean,
): string[] {
  if (dialect !== 'athena') return [];
  return statements.filter(wanted).flatMap(({ parsed }) => {
    const cost = statementCost(parsed, catalog(dialect));
    return cost === undefined ? [] : [`The statement ${costText(cost)}.`];
  });
}

function factsOf(
  { catalog, sourceOf }: FeatureOptions,
  document: SqlDocument,
  { parts, start }: NamedTable,
): TableFacts {
  // What the file itself has created or changed above counts for more than what the catalog says.
  const { dialect } = document;
  const known = catalog(dialect);
  const own = withDdl(known);
  for (const statement of document.statements) if (statement.start <= start) own.apply(statement.parsed);
  const table = own.table(parts);
  if (table !== undefined) {
    const source = own.made().includes(table) ? undefined : sourceOf(table, dialect);
    return { kind: 'known', table, source: source ?? 'this file' };
  }
  const name = parts.join('.');
  const conflict = known.conflict(parts);
  return conflict === undefined
    ? { kind: 'unknown', name }
    : { kind: 'conflict', name, sources: conflict.definitions.map(({ origin }) => origin) };
}

function markdown(text: string): vscode.MarkdownString {
  const result = new vscode.MarkdownString(text, true);
  result.isTrusted = { enabledCommands: ['lakeWorkbench.showRule'] };
  return result;
}
