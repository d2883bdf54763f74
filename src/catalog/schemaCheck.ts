/** The part of JSON Schema that our own file formats use. */
export interface JsonSchema {
  readonly $schema?: string;
  readonly title?: string;
  readonly description?: string;
  readonly type?: 'object' | 'array' | 'string' | 'number' | 'integer' | 'boolean';
  readonly const?: string | number;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly items?: JsonSchema;
  readonly default?: string;
}

/** A value that a schema does not allow. */
export interface SchemaFault {
  /** `tables[3].columns[0].type`; empty for the whole. */
  readonly path: string;
  /** `is missing`, `must be a string`. */
  readonly message: string;
}

/** The first thing in a value that its schema does not allow; undefined when all is well. */
export function schemaFault(value: unknown, schema: JsonSchema, path = ''): SchemaFault | undefined {
  if (schema.const !== undefined && value !== schema.const) {
    return { path, message: `must be ${JSON.stringify(schema.const)}` };
  }
  if (schema.enum !== undefined && !schema.enum.some((allowed) => allowed === value)) {
    return { path, message: `must be one of ${schema.enum.join(', ')}` };
  }
  if (schema.type === undefined) return undefined;
  if (!hasType(value, schema.type))
    return { path, message: `must be ${article(schema.type)} ${schema.type}` };
  if (typeof value === 'number' && value < (schema.minimum ?? -Infinity)) {
    return { path, message: `must be at least ${schema.minimum}` };
  }
  if (Array.isArray(value)) return itemFault(value, schema, path);
  return isObject(value) ? propertyFault(value, schema, path) : undefined;
}

/** True for what JSON writes in braces. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function itemFault(value: readonly unknown[], { items }: JsonSchema, path: string): SchemaFault | undefined {
  if (items === undefined) return undefined;
  for (const [index, item] of value.entries()) {
    const fault = schemaFault(item, items, `${path}[${index}]`);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function propertyFault(
  value: Readonly<Record<string, unknown>>,
  schema: JsonSchema,
  path: string,
): SchemaFault | undefined {
  const at = (key: string): string => (path === '' ? key : `${path}.${key}`);
  const missing = schema.required?.find((key) => !Object.hasOwn(value, key));
  if (missing !== undefined) return { path: at(missing), message: 'is missing' };
  for (const [key, item] of Object.entries(value)) {
    const known = Object.hasOwn(schema.properties ?? {}, key) ? schema.properties?.[key] : undefined;
    const rest = schema.additionalProperties;
    if (known === undefined && rest === false) return { path: at(key), message: 'is not a known key' };
    const own = known ?? (typeof rest === 'object' ? rest : undefined);
    const fault = own === undefined ? undefined : schemaFault(item, own, at(key));
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function hasType(value: unknown, type: NonNullable<JsonSchema['type']>): boolean {
  if (type === 'object') return isObject(value);
  if (type === 'array') return Array.isArray(value);
  return type === 'integer' ? Number.isInteger(value) : typeof value === type;
}

function article(word: string): string {
  return /^[aio]/.test(word) ? 'an' : 'a';
}
