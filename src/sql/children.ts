import type { Node, NodeOf } from './ast';

/**
 * Adds the nodes straight below a node to a list, mostly in source order.
 * A function for each kind: finding them by their values costs more than all the rules of the linter.
 */
export function pushChildren(node: Node, to: Node[]): void {
  tables[node.kind]?.(node, to);
}

interface Table {
  // A method, so that a function for one kind may stand in a table of all: it is only asked by the node's own kind.
  push(this: void, node: Node, to: Node[]): void;
}

type Kinds = { readonly [K in Node['kind']]: (node: NodeOf<K>, to: Node[]) => void };

function add(to: Node[], node: Node | undefined): void {
  if (node !== undefined) to.push(node);
}

// By index: an iterator makes an object for each step until the loop has run long enough to be optimised.
function addAll(to: Node[], nodes: readonly Node[] | undefined): void {
  if (nodes === undefined) return;
  for (let at = 0; at < nodes.length; at++) add(to, nodes[at]);
}

function none(): void {}

const kinds: Kinds = {
  // Names, values and expressions
  Identifier: none,
  QualifiedName: (node, to) => addAll(to, node.parts),
  TypeName: none,
  Literal: none,
  Parameter: none,
  Template: none,
  Error: none,
  ColumnRef: (node, to) => to.push(node.name),
  Star(node, to) {
    add(to, node.qualifier);
    add(to, node.base);
    addAll(to, node.exclude);
  },
  Window(node, to) {
    add(to, node.base);
    addAll(to, node.partitionBy);
    addAll(to, node.orderBy);
  },
  Call(node, to) {
    to.push(node.name);
    addAll(to, node.args);
    addAll(to, node.orderBy);
    add(to, node.filter);
    add(to, node.over);
  },
  Unary: (node, to) => to.push(node.operand),
  Binary: (node, to) => to.push(node.left, node.right),
  Between: (node, to) => to.push(node.operand, node.low, node.high),
  InList(node, to) {
    to.push(node.operand);
    addAll(to, node.items);
  },
  InQuery: (node, to) => to.push(node.operand, node.query),
  Like(node, to) {
    to.push(node.operand, node.pattern);
    add(to, node.escape);
  },
  IsTest(node, to) {
    to.push(node.operand);
    add(to, node.other);
  },
  Quantified: (node, to) => to.push(node.operand, node.argument),
  Case(node, to) {
    add(to, node.operand);
    for (const { when, then } of node.branches) to.push(when, then);
    add(to, node.otherwise);
  },
  Cast: (node, to) => to.push(node.operand, node.type),
  Subquery: (node, to) => to.push(node.query),
  Exists: (node, to) => to.push(node.query),
  ArrayLiteral: (node, to) => addAll(to, node.items),
  Row: (node, to) => addAll(to, node.items),
  Paren: (node, to) => to.push(node.inner),
  Lambda(node, to) {
    addAll(to, node.parameters);
    to.push(node.body);
  },
  Subscript(node, to) {
    to.push(node.base);
    add(to, node.index);
  },
  Field: (node, to) => to.push(node.base, node.name),
  AtTimeZone: (node, to) => to.push(node.operand, node.zone),
  NamedArgument: (node, to) => to.push(node.name, node.value),
  OrderItem: (node, to) => to.push(node.expression),

  // Queries
  Cte(node, to) {
    to.push(node.name);
    addAll(to, node.columns);
    to.push(node.query);
  },
  Query(node, to) {
    addAll(to, node.ctes);
    to.push(node.body);
    addAll(to, node.orderBy);
    add(to, node.limit);
    add(to, node.offset);
  },
  SetOperation: (node, to) => to.push(node.left, node.right),
  Values: (node, to) => addAll(to, node.rows),
  TableQuery: (node, to) => to.push(node.name),
  SelectItem(node, to) {
    to.push(node.expression);
    add(to, node.alias);
  },
  GroupBy: (node, to) => addAll(to, node.items),
  Select(node, to) {
    addAll(to, node.distinctOn);
    add(to, node.top);
    addAll(to, node.items);
    add(to, node.into);
    addAll(to, node.from);
    add(to, node.where);
    add(to, node.groupBy);
    add(to, node.having);
    for (const { name, window } of node.windows) to.push(name, window);
    add(to, node.qualify);
  },
  TableRef(node, to) {
    to.push(node.name);
    addAliases(node, to);
  },
  Derived(node, to) {
    to.push(node.query);
    addAliases(node, to);
  },
  Join(node, to) {
    to.push(node.left, node.right);
    add(to, node.on);
    addAll(to, node.using);
  },
  Unnest(node, to) {
    addAll(to, node.args);
    addAliases(node, to);
  },
  TableFunction(node, to) {
    to.push(node.call);
    addAliases(node, to);
  },
  ParenTable(node, to) {
    to.push(node.inner);
    addAliases(node, to);
  },
  Reshaped(node, to) {
    to.push(node.source);
    addAll(to, node.expressions);
    addAliases(node, to);
  },
  Navigation(node, to) {
    to.push(node.expression);
    addAliases(node, to);
    add(to, node.at);
  },
  ValuesTable(node, to) {
    to.push(node.values);
    addAliases(node, to);
  },

  // Statements and their parts
  Option: (node, to) => add(to, node.expression),
  ColumnDefinition(node, to) {
    to.push(node.name);
    add(to, node.type);
    addAll(to, node.options);
    add(to, node.transform);
  },
  SelectStatement: (node, to) => to.push(node.query),
  InsertStatement(node, to) {
    to.push(node.target);
    add(to, node.partition);
    addAll(to, node.columns);
    add(to, node.query);
  },
  UpdateStatement(node, to) {
    addAll(to, node.ctes ?? []);
    to.push(node.target);
    for (const { column, value } of node.assignments) to.push(column, value);
    addAll(to, node.from);
    add(to, node.where);
  },
  DeleteStatement(node, to) {
    addAll(to, node.ctes ?? []);
    to.push(node.target);
    addAll(to, node.using);
    add(to, node.where);
  },
  MergeStatement(node, to) {
    to.push(node.target, node.source, node.on);
    for (const clause of node.clauses) {
      add(to, clause.condition);
      for (const { column, value } of clause.assignments) to.push(column, value);
      addAll(to, clause.columns);
      addAll(to, clause.values);
    }
  },
  CreateTable(node, to) {
    to.push(node.name);
    addAll(to, node.columns);
    addAll(to, node.constraints);
    add(to, node.like);
    addAll(to, node.partitionedBy);
    addAll(to, node.options);
    addAll(to, node.serdeProperties);
    addAll(to, node.properties);
  },
  CreateTableAs(node, to) {
    to.push(node.name);
    addAll(to, node.columns);
    addAll(to, node.properties);
    addAll(to, node.partitionedBy);
    addAll(to, node.options);
    to.push(node.query);
  },
  CreateView(node, to) {
    to.push(node.name);
    addAll(to, node.columns);
    addAll(to, node.options);
    to.push(node.query);
  },
  UnloadStatement(node, to) {
    add(to, node.query);
    add(to, node.to);
    addAll(to, node.options);
  },
  CopyStatement(node, to) {
    to.push(node.target);
    addAll(to, node.columns);
    add(to, node.from);
    addAll(to, node.options);
  },
  AlterTable(node, to) {
    to.push(node.name);
    addAll(to, node.actions);
  },
  AlterAction(node, to) {
    addAll(to, node.partitions);
    addAll(to, node.columns);
    addAll(to, node.options);
  },
  PartitionSpec(node, to) {
    for (const { key, value } of node.entries) to.push(key, value);
    add(to, node.location);
  },
  WrapperStatement(node, to) {
    add(to, node.name);
    addAll(to, node.options);
    to.push(node.statement);
  },
  UtilityStatement(node, to) {
    add(to, node.name);
    addAll(to, node.options);
    addAll(to, node.statements);
  },
};

function addAliases(
  node: { readonly alias?: NodeOf<'Identifier'>; readonly columnAliases: readonly NodeOf<'Identifier'>[] },
  to: Node[],
): void {
  add(to, node.alias);
  addAll(to, node.columnAliases);
}

const tables: Readonly<Record<string, Table['push'] | undefined>> = kinds;
