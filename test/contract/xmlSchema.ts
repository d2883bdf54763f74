import { outputSchema, resolved } from './schema';

// How members travel is in their traits: xmlName, xmlFlattened, httpHeader, httpPrefixHeaders; see schema.ts for the rest.
type Schema = readonly unknown[];
type Traits = Readonly<Record<string, unknown>>;

interface Member {
  readonly name: string;
  readonly schema: unknown;
  readonly traits: Traits;
  readonly required: boolean;
}

interface Element {
  readonly name: string;
  readonly children: Element[];
  text: string;
}

// What HTTP and S3 put on every answer.
const transport = new Set([
  'connection',
  'content-length',
  'content-type',
  'date',
  'keep-alive',
  'transfer-encoding',
  'x-amz-request-id',
]);

/** Where an XML answer differs from the schema of an operation, in words; `wrapped` when STS puts two elements around it. */
export function xmlFaults(
  operation: unknown,
  document: string,
  { wrapped }: { readonly wrapped?: string } = {},
): readonly string[] {
  const root = parsed(document);
  const schema = outputSchema(operation) as Schema;
  if (wrapped !== undefined) {
    const result = root.children.find(({ name }) => name === `${wrapped}Result`);
    if (root.name !== `${wrapped}Response` || result === undefined) return [`${wrapped}Result is missing`];
    return structureFaults(schema, result, 'answer');
  }
  const { xmlName } = traitsOf(schema[3]);
  if (root.name !== xmlName) return [`the root is ${root.name}, not ${String(xmlName)}`];
  return structureFaults(schema, root, 'answer');
}

/** Where the headers of an answer differ from the schema of an operation, in words. */
export function headerFaults(operation: unknown, headers: Headers): readonly string[] {
  const members = membersOf(outputSchema(operation) as Schema);
  const named = new Map(
    members.flatMap((member) => {
      const { httpHeader } = member.traits;
      return typeof httpHeader === 'string' ? [[httpHeader.toLowerCase(), member] as const] : [];
    }),
  );
  const prefixes = members.flatMap(({ traits }) =>
    typeof traits['httpPrefixHeaders'] === 'string' ? [traits['httpPrefixHeaders']] : [],
  );
  return [...headers].flatMap(([name, value]) => {
    const member = named.get(name);
    if (member !== undefined) return textFaults(member.schema, value, name);
    if (transport.has(name) || prefixes.some((prefix) => name.startsWith(prefix))) return [];
    return [`the header ${name} is not in the schema`];
  });
}

function structureFaults(schema: Schema, element: Element, path: string): readonly string[] {
  const members = membersOf(schema).filter(({ traits }) => traits['httpHeader'] === undefined);
  const unknown = element.children.filter(
    (child) => !members.some((member) => elementName(member) === child.name),
  );
  return [
    ...unknown.map(({ name }) => `${path}.${name} is not in the schema`),
    ...members.flatMap((member) => {
      const found = element.children.filter(({ name }) => name === elementName(member));
      const at = `${path}.${member.name}`;
      if (found.length === 0) return member.required ? [`${at} is missing`] : [];
      return found.length > 1 && member.traits['xmlFlattened'] === undefined
        ? [`${at} is there ${found.length} times`]
        : found.flatMap((child) => memberFaults(member, child, at));
    }),
  ];
}

function memberFaults({ schema, traits }: Member, element: Element, path: string): readonly string[] {
  if (!Array.isArray(schema)) return textFaults(schema, element.text, path);
  if (schema[0] === 3) return structureFaults(schema, element, path);
  if (schema[0] !== 1) return textFaults(schema, element.text, path);
  const item = unpacked(schema[4]);
  const items = traits['xmlFlattened'] === undefined ? element.children : [element];
  return items.flatMap((child) => {
    const { xmlName } = item.traits;
    const wanted = typeof xmlName === 'string' ? xmlName : 'member';
    if (traits['xmlFlattened'] === undefined && child.name !== wanted)
      return [`${path} holds ${child.name}, not ${wanted}`];
    return Array.isArray(item.schema) && item.schema[0] === 3
      ? structureFaults(item.schema, child, path)
      : textFaults(item.schema, child.text, path);
  });
}

function textFaults(schema: unknown, text: string, path: string): readonly string[] {
  const pattern =
    schema === 1 ? /^-?\d+$/ : schema === 2 ? /^(?:true|false)$/ : isTime(schema) ? /^.+(?:Z|GMT)$/ : /^/;
  const fits = pattern.test(text) && !(isTime(schema) && Number.isNaN(Date.parse(text)));
  return fits ? [] : [`${path} is ${text}`];
}

function isTime(schema: unknown): boolean {
  return typeof schema === 'number' && schema >= 4 && schema <= 7;
}

function membersOf(schema: Schema): readonly Member[] {
  const types = schema[5] as readonly unknown[];
  const required = (schema[6] as number | undefined) ?? 0;
  return (schema[4] as readonly string[]).map((name, at) => ({
    name,
    ...unpacked(types[at]),
    required: at < required,
  }));
}

/** A schema apart from the traits it may be paired with. */
function unpacked(given: unknown): { readonly schema: unknown; readonly traits: Traits } {
  const schema = resolved(given);
  if (!Array.isArray(schema)) return { schema, traits: {} };
  if (schema.length === 2) return { schema: resolved(schema[0]), traits: traitsOf(schema[1]) };
  return { schema: schema as unknown, traits: {} };
}

// Traits may be packed into a number; none of those matters here.
function traitsOf(given: unknown): Traits {
  return typeof given === 'object' && given !== null ? (given as Traits) : {};
}

function elementName({ name, traits }: Member): string {
  return typeof traits['xmlName'] === 'string' ? traits['xmlName'] : name;
}

function parsed(document: string): Element {
  const top: Element = { name: '', children: [], text: '' };
  const open = [top];
  for (const [, end, name, empty, text] of document.matchAll(
    /<(?!\?)(\/?)([\w:]+)(?:\s[^>]*?)?(\/?)>|<\?[^>]*>|([^<]+)/g,
  )) {
    const current = open.at(-1) ?? top;
    if (text !== undefined) current.text += text;
    if (name === undefined) continue;
    if (end === '/') {
      open.pop();
      continue;
    }
    const element: Element = { name, children: [], text: '' };
    current.children.push(element);
    if (empty !== '/') open.push(element);
  }
  const [root] = top.children;
  if (root === undefined || open.length > 1) throw new Error(`This is no XML: ${document.slice(0, 200)}`);
  return root;
}
