import type { Span } from '../../base/text';
import type {
  Call,
  ErrorNode,
  Expression,
  Identifier,
  OrderItem,
  QualifiedName,
  Template,
  Window,
} from './expressions';

export interface Cte extends Span {
  readonly kind: 'Cte';
  readonly name: Identifier;
  readonly columns: readonly Identifier[];
  readonly query: Query;
}
export interface Query extends Span {
  readonly kind: 'Query';
  readonly recursive: boolean;
  readonly ctes: readonly Cte[];
  readonly body: QueryBody;
  readonly orderBy: readonly OrderItem[];
  /** LIMIT n or FETCH FIRST n; absent for LIMIT ALL. */
  readonly limit?: Expression;
  readonly offset?: Expression;
}
export type QueryBody = Select | SetOperation | Values | TableQuery | Query | Template | ErrorNode;
export interface SetOperation extends Span {
  readonly kind: 'SetOperation';
  readonly operator: 'UNION' | 'INTERSECT' | 'EXCEPT' | 'MINUS';
  readonly all: boolean;
  readonly operatorSpan: Span;
  readonly left: QueryBody;
  readonly right: QueryBody;
}
export interface Values extends Span {
  readonly kind: 'Values';
  readonly rows: readonly Expression[];
}
/** `TABLE name`. */
export interface TableQuery extends Span {
  readonly kind: 'TableQuery';
  readonly name: QualifiedName;
}
export interface SelectItem extends Span {
  readonly kind: 'SelectItem';
  readonly expression: Expression;
  readonly alias?: Identifier;
}
export interface GroupBy extends Span {
  readonly kind: 'GroupBy';
  readonly all: boolean;
  /** Plain expressions, and those inside GROUPING SETS, ROLLUP and CUBE. */
  readonly items: readonly Expression[];
}
export interface Select extends Span {
  readonly kind: 'Select';
  /** Just the word SELECT. */
  readonly keyword: Span;
  readonly distinct: boolean;
  readonly distinctOn: readonly Expression[];
  /** Redshift TOP n. */
  readonly top?: Expression;
  readonly items: readonly SelectItem[];
  readonly into?: QualifiedName;
  readonly from: readonly TableExpression[];
  readonly where?: Expression;
  /** The whole clause with its keyword, for fixes. */
  readonly whereSpan?: Span;
  /** End of FROM's last item, or of the select list: where a WHERE can be inserted. */
  readonly fromEnd: number;
  readonly groupBy?: GroupBy;
  readonly having?: Expression;
  readonly qualify?: Expression;
  readonly windows: readonly { readonly name: Identifier; readonly window: Window }[];
}

export interface Aliased extends Span {
  readonly alias?: Identifier;
  readonly columnAliases: readonly Identifier[];
}
export interface TableRef extends Aliased {
  readonly kind: 'TableRef';
  readonly name: QualifiedName;
  /** TABLESAMPLE, FOR TIMESTAMP AS OF: the clause's span. */
  readonly sample?: Span;
  readonly timeTravel?: Span;
}
export interface Derived extends Aliased {
  readonly kind: 'Derived';
  readonly query: Query;
  readonly lateral: boolean;
}
export interface Join extends Span {
  readonly kind: 'Join';
  readonly type: 'INNER' | 'LEFT' | 'RIGHT' | 'FULL' | 'CROSS';
  readonly natural: boolean;
  readonly left: TableExpression;
  readonly right: TableExpression;
  readonly on?: Expression;
  readonly using: readonly Identifier[];
  /** From the first join word to JOIN. */
  readonly keyword: Span;
}
export interface Unnest extends Aliased {
  readonly kind: 'Unnest';
  readonly args: readonly Expression[];
  readonly ordinality: boolean;
}
export interface TableFunction extends Aliased {
  readonly kind: 'TableFunction';
  readonly call: Call;
  readonly lateral: boolean;
}
/** `(a JOIN b ON …)`, sometimes with an alias. */
export interface ParenTable extends Aliased {
  readonly kind: 'ParenTable';
  readonly inner: TableExpression;
}
/** PIVOT, UNPIVOT and MATCH_RECOGNIZE over a source: what comes out is not followed further. */
export interface Reshaped extends Aliased {
  readonly kind: 'Reshaped';
  readonly operator: 'PIVOT' | 'UNPIVOT' | 'MATCH_RECOGNIZE';
  readonly source: TableExpression;
  readonly expressions: readonly Expression[];
}
/** Redshift `FROM t, t.items AS i` and `UNPIVOT x AS v AT k`: iterates over a SUPER value. */
export interface Navigation extends Aliased {
  readonly kind: 'Navigation';
  readonly expression: Expression;
  /** `AT i`: the name of the index or key. */
  readonly at?: Identifier;
}
export interface ValuesTable extends Aliased {
  readonly kind: 'ValuesTable';
  readonly values: Values;
}
export type TableExpression =
  | TableRef
  | Derived
  | Join
  | Unnest
  | TableFunction
  | ParenTable
  | Reshaped
  | Navigation
  | ValuesTable
  | Template
  | ErrorNode;
