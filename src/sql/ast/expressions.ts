import type { Span } from '../../base/text';
import type { Query } from './queries';

export interface Identifier extends Span {
  readonly kind: 'Identifier';
  /** Without quotes; lower case unless quoted in Redshift with case sensitivity, so compare as it is. */
  readonly name: string;
  readonly quoted: boolean;
}

export interface QualifiedName extends Span {
  readonly kind: 'QualifiedName';
  readonly parts: readonly Identifier[];
}

/** `decimal(18,2)`, `array<struct<a:int>>`, `timestamp with time zone`: normalised lower case text. */
export interface TypeName extends Span {
  readonly kind: 'TypeName';
  /** First word only: `decimal`. */
  readonly base: string;
  readonly text: string;
  readonly arguments: readonly string[];
}

export interface Literal extends Span {
  readonly kind: 'Literal';
  readonly type: 'string' | 'number' | 'boolean' | 'null' | 'typed' | 'interval' | 'binary';
  /** Decoded: '' inside a string is one quote. For `typed` (DATE '…') and `interval` the quoted part. */
  readonly value: string;
  /** `date`, `timestamp`, `interval`…; for `interval` literals `unit` holds the rest, lower case. */
  readonly typeName?: string;
  readonly unit?: string;
}
/** `?`, `:name`, `$1`, `%(x)s`. */
export interface Parameter extends Span {
  readonly kind: 'Parameter';
  readonly text: string;
}
/** Jinja, `${…}`: unknown text. Whatever it touches is unknown. */
export interface Template extends Span {
  readonly kind: 'Template';
  readonly text: string;
}
export interface ColumnRef extends Span {
  readonly kind: 'ColumnRef';
  readonly name: QualifiedName;
}
export interface Star extends Span {
  readonly kind: 'Star';
  readonly qualifier?: QualifiedName;
  /** Trino `ROW(…).*`: the expression whose fields are meant. */
  readonly base?: Expression;
  /** Redshift `* EXCLUDE (a, b)`. */
  readonly exclude: readonly Identifier[];
}
export interface Window extends Span {
  readonly kind: 'Window';
  readonly base?: Identifier;
  readonly partitionBy: readonly Expression[];
  readonly orderBy: readonly OrderItem[];
  readonly frame?: Span;
}
export interface Call extends Span {
  readonly kind: 'Call';
  readonly name: QualifiedName;
  readonly args: readonly Expression[];
  readonly distinct: boolean;
  /** ORDER BY inside the parentheses or WITHIN GROUP. */
  readonly orderBy: readonly OrderItem[];
  readonly filter?: Expression;
  /** Redshift APPROXIMATE COUNT(DISTINCT …). */
  readonly approximate?: boolean;
  /** Present when followed by OVER. */
  readonly over?: Window | Identifier;
}
export interface Unary extends Span {
  readonly kind: 'Unary';
  readonly operator: 'NOT' | '-' | '+' | '~' | 'PRIOR' | '@' | '|/';
  readonly operand: Expression;
}
export interface Binary extends Span {
  readonly kind: 'Binary';
  /** Upper case: `AND`, `OR`, `=`, `<>` (also for !=), `||`, `+`… */
  readonly operator: string;
  readonly left: Expression;
  readonly right: Expression;
  readonly operatorSpan: Span;
}
export interface Between extends Span {
  readonly kind: 'Between';
  readonly operand: Expression;
  readonly low: Expression;
  readonly high: Expression;
  readonly negated: boolean;
}
export interface InList extends Span {
  readonly kind: 'InList';
  readonly operand: Expression;
  readonly items: readonly Expression[];
  readonly negated: boolean;
}
export interface InQuery extends Span {
  readonly kind: 'InQuery';
  readonly operand: Expression;
  readonly query: Query;
  readonly negated: boolean;
}
export interface Like extends Span {
  readonly kind: 'Like';
  readonly operator: 'LIKE' | 'ILIKE' | 'SIMILAR TO' | 'RLIKE';
  readonly operand: Expression;
  readonly pattern: Expression;
  readonly escape?: Expression;
  readonly negated: boolean;
}
export interface IsTest extends Span {
  readonly kind: 'IsTest';
  readonly operand: Expression;
  readonly test: 'NULL' | 'TRUE' | 'FALSE' | 'UNKNOWN' | 'DISTINCT FROM' | 'JSON';
  /** The right side of IS [NOT] DISTINCT FROM. */
  readonly other?: Expression;
  readonly negated: boolean;
}
/** `x = ANY (SELECT …)`. */
export interface Quantified extends Span {
  readonly kind: 'Quantified';
  readonly operator: string;
  readonly operand: Expression;
  readonly quantifier: 'ANY' | 'ALL' | 'SOME';
  readonly argument: Query | Expression;
}
export interface Case extends Span {
  readonly kind: 'Case';
  readonly operand?: Expression;
  readonly branches: readonly { readonly when: Expression; readonly then: Expression }[];
  readonly otherwise?: Expression;
}
export interface Cast extends Span {
  readonly kind: 'Cast';
  readonly operand: Expression;
  readonly type: TypeName;
  readonly style: 'CAST' | 'TRY_CAST' | '::' | 'CONVERT';
}
export interface Subquery extends Span {
  readonly kind: 'Subquery';
  readonly query: Query;
}
export interface Exists extends Span {
  readonly kind: 'Exists';
  readonly query: Query;
}
export interface ArrayLiteral extends Span {
  readonly kind: 'ArrayLiteral';
  readonly items: readonly Expression[];
}
/** `(a, b)` or `ROW(a, b)`. */
export interface Row extends Span {
  readonly kind: 'Row';
  readonly items: readonly Expression[];
}
export interface Paren extends Span {
  readonly kind: 'Paren';
  readonly inner: Expression;
}
export interface Lambda extends Span {
  readonly kind: 'Lambda';
  readonly parameters: readonly Identifier[];
  readonly body: Expression;
}
export interface Subscript extends Span {
  readonly kind: 'Subscript';
  readonly base: Expression;
  readonly index?: Expression;
}
export interface Field extends Span {
  readonly kind: 'Field';
  readonly base: Expression;
  readonly name: Identifier;
}
export interface AtTimeZone extends Span {
  readonly kind: 'AtTimeZone';
  readonly operand: Expression;
  readonly zone: Expression;
}
/** `name => value` in a call. */
export interface NamedArgument extends Span {
  readonly kind: 'NamedArgument';
  readonly name: Identifier;
  readonly value: Expression;
}
/** Something that could not be read; its problem is in the statement's `problems`. */
export interface ErrorNode extends Span {
  readonly kind: 'Error';
}

export type Expression =
  | Literal
  | Parameter
  | Template
  | ColumnRef
  | Star
  | Call
  | Unary
  | Binary
  | Between
  | InList
  | InQuery
  | Like
  | IsTest
  | Quantified
  | Case
  | Cast
  | Subquery
  | Exists
  | ArrayLiteral
  | Row
  | Paren
  | Lambda
  | Subscript
  | Field
  | AtTimeZone
  | NamedArgument
  | ErrorNode;

export interface OrderItem extends Span {
  readonly kind: 'OrderItem';
  readonly expression: Expression;
  readonly direction?: 'ASC' | 'DESC';
  readonly nulls?: 'FIRST' | 'LAST';
}
