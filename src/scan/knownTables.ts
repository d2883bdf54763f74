import type { CatalogSnapshot } from '../catalog/catalog';
import type { Expression, ParsedStatement, Query, StatementBody } from '../sql/ast';
import { lowerParts, tableOf } from './names';
import { isAggregate } from './readTerm';

interface Answer {
  readonly statement: ParsedStatement | undefined;
  readonly catalog: CatalogSnapshot | undefined;
  readonly reads: boolean;
}

// Two dozen rules ask of one statement in a row.
let last: Answer = { statement: undefined, catalog: undefined, reads: false };

/**
 * False when the catalog knows no table or view that the statement reads: what it reads then has no partitions, no
 * size and no types, and need not be worked out. Asks the catalog for each of them.
 */
export function readsKnownTable(statement: ParsedStatement, catalog: CatalogSnapshot): boolean {
  if (last.statement !== statement || last.catalog !== catalog || catalog.still !== true)
    last = { statement, catalog, reads: ask(statement, catalog) };
  return last.reads;
}

function ask(statement: ParsedStatement, catalog: CatalogSnapshot): boolean {
  if (queryOf(statement.body) === undefined) return true;
  let reads = false;
  // To the last one, for whoever notes what is asked.
  for (const name of statement.tables) {
    const parts = lowerParts(name);
    // A name of three parts begins with a database in Redshift, with a catalog in Athena.
    const table = statement.dialect === 'athena' ? tableOf(parts, catalog) : catalog.table(parts);
    if (table !== undefined) reads = true;
  }
  return reads;
}

/** The query of a statement that reads by nothing but this query. */
function queryOf(body: StatementBody): Query | undefined {
  const { kind } = body;
  const reads =
    kind === 'SelectStatement' ||
    kind === 'InsertStatement' ||
    kind === 'CreateTableAs' ||
    kind === 'CreateView';
  return reads ? body.query : undefined;
}

/**
 * True when a column may have a type although no table is known: one that a query inside computes, or an alias in
 * ORDER BY.
 */
export function mayTypeColumns(statement: ParsedStatement): boolean {
  if (lastTyped.statement !== statement) lastTyped = { statement, may: mayType(statement) };
  return lastTyped.may;
}

let lastTyped: { readonly statement: ParsedStatement | undefined; readonly may: boolean } = {
  statement: undefined,
  may: true,
};

function mayType({ selects, body }: ParsedStatement): boolean {
  const query = queryOf(body);
  if (query === undefined) return true;
  if (selects.length === 1 && query.body.kind === 'Select')
    return query.orderBy.some(({ expression }) => expression.kind !== 'ColumnRef');
  return selects.some(({ items }) => items.some(({ expression }) => mayHaveType(expression)));
}

function mayHaveType(expression: Expression): boolean {
  if (expression.kind === 'ColumnRef' || expression.kind === 'Star') return false;
  if (expression.kind !== 'Call') return true;
  return expression.over === undefined && !isAggregate(expression.name.parts.at(-1)?.name ?? '');
}
