import type { Span } from '../../base/text';

/** A Python text as far as it can be known without running it. All spans are offsets of the text. */
export interface PythonDocument {
  readonly text: string;
  readonly body: readonly PyStatement[];
  /** The scope of the module. */
  readonly scope: PyScope;
  /** All of the text, in no order that counts. */
  readonly calls: readonly PyCall[];
  readonly subscripts: readonly PySubscript[];
  readonly strings: readonly PyString[];
  readonly functions: readonly PyFunction[];
  readonly comments: readonly Span[];
  /** What a name in the module stands for, by that name: `col` is `pyspark.sql.functions.col`. */
  readonly imports: ReadonlyMap<string, string>;
  /** The import statements at the outermost level, in order. */
  readonly importSpans: readonly Span[];
  /** What is assigned to `self.x`, by `self.x`; the value is undefined where it is not plain. */
  readonly attributes: ReadonlyMap<string, readonly (PyExpression | undefined)[]>;
}

export type PyStatement = PyAssign | PySimple | PyCompound | PyFunction | PyClass;

export interface PyAssign extends Span {
  readonly kind: 'assign';
  /** Names, members or subscripts; several for `a = b = c` and for `a, b = c`. */
  readonly targets: readonly PyExpression[];
  /** Undefined where it does not become the value of each target: `a, b = c`, `a += b`. */
  readonly value: PyExpression | undefined;
}

export interface PySimple extends Span {
  readonly kind: 'expression' | 'return' | 'raise' | 'import' | 'other';
  readonly expressions: readonly PyExpression[];
}

export interface PyCompound extends Span {
  readonly kind: 'if' | 'for' | 'while' | 'try' | 'with' | 'match';
  /** `if`, `elif`, `else`, `for`, `except` … each with its body. */
  readonly clauses: readonly PyClause[];
}

export interface PyClause {
  readonly keyword: string;
  readonly expressions: readonly PyExpression[];
  readonly block: PyBlock;
}

export interface PyBlock extends Span {
  readonly statements: readonly PyStatement[];
}

export interface PyFunction extends Span {
  readonly kind: 'function';
  readonly name: string;
  readonly nameSpan: Span;
  readonly parameters: readonly string[];
  readonly block: PyBlock;
  readonly scope: PyScope;
}

export interface PyClass extends Span {
  readonly kind: 'class';
  readonly name: string;
  readonly block: PyBlock;
}

/** What the names of a function or of the module are bound to. */
export interface PyScope extends Span {
  readonly parent: PyScope | undefined;
  readonly bindings: ReadonlyMap<string, readonly PyBinding[]>;
}

/** One place that gives a name a value; from its end on it holds. */
export interface PyBinding extends Span {
  /** Undefined where it cannot be seen: parameters, loops, `with`, `+=`, unpacking. */
  readonly value: PyExpression | undefined;
  /** The stretch of the text in which it is certain that this one ran. */
  readonly block: Span;
}

export type PyExpression =
  | PyName
  | PyMember
  | PyCall
  | PySubscript
  | PyString
  | PyNumber
  | PyConstant
  | PyList
  | PyDict
  | PyBinary
  | PyOther;

export interface PyName extends Span {
  readonly kind: 'name';
  readonly name: string;
  readonly scope: PyScope;
}

/** `object.name` */
export interface PyMember extends Span {
  readonly kind: 'member';
  readonly object: PyExpression;
  readonly name: string;
  readonly nameSpan: Span;
}

export interface PyCall extends Span {
  readonly kind: 'call';
  readonly callee: PyExpression;
  /** In order. */
  readonly arguments: readonly PyArgument[];
  /** The brackets with all between them. */
  readonly brackets: Span;
}

export interface PyArgument extends Span {
  /** `*` and `**` stand for arguments that cannot be seen. */
  readonly name: string | undefined;
  readonly value: PyExpression;
}

/** `object[index]`; slices are no index. */
export interface PySubscript extends Span {
  readonly kind: 'subscript';
  readonly object: PyExpression;
  readonly index: PyExpression | undefined;
}

/** A string literal, or several that stand next to each other. Bytes are none. */
export interface PyString extends Span {
  readonly kind: 'string';
  /** Escapes undone; each field of an f-string is `${hole}`. Empty for a text of more than 100,000 characters. */
  readonly value: string;
  /** Whether nothing of it is unknown. */
  readonly isWhole: boolean;
  /** What stands in the fields of f-strings. */
  readonly fields: readonly PyExpression[];
  /** The quote it begins with: `"`, `'` or three of them. */
  readonly quote: string;
  /** Whether it is written as one literal. */
  readonly isSingle: boolean;
}

export interface PyNumber extends Span {
  readonly kind: 'number';
  readonly value: number;
}

export interface PyConstant extends Span {
  readonly kind: 'constant';
  readonly value: boolean | undefined;
}

export interface PyList extends Span {
  readonly kind: 'list';
  readonly items: readonly PyExpression[];
}

export interface PyDict extends Span {
  readonly kind: 'dict';
  readonly entries: readonly PyEntry[];
  /** Whether `**other` brings entries that cannot be seen. */
  readonly isOpen: boolean;
}

export interface PyEntry extends Span {
  readonly key: PyExpression;
  readonly value: PyExpression;
}

export interface PyBinary extends Span {
  readonly kind: 'binary';
  readonly operator: string;
  readonly left: PyExpression;
  readonly right: PyExpression;
}

/** Anything else, with the expressions inside it. */
export interface PyOther extends Span {
  readonly kind: 'other';
  readonly inner: readonly PyExpression[];
}
