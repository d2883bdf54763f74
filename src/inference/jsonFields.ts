import { nullShape, textShape, widen, wholeShape, type Shape } from './shapes';

/** The objects at the beginning of a JSON text, as far as they can be read. */
export interface JsonRows {
  readonly layout: 'lines' | 'array' | 'spread';
  readonly fields: readonly (readonly [name: string, shape: Shape])[];
  readonly rows: number;
  /** Lines that are no JSON object. */
  readonly bad: number;
}

/** As many keys as no record has columns: they are values. */
const mostKeys = 500;

/** Reads the beginning of a JSON text; `whole`: nothing follows. Undefined where it holds no object. */
export function jsonRows(text: string, { whole }: { readonly whole: boolean }): JsonRows | undefined {
  const lines = text.split('\n');
  // The last line may be cut off in the middle.
  if (!whole && lines.length > 1) lines.pop();
  const filled = lines.map((line) => line.trim()).filter((line) => line !== '');
  const objects = filled.map(objectIn);
  const good = objects.filter((one) => one !== undefined);
  if (good.length > 0 && good.length * 2 >= filled.length) {
    return { layout: 'lines', ...shapesOf(good), bad: filled.length - good.length };
  }
  const start = text.trimStart()[0];
  if (start !== '{' && start !== '[') return undefined;
  const inside = start === '[' ? listItems(text, whole) : spreadObjects(text);
  if (inside.length === 0) return undefined;
  return { layout: start === '[' ? 'array' : 'spread', ...shapesOf(inside), bad: 0 };
}

type Json = Readonly<Record<string, unknown>>;

function shapesOf(objects: readonly Json[]): Pick<JsonRows, 'fields' | 'rows'> {
  const fields = new Map<string, Shape>();
  for (const object of objects) {
    for (const [name, value] of Object.entries(object)) {
      fields.set(name, widen(fields.get(name) ?? nullShape, shapeOf(value)));
      if (fields.size > mostKeys) return { fields: [...fields], rows: objects.length };
    }
  }
  return { fields: [...fields], rows: objects.length };
}

function shapeOf(value: unknown): Shape {
  switch (typeof value) {
    case 'boolean':
      return { kind: 'boolean' };
    case 'number':
      // What is beyond exact numbers was rounded by the parser; its digits are right enough to see how large it is.
      return Number.isInteger(value) && Math.abs(value) < 1e21
        ? wholeShape(BigInt(value).toString())
        : { kind: 'double' };
    case 'string': {
      // A number in quotes is a text, whatever it looks like.
      const shape = textShape(value);
      return shape.kind === 'date' ||
        shape.kind === 'timestamp' ||
        (shape.kind === 'string' && shape.why === 'iso')
        ? shape
        : { kind: 'string' };
    }
    case 'object':
      if (value === null) return nullShape;
      if (Array.isArray(value)) {
        return { kind: 'array', of: value.reduce<Shape>((all, one) => widen(all, shapeOf(one)), nullShape) };
      }
      return {
        kind: 'struct',
        fields: new Map(Object.entries(value).map(([name, inner]) => [name, shapeOf(inner)])),
      };
    case 'undefined':
    case 'bigint':
    case 'function':
    case 'symbol':
  }
  return nullShape;
}

function objectIn(text: string): Json | undefined {
  const value = parsed(text);
  return isObject(value) ? value : undefined;
}

function listItems(text: string, whole: boolean): readonly Json[] {
  const value = whole ? parsed(text) : undefined;
  const items = Array.isArray(value) ? value : spreadObjects(text.trimStart().slice(1));
  return items.filter(isObject);
}

/** Objects one after the other over several lines, by their braces; what is cut off at the end is left out. */
function spreadObjects(text: string): readonly Json[] {
  const found: Json[] = [];
  let depth = 0;
  let start = -1;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    if (quoted) {
      if (sign === '\\') at++;
      else if (sign === '"') quoted = false;
      continue;
    }
    if (sign === '"') quoted = true;
    else if (sign === '{') {
      if (depth === 0) start = at;
      depth++;
    } else if (sign === '}' && depth > 0) {
      depth--;
      if (depth > 0) continue;
      const object = objectIn(text.slice(start, at + 1));
      if (object !== undefined) found.push(object);
    }
  }
  return found;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
