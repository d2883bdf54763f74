import type { Fields } from '../service';

/** True for a JSON object; arrays are none. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The text under a name, or undefined where there is none. */
export function text(input: Fields, name: string): string | undefined {
  const value = input[name];
  return typeof value === 'string' ? value : undefined;
}

/** The number under a name, or undefined where there is none. */
export function number(input: Fields, name: string): number | undefined {
  const value = input[name];
  return typeof value === 'number' ? value : undefined;
}

/** The object under a name; an empty one where there is none. */
export function fields(input: Fields, name: string): Fields {
  const value = input[name];
  return isFields(value) ? value : {};
}

/** The list under a name; an empty one where there is none. */
export function list(input: Fields, name: string): readonly unknown[] {
  const value = input[name];
  return Array.isArray(value) ? value : [];
}

/** The objects of the list under a name. */
export function objects(input: Fields, name: string): readonly Fields[] {
  return list(input, name).filter(isFields);
}

/** The texts of the list under a name. */
export function texts(input: Fields, name: string): readonly string[] {
  return list(input, name).filter((item) => typeof item === 'string');
}
