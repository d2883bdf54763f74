import type { SyntaxNode } from '@lezer/common';
import { hole, joined } from './mappedText';
import { formatted, interpolated, literalText, type PythonText } from './pythonString';

/** How far a text is followed through names and operators. */
const furthest = 30;

/** What an expression is read in. */
interface Reading {
  readonly file: string;
  readonly depth: number;
}

/** The text that an expression gives; undefined where it is none or nothing of it is known. */
export function textOfExpression(file: string, node: SyntaxNode): PythonText | undefined {
  return valueOf(node, { file, depth: 0 });
}

function valueOf(node: SyntaxNode, { file, depth }: Reading): PythonText | undefined {
  if (depth > furthest) return undefined;
  const inner = { file, depth: depth + 1 };
  switch (node.name) {
    case 'String':
    case 'FormatString':
      return literalText(file, node);
    case 'ContinuedString':
      return allOf(children(node), inner);
    case 'ParenthesizedExpression': {
      const only = children(node).find(({ name }) => name !== '(' && name !== ')');
      return only === undefined ? undefined : valueOf(only, inner);
    }
    case 'BinaryExpression':
      return ofOperator(node, inner);
    case 'CallExpression':
      return ofCall(node, inner);
    case 'VariableName': {
      const value = assignedTo(file, node);
      return value === undefined ? undefined : valueOf(value, inner);
    }
    default:
      return undefined;
  }
}

function children(node: SyntaxNode): readonly SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) found.push(child);
  return found;
}

/** Texts one behind the other; what is not known among them is a hole, as long as something is. */
function allOf(nodes: readonly SyntaxNode[], reading: Reading): PythonText | undefined {
  const texts = nodes.map((node) => valueOf(node, reading));
  if (texts.every((text) => text === undefined)) return undefined;
  return {
    mapped: joined(
      texts.map((text, at) => {
        const node = nodes[at];
        return text?.mapped ?? hole({ start: node?.from ?? 0, end: node?.to ?? 0 });
      }),
    ),
    reserved: texts.map((text) => text?.reserved ?? '').join(''),
  };
}

function ofOperator(node: SyntaxNode, reading: Reading): PythonText | undefined {
  const [left, operator, right] = children(node);
  if (left === undefined || operator === undefined || right === undefined) return undefined;
  switch (reading.file.slice(operator.from, operator.to)) {
    case '+':
      return allOf([left, right], reading);
    case '%': {
      const template = valueOf(left, reading);
      return template === undefined ? undefined : interpolated(template);
    }
    default:
      return undefined;
  }
}

/** Calls that change only the space around a text, or wrap it. */
const wrappers: readonly string[] = ['text', 'dedent', 'cleandoc', 'SQL'];
const spacing: readonly string[] = ['strip', 'lstrip', 'rstrip', 'expandtabs'];

function ofCall(node: SyntaxNode, reading: Reading): PythonText | undefined {
  const [callee, argumentList] = children(node);
  if (callee === undefined || argumentList === undefined) return undefined;
  const name = callee.name === 'MemberExpression' ? callee.lastChild : callee;
  const called = name === null ? '' : reading.file.slice(name.from, name.to);
  const receiver = callee.name === 'MemberExpression' ? callee.firstChild : null;
  if (wrappers.includes(called)) {
    const first = children(argumentList).find(({ name: kind }) => kind !== '(');
    return first === undefined ? undefined : valueOf(first, reading);
  }
  if (receiver === null) return undefined;
  if (called === 'format') {
    const template = valueOf(receiver, reading);
    return template === undefined ? undefined : formatted(template);
  }
  return spacing.includes(called) ? valueOf(receiver, reading) : undefined;
}

/**
 * The value that a name has where it is used: that of its last assignment above, when it is certain that this one ran
 * and no other since. Parameters, loops and `+=` make a name unknown.
 */
function assignedTo(file: string, use: SyntaxNode): SyntaxNode | undefined {
  const name = file.slice(use.from, use.to);
  for (let scope = scopeOf(use); scope !== undefined; scope = outerScope(scope)) {
    const bindings = bindingsIn(file, { scope, name });
    if (bindings.length === 0) continue;
    return decided(bindings, use, scope);
  }
  return undefined;
}

interface Binding {
  readonly at: SyntaxNode;
  /** Undefined where the value cannot be seen: a loop variable, a parameter, `+=`. */
  readonly value: SyntaxNode | undefined;
}

function decided(bindings: readonly Binding[], use: SyntaxNode, scope: SyntaxNode): SyntaxNode | undefined {
  // Used in another function than it is assigned in: which of several was the last one cannot be told.
  if (scopeOf(use)?.from !== scope.from && bindings.length > 1) return undefined;
  const isInner = scopeOf(use)?.from !== scope.from;
  const last = isInner
    ? bindings[0]
    : bindings.findLast(({ at, value }) => (value === undefined ? at.from : at.to) <= use.from);
  if (last?.value === undefined) return undefined;
  if (!isInner && !isBlockAround(last.at.parent, use)) return undefined;
  for (let loop = use.parent; loop !== null && loop.from >= scope.from; loop = loop.parent) {
    const isLoop = loop.name === 'ForStatement' || loop.name === 'WhileStatement';
    const { from, to } = loop;
    if (isLoop && bindings.some(({ at }) => at.from > use.to && at.from < to && last.at.from < from)) {
      return undefined;
    }
  }
  return last.value;
}

// An assignment inside an `if` need not have run.
function isBlockAround(block: SyntaxNode | null, use: SyntaxNode): boolean {
  return block !== null && block.from <= use.from && use.to <= block.to;
}

function scopeOf(node: SyntaxNode): SyntaxNode | undefined {
  for (let around = node.parent; around !== null; around = around.parent) {
    if (around.name === 'FunctionDefinition' || around.name === 'Script') return around;
  }
  return undefined;
}

function outerScope(scope: SyntaxNode): SyntaxNode | undefined {
  return scope.name === 'Script' ? undefined : scopeOf(scope);
}

function bindingsIn(
  file: string,
  { scope, name }: { readonly scope: SyntaxNode; readonly name: string },
): readonly Binding[] {
  const found: Binding[] = [];
  const isName = (node: SyntaxNode): boolean =>
    node.name === 'VariableName' && file.slice(node.from, node.to) === name;
  const visit = (node: SyntaxNode): void => {
    if (node !== scope && (node.name === 'FunctionDefinition' || node.name === 'LambdaExpression')) return;
    const parts = children(node);
    switch (node.name) {
      case 'AssignStatement': {
        const last = parts.findLastIndex(({ name: kind }) => kind === 'AssignOp');
        const targets = parts.slice(0, last).filter(({ name: kind }) => kind !== 'TypeDef');
        if (targets.some((target) => contains(target, isName))) {
          const isPlain =
            targets.every(isName) || targets.every((target) => target.name === 'AssignOp' || isName(target));
          found.push({ at: node, value: isPlain ? parts[last + 1] : undefined });
        }
        return;
      }
      case 'UpdateStatement':
      case 'NamedExpression':
        if (parts[0] !== undefined && isName(parts[0])) found.push({ at: node, value: undefined });
        break;
      case 'ForStatement':
      case 'WithStatement':
      case 'ParamList':
      case 'ScopeStatement':
        if (
          parts.some(
            (part) => part.name !== 'Body' && part.name !== 'CallExpression' && isBound(part, isName),
          )
        ) {
          found.push({ at: node, value: undefined });
        }
        break;
      default:
    }
    for (const part of parts) visit(part);
  };
  visit(scope);
  return found;
}

function isBound(part: SyntaxNode, isName: (node: SyntaxNode) => boolean): boolean {
  return isName(part) || (part.name === 'TupleExpression' && contains(part, isName));
}

function contains(node: SyntaxNode, isName: (node: SyntaxNode) => boolean): boolean {
  return isName(node) || children(node).some((child) => contains(child, isName));
}
