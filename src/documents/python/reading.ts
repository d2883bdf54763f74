import type { SyntaxNode } from '@lezer/common';
import type { Span } from '../../base/text';
import type {
  PyBinding,
  PyCall,
  PyExpression,
  PyFunction,
  PyScope,
  PyStatement,
  PyString,
  PySubscript,
  PythonDocument,
} from './model';

/** Deeper than this nothing is read: what is nested so is generated, and the stack is not endless. */
export const deepest = 200;

/** A scope while it is read. */
interface OpenScope extends PyScope {
  readonly bindings: Map<string, PyBinding[]>;
}

/** Where in the text reading is. */
export interface Place {
  readonly reading: Reading;
  readonly scope: OpenScope;
  /** The block around, inside which a binding is certain. */
  readonly block: Span;
  readonly depth: number;
}

/** What is gathered while a text is read. */
export class Reading {
  readonly text: string;
  readonly calls: PyCall[] = [];
  readonly subscripts: PySubscript[] = [];
  readonly strings: PyString[] = [];
  readonly functions: PyFunction[] = [];
  readonly imports = new Map<string, string>();
  readonly importSpans: Span[] = [];
  readonly attributes = new Map<string, (PyExpression | undefined)[]>();
  private readonly scope: OpenScope;

  constructor(text: string) {
    this.text = text;
    this.scope = { start: 0, end: text.length, parent: undefined, bindings: new Map() };
  }

  /** The outermost place. */
  place(): Place {
    return { reading: this, scope: this.scope, block: this.scope, depth: 0 };
  }

  document(body: readonly PyStatement[], comments: readonly Span[]): PythonDocument {
    const { text, scope, calls, subscripts, strings, functions, imports, importSpans, attributes } = this;
    return {
      text,
      body,
      scope,
      calls,
      subscripts,
      strings,
      functions,
      comments,
      imports,
      importSpans,
      attributes,
    };
  }
}

/** A new scope inside the place. */
export function scopeIn(place: Place, span: Span): Place {
  const scope: OpenScope = { ...span, parent: place.scope, bindings: new Map() };
  return { ...deeper(place), scope, block: span };
}

/** One level deeper. */
export function deeper(place: Place): Place {
  return { ...place, depth: place.depth + 1 };
}

/** Notes that a name gets a value. */
export function bind({ scope }: Place, name: string, binding: PyBinding): void {
  const known = scope.bindings.get(name);
  if (known === undefined) scope.bindings.set(name, [binding]);
  else known.push(binding);
}

/** The children that mean something: neither comments nor what the parser made of broken text. */
export function children(node: SyntaxNode): readonly SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (child.name !== 'Comment' && !child.type.isError) found.push(child);
  }
  return found;
}

/** Where a node stands. */
export function spanOf({ from, to }: { readonly from: number; readonly to: number }): Span {
  return { start: from, end: to };
}

/** A node as it is written. */
export function written({ reading: { text } }: Place, { from, to }: SyntaxNode): string {
  return text.slice(from, to);
}
