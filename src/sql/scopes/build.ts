import type {
  Cte,
  DeleteStatement,
  Expression,
  Join,
  MergeStatement,
  Node,
  Query,
  QueryBody,
  Select,
  StatementBody,
  TableExpression,
  TableRef,
  UpdateStatement,
} from '../ast';
import { walk } from '../walk';
import type { Clause, Scope, Source } from './model';

/** Where a column reference stands. */
export interface Place {
  readonly scope: Scope;
  readonly clause: Clause;
  /** Parameters of the lambdas around it. */
  readonly lambdas: readonly string[];
  /** Index of its item in the select list. */
  readonly item?: number;
}

export interface Built {
  readonly scopes: Scope[];
  readonly places: Map<Node, Place>;
  readonly owners: Map<Node, Scope>;
  readonly sources: Map<TableExpression, Source>;
}

interface CteNames {
  readonly cte: Cte;
  readonly name: string;
  readonly before: CteNames | undefined;
}
interface Around {
  readonly parent: Scope | undefined;
  readonly ctes: CteNames | undefined;
}
type OpenScope = {
  owner: Scope['owner'];
  query: Query | undefined;
  parent: Scope | undefined;
  sources: Source[];
};
type Sides = Source['joins'];

/** All scopes of a statement, and the place of every column reference. */
export function buildScopes(body: StatementBody): Built {
  const built: Built = { scopes: [], places: new Map(), owners: new Map(), sources: new Map() };
  statement(built, body);
  return built;
}

const outside: Around = { parent: undefined, ctes: undefined };

function statement(built: Built, body: StatementBody): void {
  switch (body.kind) {
    case 'SelectStatement':
    case 'CreateTableAs':
    case 'CreateView':
      query(built, body.query, outside);
      break;
    case 'InsertStatement':
    case 'UnloadStatement':
      if (body.query !== undefined) query(built, body.query, outside);
      break;
    case 'WrapperStatement':
      statement(built, body.statement);
      break;
    case 'UtilityStatement':
      for (const inner of body.statements) statement(built, inner);
      break;
    case 'UpdateStatement':
    case 'DeleteStatement':
    case 'MergeStatement':
      change(built, body);
      break;
    case 'CreateTable':
    case 'CopyStatement':
    case 'AlterTable':
    case 'Error':
      break;
  }
}

function change(built: Built, body: UpdateStatement | DeleteStatement | MergeStatement): void {
  const scope = open(built, body, { query: undefined, parent: undefined });
  const ctes = body.kind === 'MergeStatement' ? undefined : named(built, body, outside);
  const frame: Frame = { built, scope, around: { parent: scope, ctes } };
  // What is changed is a table, even where a query has its name.
  table({ ...frame, around: { parent: scope, ctes: undefined } }, body.target, []);
  if (body.kind === 'MergeStatement') {
    table(frame, body.source, []);
    assign(frame, body.on, 'from');
    for (const clause of body.clauses) {
      if (clause.condition !== undefined) assign(frame, clause.condition, 'where');
      for (const { value } of clause.assignments) assign(frame, value, 'other');
      for (const value of clause.values) assign(frame, value, 'other');
    }
    return;
  }
  for (const item of body.kind === 'UpdateStatement' ? body.from : body.using) table(frame, item, []);
  if (body.kind === 'UpdateStatement')
    for (const { value } of body.assignments) assign(frame, value, 'other');
  if (body.where !== undefined) assign(frame, body.where, 'where');
}

function open(
  built: Built,
  owner: Scope['owner'],
  given: { readonly query: Query | undefined; readonly parent: Scope | undefined },
): OpenScope {
  const scope: OpenScope = { owner, ...given, sources: [] };
  built.scopes.push(scope);
  built.owners.set(owner, scope);
  return scope;
}

/** Builds the queries of a WITH; their names, the last first. */
function named(
  built: Built,
  node: { readonly ctes?: readonly Cte[]; readonly recursive?: boolean },
  around: Around,
): CteNames | undefined {
  let { ctes } = around;
  for (const cte of node.ctes ?? []) {
    const name: CteNames = { cte, name: cte.name.name, before: ctes };
    // Only WITH RECURSIVE lets a query see itself.
    query(built, cte.query, { parent: around.parent, ctes: node.recursive === true ? name : ctes });
    ctes = name;
  }
  return ctes;
}

function query(built: Built, node: Query, around: Around): void {
  const ctes = named(built, node, around);
  const inner: Around = { parent: around.parent, ctes };
  queryBody(built, node, { body: node.body, around: inner });
  const scope = node.body.kind === 'Select' ? built.owners.get(node.body) : undefined;
  for (const item of node.orderBy) {
    if (scope !== undefined)
      assign({ built, scope: scope as OpenScope, around: inner }, item.expression, 'orderBy');
  }
}

/** Iterative down the left of a set operation, which may be thousands long. */
function queryBody(
  built: Built,
  owner: Query,
  given: { readonly body: QueryBody; readonly around: Around },
): void {
  const { around } = given;
  const waiting: QueryBody[] = [given.body];
  for (let body = waiting.pop(); body !== undefined; body = waiting.pop()) {
    if (body.kind === 'SetOperation') waiting.push(body.right, body.left);
    else if (body.kind === 'Query') query(built, body, around);
    else if (body.kind === 'Select') select(built, body, { owner, around });
    else if (body.kind === 'Values' && around.parent !== undefined) {
      for (const row of body.rows) assign({ built, scope: around.parent as OpenScope, around }, row, 'other');
    }
  }
}

interface Frame {
  readonly built: Built;
  readonly scope: OpenScope;
  /** For queries inside expressions. */
  readonly around: Around;
}

function select(built: Built, node: Select, given: { readonly owner: Query; readonly around: Around }): void {
  const { parent, ctes } = given.around;
  const scope = open(built, node, { query: given.owner, parent });
  const frame: Frame = { built, scope, around: { parent: scope, ctes } };
  for (const item of node.from) table(frame, item, []);
  for (const [index, item] of node.items.entries()) assign(frame, item.expression, 'items', index);
  for (const expression of node.distinctOn) assign(frame, expression, 'other');
  if (node.where !== undefined) assign(frame, node.where, 'where');
  for (const expression of node.groupBy?.items ?? []) assign(frame, expression, 'groupBy');
  if (node.having !== undefined) assign(frame, node.having, 'having');
  if (node.qualify !== undefined) assign(frame, node.qualify, 'qualify');
  for (const { window } of node.windows) {
    for (const expression of window.partitionBy) assign(frame, expression, 'other');
    for (const item of window.orderBy) assign(frame, item.expression, 'other');
  }
}

/** Notes the place of all column references below, and opens the scopes of subqueries. */
function assign(frame: Frame, expression: Expression, clause: Clause, item?: number): void {
  assignBelow(frame, expression, {
    scope: frame.scope,
    clause,
    lambdas: [],
    ...(item === undefined ? {} : { item }),
  });
}

function assignBelow(frame: Frame, expression: Expression, place: Place): void {
  walk(expression, (node) => {
    if (node.kind === 'Query') {
      query(frame.built, node, frame.around);
      return false;
    }
    if (node.kind === 'Lambda') {
      const lambdas = [...place.lambdas, ...node.parameters.map((parameter) => parameter.name)];
      assignBelow(frame, node.body, { ...place, lambdas });
      return false;
    }
    if (node.kind === 'ColumnRef' || node.kind === 'Star') {
      frame.built.places.set(node, place);
      return false;
    }
    return node.kind !== 'QualifiedName' && node.kind !== 'Literal';
  });
}

/** Adds the sources of a FROM item, left to right; a chain of joins may be thousands long. */
function table(frame: Frame, node: TableExpression, sides: Sides): void {
  const chain: { join: Join; sides: Sides }[] = [];
  let first = node;
  let around = sides;
  while (first.kind === 'Join') {
    chain.push({ join: first, sides: around });
    // Long chains: the outer joins beyond the nearest hundred change nothing but `nullable`.
    around = [{ join: first, side: 'left' as const }, ...around.slice(0, 100)];
    first = first.left;
  }
  leaf(frame, first, around);
  for (const { join, sides: outer } of chain.toReversed()) {
    table(frame, join.right, [{ join, side: 'right' }, ...outer]);
    if (join.on !== undefined) assign(frame, join.on, 'from');
  }
}

function leaf(frame: Frame, node: Exclude<TableExpression, Join>, sides: Sides): void {
  const { scope, built, around } = frame;
  const add = (
    source: Omit<Source, 'node' | 'name' | 'alias' | 'columnAliases' | 'nullable' | 'joins' | 'scope'>,
    name?: string,
  ): void => {
    const alias = 'alias' in node ? node.alias : undefined;
    const found: Source = {
      ...source,
      node,
      name: alias?.name ?? name,
      ...(alias === undefined ? {} : { alias }),
      columnAliases: 'columnAliases' in node ? node.columnAliases : [],
      nullable: sides.some(isMissing),
      joins: sides,
      scope,
    };
    scope.sources.push(found);
    built.sources.set(node, found);
  };
  switch (node.kind) {
    case 'TableRef':
      reference(node, around.ctes, add);
      break;
    case 'Derived': {
      const inner: Around = { parent: node.lateral ? scope : scope.parent, ctes: around.ctes };
      query(built, node.query, inner);
      add({ kind: 'derived', query: node.query });
      break;
    }
    case 'Unnest':
      for (const arg of node.args) assign(frame, arg, 'from');
      add({ kind: 'unnest' });
      break;
    case 'TableFunction':
      assign(frame, node.call, 'from');
      add({ kind: 'function' }, node.call.name.parts.at(-1)?.name);
      break;
    case 'Navigation':
      assign(frame, node.expression, 'from');
      add(
        { kind: 'navigation' },
        node.expression.kind === 'ColumnRef' ? node.expression.name.parts.at(-1)?.name : undefined,
      );
      break;
    case 'ValuesTable':
      add({ kind: 'values' });
      break;
    case 'ParenTable':
      parenthesis(frame, node, { sides, add });
      break;
    case 'Reshaped':
      reshaped(frame, node, add);
      break;
    case 'Template':
    case 'Error':
      add({ kind: 'unknown' });
      break;
  }
}

type Add = (source: Pick<Source, 'kind' | 'ref' | 'query' | 'cte' | 'inner'>, name?: string) => void;

function reference(node: TableRef, ctes: CteNames | undefined, add: Add): void {
  const name = node.name.parts.at(-1)?.name;
  if (node.name.parts.length === 1) {
    for (let at = ctes; at !== undefined; at = at.before) {
      if (at.name === name) {
        add({ kind: 'cte', ref: node, query: at.cte.query, cte: at.cte }, name);
        return;
      }
    }
  }
  add({ kind: 'table', ref: node }, name);
}

/** `(a JOIN b)` gives its sources to the scope; with an alias it hides their names. */
function parenthesis(
  frame: Frame,
  node: TableExpression & { kind: 'ParenTable' },
  given: { readonly sides: Sides; readonly add: Add },
): void {
  if (node.alias === undefined) {
    table(frame, node.inner, given.sides);
    return;
  }
  const hidden = hiddenSources(frame, node.inner);
  given.add({ kind: 'reshaped', inner: hidden });
}

function reshaped(frame: Frame, node: TableExpression & { kind: 'Reshaped' }, add: Add): void {
  const inner = hiddenSources(frame, node.source);
  const scope: OpenScope = { ...frame.scope, sources: [...inner] };
  for (const expression of node.expressions) assign({ ...frame, scope }, expression, 'other');
  add({ kind: 'reshaped', inner }, inner.length === 1 ? inner[0]?.name : undefined);
}

function hiddenSources(frame: Frame, node: TableExpression): readonly Source[] {
  const scope: OpenScope = { ...frame.scope, sources: [] };
  table({ ...frame, scope }, node, []);
  return scope.sources;
}

function isMissing({ join, side }: { readonly join: Join; readonly side: 'left' | 'right' }): boolean {
  return (
    join.type === 'FULL' ||
    (join.type === 'LEFT' && side === 'right') ||
    (join.type === 'RIGHT' && side === 'left')
  );
}
