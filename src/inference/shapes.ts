/** What a value of a text file looks like; of several values, what holds for all of them. */
export type Shape =
  /** No value was seen. */
  | { readonly kind: 'null' }
  | { readonly kind: 'boolean' | 'bigint' | 'decimal' | 'double' | 'date' | 'timestamp' }
  /** `why`: what it looks like, although it must stay a text. */
  | { readonly kind: 'string'; readonly why?: 'padded' | 'iso' | 'mixed' }
  | { readonly kind: 'array'; readonly of: Shape }
  | { readonly kind: 'struct'; readonly fields: ReadonlyMap<string, Shape> };

export const nullShape: Shape = { kind: 'null' };

const widest = 2n ** 63n;

/**
 * The narrowest shape that holds values of both. Whole numbers widen to fractions; anything else that differs is
 * text, as one definition must read all files.
 */
export function widen(a: Shape, b: Shape): Shape {
  if (a === b || b.kind === 'null') return a;
  if (a.kind === 'null') return b;
  if (a.kind === 'array' && b.kind === 'array') return { kind: 'array', of: widen(a.of, b.of) };
  if (a.kind === 'struct' && b.kind === 'struct')
    return { kind: 'struct', fields: widenFields(a.fields, b.fields) };
  if (a.kind === 'string' && b.kind === 'string')
    return a.why === b.why ? a : a.why === 'mixed' ? a : b.why === 'mixed' ? b : { kind: 'string' };
  if (a.kind === b.kind) return a;
  const numbers: readonly Shape['kind'][] = ['bigint', 'decimal', 'double'];
  const [left, right] = [numbers.indexOf(a.kind), numbers.indexOf(b.kind)];
  if (left >= 0 && right >= 0) {
    // Numbers too large for 64 bits and fractions have nothing else in common.
    return a.kind === 'double' || b.kind === 'double' ? { kind: 'double' } : { kind: 'decimal' };
  }
  const text = (shape: Shape): boolean => shape.kind === 'string';
  // A padded number beside a plain one is still a code that must keep its zeros.
  if (text(a) || text(b)) {
    const [string, other] = a.kind === 'string' ? [a, b] : [b, a];
    const keeps = string.kind === 'string' && string.why === 'padded' && other.kind === 'bigint';
    return keeps ? string : { kind: 'string', ...(scalar(other) ? {} : { why: 'mixed' as const }) };
  }
  return { kind: 'string', why: 'mixed' };
}

function scalar({ kind }: Shape): boolean {
  return kind !== 'array' && kind !== 'struct';
}

function widenFields(
  a: ReadonlyMap<string, Shape>,
  b: ReadonlyMap<string, Shape>,
): ReadonlyMap<string, Shape> {
  const all = new Map(a);
  for (const [name, shape] of b) all.set(name, widen(all.get(name) ?? nullShape, shape));
  return all;
}

/** The fields of several files together, in the order in which they were first seen. */
export function mergeFields(
  files: readonly (readonly (readonly [name: string, shape: Shape])[])[],
): readonly (readonly [name: string, shape: Shape])[] {
  const all = new Map<string, Shape>();
  for (const fields of files) {
    for (const [name, shape] of fields) all.set(name, widen(all.get(name) ?? nullShape, shape));
  }
  return [...all];
}

/** The shape of one text: numbers, dates and truth values as LazySimpleSerDe and the JSON SerDe read them. */
export function textShape(text: string): Shape {
  if (/^[-+]?\d+$/.test(text)) {
    if (/^[-+]?0\d/.test(text)) return { kind: 'string', why: 'padded' };
    if (text.startsWith('+')) return { kind: 'string' };
    return wholeShape(text);
  }
  if (/^-?(?:\d+\.\d*|\.\d+|\d+(?:\.\d*)?[eE][-+]?\d+)$/.test(text)) {
    return /^-?0\d/.test(text) ? { kind: 'string', why: 'padded' } : { kind: 'double' };
  }
  if (/^(?:true|false)$/i.test(text)) return { kind: 'boolean' };
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return isDay(text) ? { kind: 'date' } : { kind: 'string' };
  if (/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,9})?$/.test(text)) {
    return isDay(text.slice(0, 10)) ? { kind: 'timestamp' } : { kind: 'string' };
  }
  if (/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[-+]\d\d:?\d\d)?$/.test(text)) {
    return { kind: 'string', why: 'iso' };
  }
  return { kind: 'string' };
}

/** The shape of a whole number by its digits: a sample does not bound values, so none is narrower than bigint. */
export function wholeShape(digits: string): Shape {
  if (digits.length > 40) return { kind: 'string' };
  const value = BigInt(digits);
  if (value >= -widest && value < widest) return { kind: 'bigint' };
  return digits.replace('-', '').length <= 38 ? { kind: 'decimal' } : { kind: 'string' };
}

function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** A shape as a type of Hive; what was never seen is text, and so is a structure with a field that no type can name. */
export function shapeType(shape: Shape): string {
  switch (shape.kind) {
    case 'null':
    case 'string':
      return 'string';
    case 'decimal':
      return 'decimal(38,0)';
    case 'boolean':
    case 'bigint':
    case 'double':
    case 'date':
    case 'timestamp':
      return shape.kind;
    case 'array':
      return `array<${shapeType(shape.of)}>`;
    case 'struct': {
      const names = [...shape.fields.keys()].map((name) => name.toLowerCase());
      if (names.length === 0 || !names.every(isPlainName) || new Set(names).size < names.length)
        return 'string';
      const fields = [...shape.fields].map(([name, field]) => `${name.toLowerCase()}:${shapeType(field)}`);
      return `struct<${fields.join(',')}>`;
    }
  }
}

/** Whether a name can stand in a type and in Athena's DDL as it is: letters, digits and underscores. */
export function isPlainName(name: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name);
}
