// The SDK's runtime schemas are nested arrays: [9, namespace, name, traits, input, output] for an operation,
// [3, namespace, name, traits, member names, member types, how many are required] for a structure (4 for a union),
// [1, …, item] for a list, [2, …, key, value] for a map, [0, …, kind] for a named simple type, [schema, traits] for
// one with traits of its own. Numbers are simple types (0 text, 1 number, 2 boolean, 4 to 7 times, 15 any document,
// 21 bytes), with 64 added for a list of them and 128 for a map.
type Schema = readonly unknown[];

/** A schema without the functions that put off making it. */
export function resolved(schema: unknown): unknown {
  return typeof schema === 'function' ? resolved((schema as () => unknown)()) : schema;
}

/** The names of the input members of an operation. */
export function inputMembers(operation: unknown): readonly string[] {
  return structureMembers((operation as Schema)[4]);
}

/** The names of the members of a structure. */
export function structureMembers(structure: unknown): readonly string[] {
  return (resolved(structure) as Schema)[4] as readonly string[];
}

/** The schema of what an operation answers. */
export function outputSchema(operation: unknown): unknown {
  return resolved((operation as Schema)[5]);
}

/** Where a JSON answer differs from what an operation's schema says, in words; nothing when it fits. */
export function schemaFaults(operation: unknown, answer: unknown): readonly string[] {
  return faultsOf(outputSchema(operation), answer, 'answer');
}

function faultsOf(given: unknown, value: unknown, path: string): readonly string[] {
  const schema = resolved(given);
  // No JSON service answers null for what is not there.
  if (value === null) return [`${path} is null`];
  if (value === undefined) return [];
  if (typeof schema === 'number') return simpleFaults(schema, value, path);
  if (!Array.isArray(schema)) return [`${path} has a schema of an unknown kind`];
  const [kind, , , , inner, content]: readonly unknown[] = schema;
  if (schema.length === 2) return faultsOf(kind, value, path);
  switch (kind) {
    case 0:
      return faultsOf(inner, value, path);
    case 1:
      if (!Array.isArray(value)) return [`${path} is no list`];
      return value.flatMap((item, at) => faultsOf(inner, item, `${path}[${at}]`));
    case 2:
      if (!isMap(value)) return [`${path} is no map`];
      return Object.entries(value).flatMap(([key, item]) => faultsOf(content, item, `${path}.${key}`));
    case 3:
    case 4:
      if (!isMap(value)) return [`${path} is no structure`];
      return structureFaults(schema, value, path);
    default:
      return [`${path} has a schema of the unknown kind ${String(kind)}`];
  }
}

function simpleFaults(schema: number, value: unknown, path: string): readonly string[] {
  if (schema >= 128) {
    if (!isMap(value)) return [`${path} is no map`];
    return Object.entries(value).flatMap(([key, item]) => faultsOf(schema - 128, item, `${path}.${key}`));
  }
  if (schema >= 64) {
    if (!Array.isArray(value)) return [`${path} is no list`];
    return value.flatMap((item, at) => faultsOf(schema - 64, item, `${path}[${at}]`));
  }
  if (schema === 15) return [];
  // JSON services write times as seconds since 1970.
  const wanted = { 1: 'number', 2: 'boolean', 4: 'number', 5: 'number', 6: 'number', 7: 'number' }[schema];
  if (typeof value !== (wanted ?? 'string'))
    return [`${path} is a ${typeof value}, not a ${wanted ?? 'string'}`];
  const time = schema >= 4 && schema <= 7 && Number(value) > 100_000_000_000;
  return time ? [`${path} is in milliseconds, not in seconds`] : [];
}

function structureFaults(
  schema: Schema,
  value: Readonly<Record<string, unknown>>,
  path: string,
): readonly string[] {
  const names = schema[4] as readonly string[];
  const types = schema[5] as readonly unknown[];
  const required = names.slice(0, (schema[6] as number | undefined) ?? 0);
  return [
    ...Object.keys(value)
      .filter((name) => !names.includes(name))
      .map((name) => `${path}.${name} is not in the schema`),
    ...required.filter((name) => value[name] === undefined).map((name) => `${path}.${name} is missing`),
    ...names.flatMap((name, at) => faultsOf(types[at], value[name], `${path}.${name}`)),
  ];
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
