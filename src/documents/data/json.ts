import type { Span } from '../../base/text';
import { jsonScanner, type JsonToken } from './jsonScanner';
import type { DataArray, DataDocument, DataNode, DataObject, DataProblem, DataProperty } from './node';

/** How deep values may lie in each other; what lies deeper is not read. */
const deepest = 500;

/**
 * Reads a JSON text as far as it is one: what is broken becomes a problem, what stands around it is kept.
 * Comments and trailing commas are problems that cost nothing. Never throws.
 */
export function readJson(text: string): DataDocument {
  const problems: DataProblem[] = [];
  const next = significantTokens(text, problems);
  let token = next();
  const advance = (): JsonToken => {
    const passed = token;
    token = next();
    return passed;
  };
  // Asked by a call, since the token changes with each step.
  const at = (...kinds: readonly JsonToken['kind'][]): boolean => kinds.includes(token.kind);
  const problem = (message: string, { start, end }: Span = token): void => {
    problems.push({ start, end, message });
  };

  function value(depth: number): DataNode | undefined {
    switch (token.kind) {
      case '{':
        return depth > deepest ? tooDeep() : object(depth);
      case '[':
        return depth > deepest ? tooDeep() : array(depth);
      case 'text': {
        const { value: content, problem: broken, start, end } = token;
        if (broken !== undefined) problem(broken);
        advance();
        return { kind: 'text', value: content, start, end };
      }
      case 'scalar': {
        const { value: content, start, end } = token;
        advance();
        return { kind: 'scalar', value: content, start, end };
      }
      case 'unknown':
        problem('This is not a JSON value: a text stands in double quotes.');
        advance();
        return undefined;
      case '}':
      case ']':
      case ',':
      case ':':
      case 'comment':
      case 'end':
        problem('A value is missing here.');
        return undefined;
    }
  }

  function object(depth: number): DataObject {
    const { start } = advance();
    const properties: DataProperty[] = [];
    const end = separated('}', () => {
      const read = property(depth);
      if (read !== undefined) properties.push(read);
    });
    return { kind: 'object', properties, start, end };
  }

  function property(depth: number): DataProperty | undefined {
    if (token.kind !== 'text') {
      if (token.kind === 'unknown' || token.kind === 'scalar') {
        problem('A key stands in double quotes.');
        advance();
        if (at(':')) {
          advance();
          value(depth + 1);
        }
      } else problem('A key is missing here.');
      return undefined;
    }
    const { value: key, start, end, problem: broken } = token;
    if (broken !== undefined) problem(broken);
    advance();
    if (!at(':')) {
      problem(`A colon is missing behind the key ${key}.`, { start, end });
      return undefined;
    }
    advance();
    const content = value(depth + 1);
    if (content === undefined) return undefined;
    return { key, keySpan: { start, end }, value: content, start, end: content.end };
  }

  function array(depth: number): DataArray {
    const { start } = advance();
    const items: DataNode[] = [];
    const end = separated(']', () => {
      const item = value(depth + 1);
      if (item !== undefined) items.push(item);
    });
    return { kind: 'array', items, start, end };
  }

  // Reads parts up to the closing bracket and past it; returns where it ends.
  function separated(close: '}' | ']', part: () => void): number {
    let last = token.start;
    while (!at(close)) {
      if (at('end')) {
        problem(`A ${close} is missing.`);
        return token.end;
      }
      // The bracket of what lies around: this one was forgotten.
      if (at('}', ']')) {
        problem(`A ${close} is missing before this ${token.kind}.`);
        return last;
      }
      const before = token;
      part();
      last = token.start;
      if (at(',')) {
        const comma = advance();
        if (at(close)) problem(`This comma is one too many before ${close}.`, comma);
      } else if (!at('}', ']', 'end')) {
        problem('A comma is missing before this.');
        // What no part begins with is passed, or nothing would move.
        if (at(':') || token === before) advance();
      }
    }
    return advance().end;
  }

  function tooDeep(): undefined {
    problem(`Values lie more than ${deepest} deep in each other here, and are not read.`);
    for (let open = 0; !at('end');) {
      const { kind } = advance();
      if (kind === '{' || kind === '[') open++;
      if (kind === '}' || kind === ']') open--;
      if (open === 0) break;
    }
    return undefined;
  }

  if (at('end')) return { text, format: 'json', root: undefined, problems };
  const root = value(0);
  if (!at('end')) problem('Nothing may follow the value of a JSON text.');
  return { text, format: 'json', root, problems };
}

function significantTokens(text: string, problems: DataProblem[]): () => JsonToken {
  const scan = jsonScanner(text);
  return () => {
    for (;;) {
      const token = scan();
      if (token.kind !== 'comment') return token;
      const { start, end } = token;
      problems.push({ start, end, message: 'JSON has no comments.' });
    }
  };
}
