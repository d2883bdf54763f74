import type {
  Cte,
  DeleteStatement,
  Expression,
  Identifier,
  Join,
  MergeStatement,
  Query,
  Select,
  SelectItem,
  Subscript,
  TableExpression,
  TableRef,
  UpdateStatement,
} from '../ast';

/** Column names of a table in their order, or undefined when nothing is known of it. */
export type ColumnsOf = (ref: TableRef) => readonly string[] | undefined;

/** What one item of a FROM gives columns from. */
export interface Source {
  /** `table`: a table or view of the catalog. `merge target` and the like are tables too. */
  readonly kind:
    'table' | 'cte' | 'derived' | 'unnest' | 'function' | 'navigation' | 'values' | 'reshaped' | 'unknown';
  readonly node: TableExpression;
  /** The name columns are qualified with; undefined for an item without one. */
  readonly name: string | undefined;
  readonly alias?: Identifier;
  readonly columnAliases: readonly Identifier[];
  /** The base table of `table`; also the reference to a CTE. */
  readonly ref?: TableRef;
  /** The query of `cte` and `derived`. */
  readonly query?: Query;
  readonly cte?: Cte;
  /** What a `reshaped` item is made of; its columns are those of no single source. */
  readonly inner?: readonly Source[];
  /** It stands on a side of an outer join whose rows may be missing. */
  readonly nullable: boolean;
  /** Joins it stands in, innermost first. */
  readonly joins: readonly { readonly join: Join; readonly side: 'left' | 'right' }[];
  readonly scope: Scope;
}

/** Names visible to the expressions of one SELECT, or of an UPDATE, DELETE or MERGE. */
export interface Scope {
  readonly owner: Select | UpdateStatement | DeleteStatement | MergeStatement;
  /** The query whose body, or part of whose set operation, the SELECT is. */
  readonly query: Query | undefined;
  /** The scope around a subquery or LATERAL item. */
  readonly parent: Scope | undefined;
  readonly sources: readonly Source[];
}

export type Clause = 'items' | 'from' | 'where' | 'groupBy' | 'having' | 'qualify' | 'orderBy' | 'other';

/** What a column reference means. */
export type Resolution =
  | {
      readonly kind: 'column';
      readonly source: Source;
      readonly column: string;
      /** Parts of the name behind the column: fields of a struct or SUPER value. */
      readonly fields: readonly Identifier[];
      /** The scope it was found in is around the reference's own. */
      readonly correlated: boolean;
      /** All sources whose column of this name USING or NATURAL merged, this one included; else just it. */
      readonly merged: readonly Source[];
      /** False when it is the likeliest source, some of the columns being unknown. */
      readonly certain: boolean;
    }
  /** An alias of the select list: ORDER BY, and in Redshift GROUP BY, QUALIFY and later items. */
  | { readonly kind: 'alias'; readonly item: SelectItem }
  | { readonly kind: 'lambda' }
  | { readonly kind: 'ambiguous'; readonly candidates: readonly Source[] }
  /** Columns are unknown: it may come from any of these. */
  | { readonly kind: 'unknown'; readonly candidates: readonly Source[] }
  /** Every source is known and none has it. */
  | { readonly kind: 'missing' };

/** Exactly this column of this source, unchanged. */
export interface Passed {
  readonly source: Source;
  readonly column: string;
}

export interface Output {
  /** Undefined for an expression without an alias. */
  readonly name: string | undefined;
  /** Present when the output is exactly a column of a source. */
  readonly passes?: Passed;
  readonly expression?: Expression | Subscript;
  readonly item?: SelectItem;
  /** Behind a set operation: the same output of both sides, left first. */
  readonly branches?: readonly [Output, Output];
}

/** The columns a query gives. */
export interface Outputs {
  readonly columns: readonly Output[];
  /** Sources of a star whose columns are unknown: other columns come from these. Positions are then unknown too. */
  readonly open: readonly Source[];
  /** True when `columns` is all of them, in order. */
  readonly complete: boolean;
}
