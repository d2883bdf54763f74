import type { TextEdit } from '../../base/text';
import type { DataArray, DataDocument, DataNode, DataObject, DataProperty, DataValue } from './node';
import { blockSpan, columnOf, isFlow, lineEndAfter, lineStart, surroundings } from './place';
import { flowText, keyText, valueText } from './render';

/** Writes another value in the place of a node, in the style of the text around it. */
export function replaceValue(document: DataDocument, node: DataNode, value: DataValue): readonly TextEdit[] {
  const { start, end } = node;
  return [{ start, end, text: flowText(document, value) }];
}

/** Writes another key; the value stays. */
export function renameKey(
  document: DataDocument,
  { keySpan }: DataProperty,
  key: string,
): readonly TextEdit[] {
  return [{ ...keySpan, text: keyText(document, key) }];
}

/** Adds a property at the end of an object, or behind one of its properties. */
export function insertProperty(
  document: DataDocument,
  object: DataObject,
  added: { readonly key: string; readonly value: DataValue; readonly after?: DataProperty },
): readonly TextEdit[] {
  const { key, value, after = object.properties.at(-1) } = added;
  if (after === undefined || isFlow(document, object)) {
    const make = (indent: string): string =>
      `${keyText(document, key)}: ${valueText(document, value, indent)}`;
    return insertInFlow(document, { ...object, parts: object.properties, after }, make);
  }
  const column = columnOf(document.text, after.start);
  return insertLine(
    document,
    after.value,
    ' '.repeat(column) + `${keyText(document, key)}: ${flowText(document, value)}`,
  );
}

/** Adds an item at the end of an array. */
export function appendItem(document: DataDocument, array: DataArray, value: DataValue): readonly TextEdit[] {
  const after = array.items.at(-1);
  if (after === undefined || isFlow(document, array)) {
    const make = (indent: string): string => valueText(document, value, indent);
    return insertInFlow(document, { ...array, parts: array.items, after }, make);
  }
  // Block items stand behind dashes, all in the column of the first.
  const { text } = document;
  const dash = /^[ ]*-/.exec(text.slice(lineStart(text, array.start)))?.[0] ?? '-';
  const column = columnOf(text, array.start);
  const indent = text.charAt(array.start) === '-' ? ' '.repeat(column) : dash.slice(0, -1);
  return insertLine(document, after, `${indent}- ${flowText(document, value)}`);
}

/** Takes a property out of its object, with its comma or its lines. */
export function removeProperty(
  document: DataDocument,
  object: DataObject,
  property: DataProperty,
): readonly TextEdit[] {
  return remove(document, { ...object, parts: object.properties }, property);
}

/** Takes an item out of its array, with its comma or its lines. */
export function removeItem(document: DataDocument, array: DataArray, item: DataNode): readonly TextEdit[] {
  return remove(document, { ...array, parts: array.items }, item);
}

interface Whole {
  readonly kind: 'object' | 'array';
  readonly start: number;
  readonly end: number;
  readonly parts: readonly { readonly start: number; readonly end: number }[];
}

function remove(
  document: DataDocument,
  whole: Whole,
  part: { readonly start: number; readonly end: number },
): readonly TextEdit[] {
  const { text } = document;
  const at = whole.parts.findIndex(({ start }) => start === part.start);
  if (at === -1) return [];
  const next = whole.parts[at + 1];
  const before = whole.parts[at - 1];
  if (next === undefined && before === undefined) {
    return [{ start: whole.start, end: whole.end, text: whole.kind === 'object' ? '{}' : '[]' }];
  }
  if (isFlow(document, whole)) {
    return next !== undefined
      ? [{ start: part.start, end: next.start, text: '' }]
      : [{ start: before?.end ?? part.start, end: part.end, text: '' }];
  }
  const { start, end } = blockSpan(text, whole, part);
  return [{ start, end, text: '' }];
}

function insertInFlow(
  document: DataDocument,
  whole: Whole & { readonly after: { readonly start: number; readonly end: number } | undefined },
  make: (indent: string) => string,
): readonly TextEdit[] {
  const { after, start, end } = whole;
  const { indent, separator } = surroundings(document.text, whole);
  if (after !== undefined) {
    return [{ start: after.end, end: after.end, text: `,${separator}${make(indent)}` }];
  }
  const inner = make(indent);
  if (whole.kind === 'object') return [{ start, end, text: `{ ${inner} }` }];
  return [{ start, end, text: `[${inner}]` }];
}

function insertLine(document: DataDocument, after: DataNode, line: string): readonly TextEdit[] {
  const { text } = document;
  const at = lineEndAfter(text, after.end);
  const isOpen = at > 0 && text.charAt(at - 1) !== '\n';
  return [{ start: at, end: at, text: isOpen ? `\n${line}` : `${line}\n` }];
}
