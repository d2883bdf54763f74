import type { Span } from '../../base/text';

/** A value of a JSON or YAML text with its place; offsets are the text's. */
export type DataNode = DataObject | DataArray | DataText | DataScalar;

export interface DataObject extends Span {
  readonly kind: 'object';
  /** In the order of the text; a key may stand twice. */
  readonly properties: readonly DataProperty[];
}

/** From the start of its key to the end of its value. */
export interface DataProperty extends Span {
  readonly key: string;
  /** With its quotes, where it has some. */
  readonly keySpan: Span;
  readonly value: DataNode;
}

export interface DataArray extends Span {
  readonly kind: 'array';
  readonly items: readonly DataNode[];
}

/** A string; the span takes in its quotes, where it has some. */
export interface DataText extends Span {
  readonly kind: 'text';
  readonly value: string;
}

export interface DataScalar extends Span {
  readonly kind: 'scalar';
  readonly value: number | boolean | null;
}

/** Something the text's own syntax does not allow. */
export interface DataProblem extends Span {
  readonly message: string;
}

/** A JSON or YAML text as far as it could be read. */
export interface DataDocument {
  readonly text: string;
  readonly format: 'json' | 'yaml';
  /** Undefined for an empty text and for one that cannot be read at all. */
  readonly root: DataNode | undefined;
  readonly problems: readonly DataProblem[];
}

/** A value to be written; objects keep the order of their keys. */
export type DataValue =
  string | number | boolean | null | readonly DataValue[] | { readonly [key: string]: DataValue };
