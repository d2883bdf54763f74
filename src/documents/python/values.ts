import type { Span } from '../../base/text';
import type {
  PyArgument,
  PyCall,
  PyDict,
  PyEntry,
  PyExpression,
  PyFunction,
  PyStatement,
  PythonDocument,
} from './model';
import { resolved } from './names';

/** A text that an expression gives; `${hole}` stands for what is not known of it. */
export interface KnownText {
  readonly text: string;
  readonly isWhole: boolean;
}

const hole = '${hole}';

/** The text of an expression, through names, `+` and f-strings; undefined where nothing of it is known. */
export function textOf(document: PythonDocument, expression: PyExpression, depth = 0): KnownText | undefined {
  if (depth > 16) return undefined;
  const value = resolved(document, expression);
  if (value.kind === 'string') {
    let text = value.value;
    let isWhole = value.isWhole;
    if (value.fields.length > 0 && text.split(hole).length === value.fields.length + 1) {
      const fields = value.fields.map((field) => textOf(document, field, depth + 1));
      isWhole = fields.every((field) => field?.isWhole === true);
      text = text
        .split(hole)
        .map((piece, at) => piece + (at < fields.length ? (fields[at]?.text ?? hole) : ''))
        .join('');
    }
    return { text, isWhole };
  }
  if (value.kind !== 'binary' || value.operator !== '+') return undefined;
  const left = textOf(document, value.left, depth + 1);
  const right = textOf(document, value.right, depth + 1);
  if (left === undefined && right === undefined) return undefined;
  return {
    text: (left?.text ?? hole) + (right?.text ?? hole),
    isWhole: left?.isWhole === true && right?.isWhole === true,
  };
}

/** The text of an expression where all of it is known. */
export function wholeText(
  document: PythonDocument,
  expression: PyExpression | undefined,
): string | undefined {
  const text = expression === undefined ? undefined : textOf(document, expression);
  return text?.isWhole === true ? text.text : undefined;
}

/** The number of an expression. */
export function numberOf(document: PythonDocument, expression: PyExpression | undefined): number | undefined {
  const value = expression === undefined ? undefined : resolved(document, expression);
  return value?.kind === 'number' ? value.value : undefined;
}

/** Whether an expression is `True`, or a text that says so, as Spark takes both. */
export function isTrue(document: PythonDocument, expression: PyExpression): boolean {
  const value = resolved(document, expression);
  return value.kind === 'constant'
    ? value.value === true
    : wholeText(document, value)?.toLowerCase() === 'true';
}

/** The argument of a name, or at a place among those without one; a place is left out for those that must be named. */
export function argumentOf(call: PyCall, name: string, position?: number): PyArgument | undefined {
  const named = call.arguments.find((argument) => argument.name === name);
  if (named !== undefined || position === undefined) return named;
  const plain = call.arguments.filter((argument) => argument.name === undefined || argument.name === '*');
  const at = plain[position];
  return at === undefined || plain.slice(0, position + 1).some((argument) => argument.name === '*')
    ? undefined
    : at;
}

/** Whether arguments come in that cannot be seen: `*values`, `**options`. */
export function isOpenCall(call: PyCall): boolean {
  return call.arguments.some(({ name }) => name === '*' || name === '**');
}

/** A dictionary, followed through names. */
export function dictOf(document: PythonDocument, expression: PyExpression | undefined): PyDict | undefined {
  const value = expression === undefined ? undefined : resolved(document, expression);
  return value?.kind === 'dict' ? value : undefined;
}

/** The entry of a dictionary under a key that is written out. */
export function entryOf(
  document: PythonDocument,
  dict: PyDict | undefined,
  key: string,
): PyEntry | undefined {
  return dict?.entries.findLast((entry) => wholeText(document, entry.key) === key);
}

/** The innermost function around an offset. */
export function functionAt(document: PythonDocument, offset: number): PyFunction | undefined {
  let found: PyFunction | undefined;
  for (const one of document.functions) {
    const isAround = one.start <= offset && offset < one.end;
    if (isAround && (found === undefined || one.start > found.start)) found = one;
  }
  return found;
}

/** The innermost statement around an offset, with the statements of the blocks around it, outermost first. */
export function statementsAt(document: PythonDocument, offset: number): readonly PyStatement[] {
  const found: PyStatement[] = [];
  let body = document.body;
  for (;;) {
    const statement = body.find(({ start, end }) => start <= offset && offset < end);
    if (statement === undefined) return found;
    found.push(statement);
    const block = blocksOf(statement).find(({ start, end }) => start <= offset && offset < end);
    if (block === undefined) return found;
    body = block.statements;
  }
}

/** The bodies of a statement. */
export function blocksOf(
  statement: PyStatement,
): readonly (Span & { readonly statements: readonly PyStatement[] })[] {
  switch (statement.kind) {
    case 'function':
    case 'class':
      return [statement.block];
    case 'if':
    case 'for':
    case 'while':
    case 'try':
    case 'with':
    case 'match':
      return statement.clauses.map(({ block }) => block);
    case 'assign':
    case 'expression':
    case 'return':
    case 'raise':
    case 'import':
    case 'other':
      return [];
  }
}

/** All expressions inside one, itself first. Names are not followed. */
export function* expressionsIn(expression: PyExpression): Generator<PyExpression> {
  yield expression;
  for (const inner of innerOf(expression)) yield* expressionsIn(inner);
}

function innerOf(expression: PyExpression): readonly PyExpression[] {
  switch (expression.kind) {
    case 'member':
      return [expression.object];
    case 'call':
      return [expression.callee, ...expression.arguments.map(({ value }) => value)];
    case 'subscript':
      return expression.index === undefined ? [expression.object] : [expression.object, expression.index];
    case 'string':
      return expression.fields;
    case 'list':
      return expression.items;
    case 'dict':
      return expression.entries.flatMap(({ key, value }) => [key, value]);
    case 'binary':
      return [expression.left, expression.right];
    case 'other':
      return expression.inner;
    case 'name':
    case 'number':
    case 'constant':
      return [];
  }
}
