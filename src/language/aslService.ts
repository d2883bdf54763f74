import type { ASTNode, CompletionItem, LanguageService, TextDocument } from 'vscode-json-languageservice';
import type { Span } from '../base/text';
import type { DataDocument } from '../documents/data/node';
import { jsonOf } from './aslJson';

/** How a state machine is written. */
export type AslFormat = 'json' | 'yaml';

/** Something that the language service of the Amazon States Language has against a definition. */
export interface AslDiagnostic extends Span {
  readonly message: string;
  /** A transition, a state that is not reached, a missing end: what rule ASL07 reports as well. */
  readonly isGraph: boolean;
}

/** A proposal at a place of a definition. */
export interface AslCompletion extends Span {
  readonly label: string;
  readonly kind: 'field' | 'value' | 'state' | 'snippet';
  readonly documentation: string;
  /** What replaces the span; with tab stops such as `$1` where `isSnippet`. */
  readonly text: string;
  readonly isSnippet: boolean;
}

/**
 * What the service says of the form of a definition: missing and unknown fields, values of a wrong kind, transitions.
 * The root of the data is the definition, so that one inside a template can be asked for too; values that a tool fills
 * in (`${…}`, `!Sub`) are taken as they will be. Loads the service, about 0.6 MB, when it is first called.
 */
export async function validateAsl(data: DataDocument): Promise<readonly AslDiagnostic[]> {
  if (data.root === undefined || data.problems.length > 0) return [];
  const json = jsonOf(data);
  const { service, document } = await open(json.text);
  const found = await service.doValidation(document, service.parseJSONDocument(document));
  return found
    .flatMap(({ range, message: said }): readonly AslDiagnostic[] => {
      const place = { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
      if (isFilledIn(json.text, place)) return [];
      const message = plainText(said);
      return [{ ...json.source(place), message, isGraph: graphMessages.test(message) }];
    })
    .sort((a, b) => a.start - b.start || a.end - b.end);
}

/** The fields, values, states and (in JSON) snippets that fit at an offset (UTF-16 units). */
export async function completeAsl(
  text: string,
  offset: number,
  format: AslFormat,
): Promise<readonly AslCompletion[]> {
  const found = format === 'json' ? await completeJson(text, offset) : await completeYaml(text, offset);
  const seen = new Set<string>();
  return found.filter(({ kind, label }) => {
    const key = `${kind} ${label}`;
    return seen.size < seen.add(key).size;
  });
}

/** What the schema says of the field at an offset, with the place it is about; undefined where it says nothing. */
export async function hoverAsl(
  data: DataDocument,
  offset: number,
): Promise<(Span & { readonly text: string }) | undefined> {
  const json = jsonOf(data);
  const place = json.target(offset);
  if (place === undefined) return undefined;
  const { service, document } = await open(json.text);
  const found = await service.doHover(
    document,
    document.positionAt(place.start + 1),
    service.parseJSONDocument(document),
  );
  const contents = found === null ? [] : [found.contents].flat();
  const text = contents
    .map(plainText)
    .filter((part) => part !== '')
    .join('\n\n');
  return text === '' ? undefined : { ...json.source(place), text };
}

// Of the package only what reads JSON is loaded: its YAML half brings a formatter of 7 MB, and its ranges are those of JSON.
async function open(
  text: string,
): Promise<{ readonly service: LanguageService; readonly document: TextDocument }> {
  const [json, { default: schema }, validation, completion] = await Promise.all([
    import('vscode-json-languageservice'),
    import('amazon-states-language-service/out/json-schema/bundled.json'),
    import('amazon-states-language-service/out/validation/validateStates'),
    import('amazon-states-language-service/out/completion/completeAsl'),
  ]);
  const validateStates = callable(validation.default);
  // RootType.Root: a constant of the package that its compiled code does not have.
  const wholeMachine = 0 as unknown as Parameters<typeof validateStates>[2];
  const completeStates = callable(completion.default);
  const service = json.getLanguageService({});
  service.configure({
    validate: true,
    allowComments: false,
    schemas: [{ uri: 'asl', fileMatch: ['*'], schema }],
  });
  return {
    document: json.TextDocument.create('file:///definition.asl.json', 'asl', 1, text),
    service: {
      ...service,
      doValidation: async (document, parsed) => {
        const bySchema = await service.doValidation(document, parsed);
        const { root } = parsed as { readonly root?: ASTNode };
        return root?.type === 'object'
          ? [...bySchema, ...validateStates(root, document, wholeMachine)]
          : bySchema;
      },
      doComplete: async (document, position, parsed) =>
        completeStates(document, position, parsed, await service.doComplete(document, position, parsed)),
    },
  };
}

// A CommonJS default is wrapped once more or not, as whoever loads it pleases.
function callable<F>(value: F): F {
  return typeof value === 'function' ? value : (value as { readonly default: F }).default;
}

async function completeJson(text: string, offset: number): Promise<readonly AslCompletion[]> {
  const { items, document } = await itemsAt(text, offset);
  return items.map((item) => {
    const range = item.textEdit !== undefined && 'range' in item.textEdit ? item.textEdit.range : undefined;
    const start = range === undefined ? offset : document.offsetAt(range.start);
    const end = range === undefined ? offset : document.offsetAt(range.end);
    const written = item.textEdit?.newText ?? item.insertText ?? item.label;
    return { ...plainItem(item), start, end, text: written };
  });
}

const marker = 'LakeCompletion';

// With a name of ours in the place of what is being typed the text can be read, and the JSON has a place to ask at.
async function completeYaml(text: string, offset: number): Promise<readonly AslCompletion[]> {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const lineEnd = text.indexOf('\n', offset) < 0 ? text.length : text.indexOf('\n', offset);
  const before = text.slice(lineStart, offset);
  const typed = /[\w.$-]*$/.exec(before)?.[0] ?? '';
  const after = /^[\w.$-]*/.exec(text.slice(offset, lineEnd))?.[0] ?? '';
  const span = { start: offset - typed.length, end: offset + after.length };
  const isKey = /^[\s-]*$/.test(before.slice(0, before.length - typed.length));
  const rest = text.slice(span.end, lineEnd);
  if (!isKey && !/:\s+["']?$/.test(before.slice(0, before.length - typed.length))) return [];
  const hasColon = rest.trimStart().startsWith(':');
  const put = isKey && !hasColon ? `${marker}: null` : marker;
  const { readYaml } = await import('../documents/data/yaml');
  const json = jsonOf(readYaml(text.slice(0, span.start) + put + text.slice(span.end)));
  const place = json.find(marker);
  if (place === undefined) return [];
  const { items } = await itemsAt(json.text, place.start + 1);
  return items
    .map((item) => ({ ...plainItem(item), ...span }))
    .filter(({ kind, label }) => kind !== 'snippet' && label !== marker)
    .map((item) => ({
      ...item,
      isSnippet: false,
      text: isKey && !hasColon ? `${item.label}: ` : item.label,
    }));
}

async function itemsAt(
  text: string,
  offset: number,
): Promise<{ readonly items: readonly CompletionItem[]; readonly document: TextDocument }> {
  const { service, document } = await open(text);
  const parsed = service.parseJSONDocument(document);
  const list = await service.doComplete(document, document.positionAt(offset), parsed);
  return { items: list?.items ?? [], document };
}

const graphMessages =
  /must be the name of an existing state|state cannot be reached|No terminal state|Missing property "(?:Next|End|StartAt)"|Matches multiple schemas/;

function isFilledIn(json: string, { start, end }: Span): boolean {
  return (
    /\$\{|\{\{|^"Fn::|^\{"(?:Ref|Fn::\w+)":/.test(json.slice(start, end)) ||
    /^\{"(?:Ref|Fn::\w+)":/.test(json.slice(start))
  );
}

function plainItem({ kind, label, documentation = '', insertTextFormat }: CompletionItem) {
  return {
    label: label.replace(/^"|"$/g, ''),
    kind: kindOf(kind, label),
    documentation: plainText(documentation),
    // LSP: 2 is a snippet.
    isSnippet: insertTextFormat === 2,
  };
}

function plainText(text: string | { readonly value: string }): string {
  return typeof text === 'string' ? text : text.value;
}

// The kinds of the Language Server Protocol: 10 property, 12 value, 15 snippet.
function kindOf(kind: number | undefined, label: string): AslCompletion['kind'] {
  if (kind === 10) return 'field';
  if (kind === 15) return 'snippet';
  return kind === 12 && !/^(?:true|false|null|\W)/.test(label) ? 'state' : 'value';
}
