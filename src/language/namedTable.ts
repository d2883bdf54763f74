import type { Span } from '../base/text';
import type { Cte, QualifiedName, Statement } from '../sql/ast';
import type { SqlDocument } from '../sql/document';

/** A table's name where a statement uses it; offsets are the document's. */
export interface NamedTable extends Span {
  readonly parts: readonly string[];
}

/** The statement that an offset stands in, its semicolon and the rest of that line included; else the one before it. */
export function statementAt(document: SqlDocument, offset: number): Statement | undefined {
  let best: Statement | undefined;
  for (const statement of document.statements) {
    if (statement.start > offset) {
      // Above the first statement, or in the comment right before one on the same line.
      if (
        best === undefined ||
        (offset > best.end && lineOf(document.text, offset) === lineOf(document.text, statement.start))
      ) {
        best = statement;
      }
      break;
    }
    best = statement;
  }
  return best;
}

function lineOf(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1);
}

/** The table that is named at an offset; `undefined` on anything else, a CTE's name included. */
export function tableAt(document: SqlDocument, offset: number): NamedTable | undefined {
  const statement = document.statements.find(({ start, end }) => start <= offset && offset <= end);
  return statement === undefined
    ? undefined
    : tablesOf(statement).find(({ start, end }) => start <= offset && offset <= end);
}

/** Every table that a statement names, in no particular order; names of CTEs are left out. */
export function tablesOf({ start, parsed }: Statement): NamedTable[] {
  const found: NamedTable[] = [];
  // A stack of our own: a chain of ten thousand ANDs is as deep as it is long.
  const left: { readonly node: object; readonly ctes: ReadonlySet<string> }[] = [
    { node: parsed.body, ctes: new Set() },
  ];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const { node, ctes } = next;
    const inside = withCtes(node, ctes);
    for (const [key, value] of Object.entries(node) as [string, unknown][]) {
      if (isTableName(node, key, value)) {
        const parts = value.parts.map(({ name }) => name);
        const isCte = parts.length === 1 && inside.has(parts[0]?.toLowerCase() ?? '');
        if (!isCte) found.push({ parts, start: value.start + start, end: value.end + start });
      } else if (typeof value === 'object' && value !== null) left.push({ node: value, ctes: inside });
    }
  }
  return found;
}

const holders = new Set([
  'TableRef',
  'TableQuery',
  'CreateTable',
  'CreateTableAs',
  'CreateView',
  'AlterTable',
  'UtilityStatement',
]);

/** Where a qualified name means a table, by the kind of what holds it and the field it stands in. */
function isTableName(holder: object, key: string, value: unknown): value is QualifiedName {
  if (!hasKind(value) || value.kind !== 'QualifiedName') return false;
  if (key === 'target' || key === 'into' || key === 'like') return true;
  return key === 'name' && hasKind(holder) && holders.has(holder.kind);
}

function withCtes(node: object, known: ReadonlySet<string>): ReadonlySet<string> {
  if (!hasKind(node) || node.kind !== 'Query' || !('ctes' in node) || !Array.isArray(node.ctes)) return known;
  const ctes = node.ctes as readonly Cte[];
  return ctes.length === 0 ? known : new Set([...known, ...ctes.map(({ name }) => name.name.toLowerCase())]);
}

function hasKind(value: unknown): value is { readonly kind: string } {
  return typeof value === 'object' && value !== null && 'kind' in value && typeof value.kind === 'string';
}
