import type { SyntaxNode } from '@lezer/common';
import { literalText } from '../pythonString';
import type { PyArgument, PyEntry, PyExpression, PyString } from './model';
import { bind, children, deeper, deepest, scopeIn, spanOf, written, type Place } from './reading';

/** Longer literals are data: nothing is asked about their text. */
const longestLiteral = 100_000;

/** Words and signs, which stand between the parts of an expression. */
const signs =
  /^(?:[^A-Za-z]+|if|else|for|in|async|await|lambda|not|and|or|is|yield|from|as|ArithOp|BitOp|CompareOp)$/;

/** Reads an expression. */
export function readExpression(node: SyntaxNode, place: Place): PyExpression {
  const span = spanOf(node);
  const inside = deeper(place);
  if (inside.depth > deepest) return { ...span, kind: 'other', inner: [] };
  switch (node.name) {
    case 'VariableName':
      return { ...span, kind: 'name', name: written(place, node), scope: place.scope };
    case 'ParenthesizedExpression': {
      const inner = readAll(node, inside);
      return inner.length === 1 && inner[0] !== undefined ? inner[0] : { ...span, kind: 'other', inner };
    }
    case 'MemberExpression':
      return readMember(node, inside);
    case 'CallExpression':
      return readCall(node, inside);
    case 'String':
    case 'FormatString':
    case 'ContinuedString':
      return readString(node, inside);
    case 'Number': {
      const value = Number(written(place, node).replaceAll('_', ''));
      return Number.isNaN(value) ? { ...span, kind: 'other', inner: [] } : { ...span, kind: 'number', value };
    }
    case 'Boolean':
      return { ...span, kind: 'constant', value: written(place, node) === 'True' };
    case 'None':
      return { ...span, kind: 'constant', value: undefined };
    case 'ArrayExpression':
    case 'TupleExpression':
    case 'SetExpression':
      return { ...span, kind: 'list', items: readAll(node, inside) };
    case 'DictionaryExpression':
      return { ...span, kind: 'dict', ...readEntries(node, inside) };
    case 'BinaryExpression':
      return readBinary(node, inside);
    case 'NamedExpression':
      return readNamed(node, inside);
    case 'LambdaExpression':
    case 'ComprehensionExpression':
    case 'ArrayComprehensionExpression':
    case 'SetComprehensionExpression':
    case 'DictionaryComprehensionExpression': {
      const own = scopeIn(place, span);
      bindInner(node, own);
      return { ...span, kind: 'other', inner: readAll(node, own) };
    }
    default:
      return { ...span, kind: 'other', inner: readAll(node, inside) };
  }
}

/** Reads all expressions among the children of a node. */
export function readAll(node: SyntaxNode, place: Place): readonly PyExpression[] {
  return children(node)
    .filter(({ name }) => !signs.test(name) && name !== 'ParamList' && name !== 'PropertyName')
    .map((child) => readExpression(child, place));
}

// The variables of a lambda or a comprehension are its own, and their values unknown.
function bindInner(node: SyntaxNode, place: Place): void {
  const names = node.name === 'LambdaExpression' ? node.getChild('ParamList') : undefined;
  let isTarget = names !== undefined;
  for (const child of children(names ?? node)) {
    if (child.name === 'for') isTarget = true;
    else if (child.name === 'in') isTarget = names !== undefined;
    else if (isTarget) bindNames(child, place);
  }
}

/** Binds each name in a target to a value that is not known. */
export function bindNames(node: SyntaxNode, place: Place): void {
  if (place.depth > deepest) return;
  if (node.name === 'VariableName') {
    bind(place, written(place, node), { ...spanOf(node), value: undefined, block: place.block });
  } else if (
    node.name === 'TupleExpression' ||
    node.name === 'ArrayExpression' ||
    node.name === 'ParenthesizedExpression'
  ) {
    for (const child of children(node)) bindNames(child, deeper(place));
  }
}

function readMember(node: SyntaxNode, place: Place): PyExpression {
  const span = spanOf(node);
  const [first, sign, third, ...more] = children(node);
  if (first === undefined) return { ...span, kind: 'other', inner: [] };
  const object = readExpression(first, place);
  if (sign?.name === '.' && third?.name === 'PropertyName') {
    return { ...span, kind: 'member', object, name: written(place, third), nameSpan: spanOf(third) };
  }
  if (sign?.name !== '[') return { ...span, kind: 'other', inner: [object] };
  const isIndex = third !== undefined && more.length === 1 && !signs.test(third.name);
  const subscript = {
    ...span,
    kind: 'subscript' as const,
    object,
    index: isIndex ? readExpression(third, place) : undefined,
  };
  if (!isIndex) {
    for (const child of [third, ...more]) {
      if (child !== undefined && !signs.test(child.name)) readExpression(child, place);
    }
  }
  place.reading.subscripts.push(subscript);
  return subscript;
}

function readCall(node: SyntaxNode, place: Place): PyExpression {
  const [first, list] = children(node);
  if (first === undefined || list === undefined) return { ...spanOf(node), kind: 'other', inner: [] };
  const callee = readExpression(first, place);
  const call = {
    ...spanOf(node),
    kind: 'call' as const,
    callee,
    arguments: readArguments(list, place),
    brackets: spanOf(list),
  };
  place.reading.calls.push(call);
  return call;
}

function readArguments(list: SyntaxNode, place: Place): readonly PyArgument[] {
  const parts = children(list);
  // `f(x for x in y)`: a comprehension that lost its brackets.
  if (parts.some(({ name }) => name === 'for')) {
    const own = scopeIn(place, spanOf(list));
    bindInner(list, own);
    return [
      {
        ...spanOf(list),
        name: undefined,
        value: { ...spanOf(list), kind: 'other', inner: readAll(list, own) },
      },
    ];
  }
  const found: PyArgument[] = [];
  for (let at = 0; at < parts.length; at++) {
    const part = parts[at];
    if (part === undefined || /^[(),]$/.test(part.name)) continue;
    const isSpread = part.name === '*' || part.name === '**';
    const isNamed = !isSpread && parts[at + 1]?.name === 'AssignOp';
    const value = isSpread ? parts[at + 1] : isNamed ? parts[at + 2] : part;
    at += isSpread ? 1 : isNamed ? 2 : 0;
    if (value === undefined || /^[(),]$/.test(value.name)) continue;
    found.push({
      start: part.from,
      end: value.to,
      name: isSpread ? part.name : isNamed ? written(place, part) : undefined,
      value: readExpression(value, place),
    });
  }
  return found;
}

function readString(node: SyntaxNode, place: Place): PyExpression {
  const literals = node.name === 'ContinuedString' ? children(node) : [node];
  const texts = literals.map((literal) => literalValue(literal, place));
  const holes = literals.flatMap((literal) => literal.getChildren('FormatReplacement'));
  const fields = holes.flatMap((hole) => readAll(hole, place).slice(0, 1));
  if (/^[A-Za-z]*b/i.test(/^[A-Za-z]*/.exec(written(place, node))?.[0] ?? '')) {
    return { ...spanOf(node), kind: 'other', inner: fields };
  }
  const string: PyString = {
    ...spanOf(node),
    kind: 'string',
    value: texts.join(''),
    isWhole: holes.length === 0 && texts.every((text) => text !== undefined),
    fields,
    quote: /^[A-Za-z]*("""|'''|"|')/.exec(place.reading.text.slice(node.from, node.from + 8))?.[1] ?? '"',
    isSingle: literals.length === 1,
  };
  place.reading.strings.push(string);
  return string;
}

function literalValue(literal: SyntaxNode, place: Place): string | undefined {
  const { text } = place.reading;
  if (literal.to - literal.from > longestLiteral) return undefined;
  // Most have neither escapes nor fields, and are what they look like.
  const plain = /^[rRuU]?("(?!")[^"\\\n]*"|'(?!')[^'\\\n]*')$/.exec(
    text.slice(literal.from, literal.to),
  )?.[1];
  if (plain !== undefined && literal.name === 'String') return plain.slice(1, -1);
  return literalText(text, literal)?.mapped.text;
}

function readEntries(
  node: SyntaxNode,
  place: Place,
): { readonly entries: readonly PyEntry[]; readonly isOpen: boolean } {
  const entries: PyEntry[] = [];
  let isOpen = false;
  const parts = children(node);
  for (let at = 0; at < parts.length; at++) {
    const [part, sign, value] = parts.slice(at, at + 3);
    if (part === undefined || /^[{},]$/.test(part.name)) continue;
    if (part.name === '**') isOpen = true;
    else if (sign?.name === ':' && value !== undefined) {
      entries.push({
        start: part.from,
        end: value.to,
        key: readExpression(part, place),
        value: readExpression(value, place),
      });
      at += 2;
    } else readExpression(part, place);
  }
  return { entries, isOpen };
}

function readBinary(node: SyntaxNode, place: Place): PyExpression {
  const parts = children(node);
  const [first] = parts;
  const last = parts.at(-1);
  if (first === undefined || last === undefined || parts.length < 3) {
    return { ...spanOf(node), kind: 'other', inner: readAll(node, place) };
  }
  const left = readExpression(first, place);
  const right = readExpression(last, place);
  const operator = parts
    .slice(1, -1)
    .map((part) => written(place, part))
    .join(' ');
  return { ...spanOf(node), kind: 'binary', operator, left, right };
}

function readNamed(node: SyntaxNode, place: Place): PyExpression {
  const parts = children(node);
  const value = parts.at(-1);
  if (parts[0] !== undefined) bindNames(parts[0], place);
  return value === undefined || parts.length < 3
    ? { ...spanOf(node), kind: 'other', inner: [] }
    : readExpression(value, place);
}
