import type { SyntaxNode } from '@lezer/common';
import type { PyBlock, PyClause, PyCompound, PyExpression, PyStatement } from './model';
import { bindNames, readAll, readExpression } from './expressions';
import { readImport } from './imports';
import { bind, children, deeper, deepest, scopeIn, spanOf, written, type Place } from './reading';

/** Reads the statements of a body, or of the whole text. */
export function readBlock(node: SyntaxNode, place: Place): PyBlock {
  const inside = { ...deeper(place), block: spanOf(node) };
  if (inside.depth > deepest) return { ...spanOf(node), statements: [] };
  return {
    ...spanOf(node),
    statements: children(node)
      .flatMap((child) => (child.name === 'StatementGroup' ? children(child) : [child]))
      .filter(({ name }) => /[A-Z]/.test(name))
      .flatMap((child) => readStatement(child, inside)),
  };
}

const compounds: Readonly<Record<string, PyCompound['kind']>> = {
  IfStatement: 'if',
  ForStatement: 'for',
  WhileStatement: 'while',
  TryStatement: 'try',
  WithStatement: 'with',
  MatchStatement: 'match',
};

function readStatement(node: SyntaxNode, place: Place): readonly PyStatement[] {
  const span = spanOf(node);
  const compound = compounds[node.name];
  if (compound !== undefined) return [{ ...span, kind: compound, clauses: readClauses(node, place) }];
  switch (node.name) {
    case 'AssignStatement':
      return [readAssign(node, place)];
    case 'UpdateStatement': {
      const parts = children(node);
      const [target] = parts;
      const value = parts.at(-1);
      if (value !== undefined) readExpression(value, place);
      if (target === undefined) return [];
      bindNames(target, place);
      return [{ ...span, kind: 'assign', targets: [readExpression(target, place)], value: undefined }];
    }
    case 'FunctionDefinition':
      return readFunction(node, place);
    case 'ClassDefinition': {
      const body = node.getChild('Body');
      const name = node.getChild('VariableName');
      if (body === null || name === null) return [];
      const own = scopeIn(place, span);
      return [{ ...span, kind: 'class', name: written(place, name), block: readBlock(body, own) }];
    }
    case 'DecoratedStatement':
      return children(node).flatMap((child) => {
        if (child.name === 'Decorator') readAll(child, place);
        return child.name === 'Decorator' ? [] : readStatement(child, place);
      });
    case 'ImportStatement':
      readImport(node, place);
      return [{ ...span, kind: 'import', expressions: [] }];
    case 'ExpressionStatement':
      return [{ ...span, kind: 'expression', expressions: readAll(node, place) }];
    case 'ReturnStatement':
      return [{ ...span, kind: 'return', expressions: readWithoutKeyword(node, place) }];
    case 'RaiseStatement':
      return [{ ...span, kind: 'raise', expressions: readWithoutKeyword(node, place) }];
    case 'ScopeStatement':
      // `global x`: whatever the function does to it comes from elsewhere.
      for (const child of children(node)) bindNames(child, place);
      return [{ ...span, kind: 'other', expressions: [] }];
    default:
      return [{ ...span, kind: 'other', expressions: readWithoutKeyword(node, place) }];
  }
}

function readWithoutKeyword(node: SyntaxNode, place: Place): readonly PyExpression[] {
  return children(node)
    .filter(({ name }) => /^[A-Z]/.test(name))
    .map((child) => readExpression(child, place));
}

function readAssign(node: SyntaxNode, place: Place): PyStatement {
  const parts = children(node).filter(({ name }) => name !== 'TypeDef');
  const last = parts.findLastIndex(({ name }) => name === 'AssignOp');
  const targets = parts
    .slice(0, last === -1 ? parts.length : last)
    .filter(({ name }) => /^[A-Z]/.test(name) && name !== 'AssignOp');
  const behind = last === -1 ? [] : parts.slice(last + 1).filter(({ name }) => name !== ',');
  const values = behind.map((part) => readExpression(part, place));
  // `a, b = 1, 2` and `a, b = c` unpack.
  const isPlain =
    values.length === 1 &&
    !parts.slice(0, last).some(({ name }) => name === ',') &&
    targets.every(({ name }) => name === 'VariableName' || name === 'MemberExpression');
  const value = isPlain ? values[0] : undefined;
  for (const target of targets) {
    if (target.name === 'VariableName') {
      bind(place, written(place, target), { ...spanOf(node), value, block: place.block });
    } else bindNames(target, place);
    const name = written(place, target);
    if (/^self\.\w+$/.test(name)) {
      const { attributes } = place.reading;
      attributes.set(name, [...(attributes.get(name) ?? []), value]);
    }
  }
  return {
    ...spanOf(node),
    kind: 'assign',
    targets: targets.map((target) => readExpression(target, place)),
    value,
  };
}

function readFunction(node: SyntaxNode, place: Place): readonly PyStatement[] {
  const body = node.getChild('Body');
  const name = node.getChild('VariableName');
  const list = node.getChild('ParamList');
  if (body === null || name === null) return [];
  bind(place, written(place, name), { ...spanOf(node), value: undefined, block: place.block });
  const own = scopeIn(place, spanOf(node));
  const parameters: string[] = [];
  let isDefault = false;
  for (const part of list === null ? [] : children(list)) {
    if (part.name === 'AssignOp') isDefault = true;
    else if (part.name === ',') isDefault = false;
    else if (isDefault) readExpression(part, place);
    else if (part.name === 'VariableName') {
      parameters.push(written(place, part));
      bindNames(part, own);
    }
  }
  const read = {
    ...spanOf(node),
    kind: 'function' as const,
    name: written(place, name),
    nameSpan: spanOf(name),
    parameters,
    block: readBlock(body, own),
    scope: own.scope,
  };
  place.reading.functions.push(read);
  return [read];
}

// Between a keyword and its body stand expressions, and behind `for` and `as` what is bound.
function readClauses(node: SyntaxNode, place: Place): readonly PyClause[] {
  const clauses: PyClause[] = [];
  let keyword = '';
  let isTarget = false;
  let expressions: PyExpression[] = [];
  const around = { ...place, block: spanOf(node) };
  for (const part of children(node)) {
    if (part.name === 'Body' || part.name === 'MatchBody') {
      for (const body of part.name === 'Body' ? [part] : part.getChildren('MatchClause')) {
        const block = readBlock(body.name === 'Body' ? body : (body.getChild('Body') ?? body), place);
        clauses.push({ keyword, expressions, block });
      }
      expressions = [];
      isTarget = false;
    } else if (/^[a-z]/.test(part.name)) {
      if (part.name === 'as' || part.name === 'for') isTarget = true;
      else if (part.name === 'in') isTarget = false;
      if (part.name !== 'as' && part.name !== 'in') keyword = part.name;
    } else if (/^[A-Z]/.test(part.name)) {
      if (isTarget) bindNames(part, around);
      expressions.push(readExpression(part, place));
      if (isTarget && keyword !== 'for') isTarget = false;
    }
  }
  return clauses;
}
