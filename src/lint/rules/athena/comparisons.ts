import { mayTypeColumns, readsKnownTable } from '../../../scan/knownTables';
import { analyse, type ScanAnalysis } from '../../../scan/scansOf';
import { familyOf, type SqlType, type TypeFamily } from '../../../scan/sqlType';
import type { Term } from '../../../scan/term';
import { typeOf } from '../../../scan/typeOf';
import type { Between, Binary, Expression, InList, Node } from '../../../sql/ast';
import type { RuleContext } from '../../rule';

/** One side of a comparison. */
export interface Side {
  readonly expression: Expression;
  readonly term: Term;
  readonly type: SqlType;
  readonly family: TypeFamily;
}

/** Two sides that the engine has to compare with each other. */
export interface Comparison {
  readonly left: Side;
  readonly right: Side;
}

const comparing = new Set(['=', '<>', '<', '<=', '>', '>=']);

const none: readonly Comparison[] = [];

// Several rules ask of one node in a row; a context's catalog is made anew for each statement.
let last: {
  readonly node: Node | undefined;
  readonly catalog: RuleContext['catalog'] | undefined;
  readonly found: readonly Comparison[];
} = { node: undefined, catalog: undefined, found: none };

/** The comparisons that an expression makes, of those whose types are known on both sides. */
export function comparisonsOf(node: Binary | Between | InList, context: RuleContext): readonly Comparison[] {
  if (node.kind === 'Binary' && !comparing.has(node.operator)) return none;
  const { catalog } = context;
  if (last.node !== node || last.catalog !== catalog) {
    last = { node, catalog, found: readComparisons(node, context) };
  }
  return last.found;
}

function readComparisons(
  node: Binary | Between | InList,
  { statement, catalog }: RuleContext,
): readonly Comparison[] {
  const first = node.kind === 'Binary' ? node.left : node.operand;
  const second = node.kind === 'Binary' ? node.right : undefined;
  // Of a column of a table that nobody knows there is no type to compare: most comparisons of most repositories.
  if (
    (isColumn(first) || isColumn(second)) &&
    !readsKnownTable(statement, catalog) &&
    !mayTypeColumns(statement)
  )
    return none;
  const { terms } = analyse(statement, catalog);
  const left = sideOf(first, terms);
  if (left === undefined) return none;
  if (node.kind === 'Binary') {
    const right = sideOf(node.right, terms);
    return right === undefined ? none : [{ left, right }];
  }
  const others = node.kind === 'Between' ? [node.low, node.high] : node.items;
  return others.flatMap((other) => {
    const right = sideOf(other, terms);
    return right === undefined ? [] : [{ left, right }];
  });
}

function isColumn(expression: Expression | undefined): boolean {
  return expression?.kind === 'Paren' ? isColumn(expression.inner) : expression?.kind === 'ColumnRef';
}

function sideOf(expression: Expression, terms: ScanAnalysis['terms']): Side | undefined {
  const term = terms.get(expression);
  const type = term === undefined ? undefined : typeOf(term);
  return term === undefined || type === undefined
    ? undefined
    : { expression, term, type, family: familyOf(type) };
}

/** The literal of two sides, and the side it is compared with; `undefined` when neither or both are literals. */
export function literalSide({
  left,
  right,
}: Comparison): { readonly literal: Side; readonly other: Side } | undefined {
  const [a, b] = [isLiteral(left.expression), isLiteral(right.expression)];
  if (a === b) return undefined;
  return a ? { literal: left, other: right } : { literal: right, other: left };
}

function isLiteral(expression: Expression): boolean {
  if (expression.kind === 'Paren') return isLiteral(expression.inner);
  return expression.kind === 'Literal' || (expression.kind === 'Unary' && isLiteral(expression.operand));
}

/** What a side is called in a message: a column by its name, anything else by what it is. */
export function described(side: Side): string {
  const { expression } = side;
  const name = expression.kind === 'ColumnRef' ? expression.name.parts.at(-1)?.name : undefined;
  return name ?? 'an expression';
}
