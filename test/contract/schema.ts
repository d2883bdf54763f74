// The SDK's runtime schemas are nested arrays: [9, namespace, name, traits, input, output] for an operation,
// [3, namespace, name, traits, member names, member types, how many are required] for a structure, [1, …, item] for a
// list; numbers are simple types (0 text, 1 number, 2 boolean), with 64 added for a list of them and 128 for a map.
type Schema = readonly unknown[];

function resolved(schema: unknown): unknown {
  return typeof schema === 'function' ? resolved((schema as () => unknown)()) : schema;
}

/** The names of the input members of an operation. */
export function inputMembers(operation: unknown): readonly string[] {
  const input = resolved((operation as Schema)[4]) as Schema;
  return input[4] as readonly string[];
}

/** Where an answer differs from what an operation's schema says, in words; nothing when it fits. */
export function schemaFaults(operation: unknown, answer: unknown): readonly string[] {
  return faultsOf(resolved((operation as Schema)[5]), answer, 'answer');
}

function faultsOf(given: unknown, value: unknown, path: string): readonly string[] {
  const schema = resolved(given);
  if (value === undefined || value === null) return [];
  if (Array.isArray(schema)) {
    if (schema.length === 2) return faultsOf(schema[0], value, path);
    if (schema[0] === 3) return structureFaults(schema, value as Record<string, unknown>, path);
    if (schema[0] === 1) {
      if (!Array.isArray(value)) return [`${path} is no list`];
      return value.flatMap((item, at) => faultsOf(schema[4], item, `${path}[${at}]`));
    }
    return [];
  }
  if (typeof schema !== 'number') return [];
  if ((schema & 64) !== 0) return Array.isArray(value) ? [] : [`${path} is no list`];
  if ((schema & 128) !== 0) return typeof value === 'object' ? [] : [`${path} is no map`];
  const wanted = { 0: 'string', 1: 'number', 2: 'boolean' }[schema];
  return wanted === undefined || typeof value === wanted
    ? []
    : [`${path} is a ${typeof value}, not a ${wanted}`];
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
