import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  parseAllDocuments,
  type Document,
  type Node,
  type Pair,
  type YAMLMap,
} from 'yaml';
import type { Span } from '../../base/text';
import type { DataDocument, DataNode, DataProblem, DataProperty } from './node';

/** Nodes that aliases may unfold to: a few lines of YAML can mean billions. */
const mostUnfolded = 100_000;

/**
 * Reads the first document of a YAML text. Aliases are what they stand for, at the alias's place; merge keys are
 * unfolded; a CloudFormation tag is the object it is short for: `!Ref x` is `{ Ref: x }`, `!Sub x` is
 * `{ 'Fn::Sub': x }`. Never throws.
 */
export function readYaml(text: string): DataDocument {
  // The mark would be taken for part of the first key.
  const marked = text.startsWith('\uFEFF');
  const source: Source = marked ? { text: text.slice(1), at: 1 } : { text, at: 0 };
  try {
    const [document] = parseAllDocuments(source.text, {
      uniqueKeys: false,
      strict: false,
      logLevel: 'silent',
      merge: false,
      prettyErrors: false,
    });
    if (document === undefined) return { text, format: 'yaml', root: undefined, problems: [] };
    const problems: DataProblem[] = document.errors.map(({ message, pos: [start, end] }) => ({
      // What is missing at the end is said to stand behind it.
      start: Math.min(start + source.at, text.length),
      end: Math.min(end + source.at, text.length),
      message: message.endsWith('.') ? message : `${message}.`,
    }));
    const root =
      document.contents === null ? undefined : converter(source, document, problems)(document.contents);
    return { text, format: 'yaml', root, problems };
  } catch {
    // The package gives up by throwing where values lie too deep in each other.
    const problem = { start: 0, end: text.length, message: 'This YAML cannot be read.' };
    return { text, format: 'yaml', root: undefined, problems: [problem] };
  }
}

/** What the package is given, and where that begins in the text. */
interface Source {
  readonly text: string;
  readonly at: number;
}

function converter(
  source: Source,
  document: Document.Parsed,
  problems: DataProblem[],
): (node: Node) => DataNode {
  const open = new Set<Node>();
  let unfolded = 0;

  // What stands in lines ends, for the package, where the next thing begins.
  function spanOf({ range }: Node): Span {
    const start = range?.[0] ?? 0;
    let end = range?.[1] ?? start;
    while (end > start && /\s/.test(source.text.charAt(end - 1))) end--;
    return { start: start + source.at, end: end + source.at };
  }

  function node(yaml: Node, inAlias: boolean): DataNode {
    const span = spanOf(yaml);
    if (inAlias && ++unfolded > mostUnfolded) {
      if (unfolded === mostUnfolded + 1) {
        problems.push({ ...span, message: 'The aliases of this text stand for too much to be read.' });
      }
      return { kind: 'scalar', value: null, ...span };
    }
    if (open.has(yaml)) return { kind: 'scalar', value: null, ...span };
    open.add(yaml);
    const plain = untagged(yaml, inAlias);
    open.delete(yaml);
    return tagged(yaml, plain);
  }

  function untagged(yaml: Node, inAlias: boolean): DataNode {
    const span = spanOf(yaml);
    if (isAlias(yaml)) {
      const meant = yaml.resolve(document);
      if (meant === undefined) return { kind: 'scalar', value: null, ...span };
      return { ...node(meant, true), ...span };
    }
    if (isMap(yaml)) return { kind: 'object', properties: propertiesOf(yaml, inAlias), ...span };
    if (isSeq(yaml)) {
      const items = yaml.items.flatMap((item) => (isNode(item) ? [node(item, inAlias)] : []));
      return { kind: 'array', items, ...span };
    }
    const value: unknown = isScalar(yaml) ? yaml.value : null;
    if (typeof value === 'number' || typeof value === 'boolean') return { kind: 'scalar', value, ...span };
    return typeof value === 'string'
      ? { kind: 'text', value, ...span }
      : { kind: 'scalar', value: null, ...span };
  }

  function propertiesOf(map: YAMLMap, inAlias: boolean): readonly DataProperty[] {
    const own: DataProperty[] = [];
    const merged: DataProperty[] = [];
    for (const pair of map.items) {
      const property = propertyOf(pair, inAlias);
      if (property === undefined) continue;
      if (property.key === '<<') merged.push(...mergedBy(property.value));
      else own.push(property);
    }
    if (merged.length === 0) return own;
    const keys = new Set(own.map(({ key }) => key));
    for (const property of merged) {
      if (keys.has(property.key)) continue;
      keys.add(property.key);
      own.push(property);
    }
    return own;
  }

  function propertyOf(pair: Pair, inAlias: boolean): DataProperty | undefined {
    const key: unknown = isAlias(pair.key) ? pair.key.resolve(document) : pair.key;
    if (!isScalar(key)) return undefined;
    const keySpan = spanOf(isNode(pair.key) ? pair.key : key);
    const value = isNode(pair.value)
      ? node(pair.value, inAlias)
      : ({ kind: 'scalar', value: null, start: keySpan.end, end: keySpan.end } as const);
    const { value: name } = key;
    const text = typeof name === 'string' ? name : name === null ? '' : JSON.stringify(name);
    return { key: text, keySpan, value, start: keySpan.start, end: value.end };
  }

  // The tag belongs to its value: a finding about it begins there.
  function tagged(yaml: Node, plain: DataNode): DataNode {
    const { tag } = yaml;
    if (tag === undefined || !/^![A-Za-z]/.test(tag)) return plain;
    const start = source.text.lastIndexOf(tag, plain.start - source.at) + source.at;
    const from = start < source.at ? plain.start : start;
    const keySpan = { start: from, end: start < source.at ? from : from + tag.length };
    const name = tag.slice(1);
    const key = name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`;
    const end = Math.max(plain.end, keySpan.end);
    return {
      kind: 'object',
      properties: [{ key, keySpan, value: plain, start: from, end }],
      start: from,
      end,
    };
  }

  return (root) => node(root, false);
}

function mergedBy(value: DataNode): readonly DataProperty[] {
  if (value.kind === 'object') return value.properties;
  return value.kind === 'array' ? value.items.flatMap(mergedBy) : [];
}

function isNode(value: unknown): value is Node {
  return isMap(value) || isSeq(value) || isScalar(value) || isAlias(value);
}
