import type { Span } from '../base/text';
import type { DataDocument, DataNode } from '../documents/data/node';

/** A definition as plain JSON, whatever it is written in, with the way back to its text. */
export interface AslJson {
  readonly text: string;
  /** The place in the definition's own text that a place of the JSON stands for. */
  readonly source: (place: Span) => Span;
  /** The places of the keys and texts that say exactly this. */
  readonly find: (written: string) => Span | undefined;
  /** Where in the JSON a place of the definition's own text is: its key or value; undefined between those. */
  readonly target: (offset: number) => Span | undefined;
}

interface Mapped {
  readonly json: Span;
  readonly source: Span;
}

/** The root of a document as JSON; aliases and tags of YAML are resolved in it already. */
export function jsonOf({ root }: DataDocument): AslJson {
  const mapped: Mapped[] = [];
  let text = '';
  const put = (written: string, source: Span): void => {
    const start = text.length;
    text += written;
    mapped.push({ json: { start, end: text.length }, source });
  };
  const write = (node: DataNode): void => {
    if (node.kind === 'text' || node.kind === 'scalar') return put(JSON.stringify(node.value), node);
    const start = text.length;
    text += node.kind === 'object' ? '{' : '[';
    const parts = node.kind === 'object' ? node.properties : node.items;
    for (const [at, part] of parts.entries()) {
      if (at > 0) text += ',';
      if ('key' in part) {
        put(JSON.stringify(part.key), part.keySpan);
        text += ':';
        write(part.value);
      } else write(part);
    }
    text += node.kind === 'object' ? '}' : ']';
    mapped.push({ json: { start, end: text.length }, source: { start: node.start, end: node.end } });
  };
  if (root !== undefined) write(root);
  return {
    text,
    source: ({ start, end }) => {
      const exact = mapped.find(({ json }) => json.start === start && json.end === end);
      const around = exact ?? innermost(mapped, start);
      const source = around?.source ?? { start: 0, end: 0 };
      // A whole object is marked at its first sign, not over pages.
      return {
        start: source.start,
        end: exact === undefined ? Math.min(source.end, source.start + 1) : source.end,
      };
    },
    target: (offset) =>
      mapped.find(
        ({ json, source }) =>
          source.start <= offset &&
          offset <= source.end &&
          !/^[[{]/.test(text.slice(json.start, json.start + 1)),
      )?.json,
    find: (written) => {
      const quoted = JSON.stringify(written);
      return mapped.find(({ json }) => text.slice(json.start, json.end) === quoted)?.json;
    },
  };
}

function innermost(mapped: readonly Mapped[], at: number): Mapped | undefined {
  return mapped
    .filter(({ json }) => json.start <= at && at < json.end)
    .sort((a, b) => a.json.end - a.json.start - (b.json.end - b.json.start))[0];
}
