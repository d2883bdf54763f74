import type { Span } from '../base/text';

// Every node is a Span. Its offsets count from the start of its statement's text, so that a statement
// that was only moved by an edit above it needs no new tree.

export type Dialect = 'athena' | 'redshift';

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

// ---------------------------------------------------------------- expressions

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

// ---------------------------------------------------------------- queries

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

// ---------------------------------------------------------------- FROM

interface Aliased extends Span {
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

// ---------------------------------------------------------------- statements

/** One option of a DDL or utility statement with the places of its key and value: `FORMAT AS PARQUET`. */
export interface Option extends Span {
  readonly kind: 'Option';
  /** Canonical upper case words: `FORMAT`, `IAM_ROLE`, `DISTSTYLE`, `WITH`. Property keys as written. */
  readonly key: string;
  readonly keySpan: Span;
  /** Decoded string, number or words in upper case; absent for a bare flag. */
  readonly value?: string;
  readonly valueSpan?: Span;
  /** `(a, b)`: its items as text. */
  readonly items?: readonly (Span & { readonly text: string })[];
  /** Present when the value is an expression rather than a word. */
  readonly expression?: Expression;
}
export interface ColumnDefinition extends Span {
  readonly kind: 'ColumnDefinition';
  readonly name: Identifier;
  /** Absent in CTAS column lists and transforms (Iceberg `day(ts)`). */
  readonly type?: TypeName;
  /** `NOT NULL`, `DISTKEY`, `SORTKEY`, `ENCODE`, `DEFAULT`, `IDENTITY`, `COMMENT`, `REFERENCES`, `PRIMARY KEY`… */
  readonly options: readonly Option[];
  /** Iceberg partition transform: `day(event_time)`. */
  readonly transform?: Call;
}
export interface SelectStatement extends Span {
  readonly kind: 'SelectStatement';
  readonly query: Query;
}
export interface InsertStatement extends Span {
  readonly kind: 'InsertStatement';
  readonly target: QualifiedName;
  readonly overwrite: boolean;
  readonly columns: readonly Identifier[];
  /** Absent for DEFAULT VALUES. */
  readonly query?: Query;
}
export interface UpdateStatement extends Span {
  readonly kind: 'UpdateStatement';
  readonly target: TableRef;
  readonly assignments: readonly { readonly column: QualifiedName; readonly value: Expression }[];
  readonly from: readonly TableExpression[];
  readonly where?: Expression;
}
export interface DeleteStatement extends Span {
  readonly kind: 'DeleteStatement';
  readonly target: TableRef;
  readonly using: readonly TableExpression[];
  readonly where?: Expression;
}
export interface MergeStatement extends Span {
  readonly kind: 'MergeStatement';
  readonly target: TableRef;
  readonly source: TableExpression;
  readonly on: Expression;
  readonly clauses: readonly (Span & {
    readonly matched: boolean;
    readonly condition?: Expression;
    readonly action: 'UPDATE' | 'DELETE' | 'INSERT';
    readonly assignments: readonly { readonly column: QualifiedName; readonly value: Expression }[];
    readonly columns: readonly Identifier[];
    readonly values: readonly Expression[];
  })[];
  /** Redshift REMOVE DUPLICATES. */
  readonly removeDuplicates: boolean;
}
/** CREATE [EXTERNAL] TABLE with a column list, both dialects; also LIKE. */
export interface CreateTable extends Span {
  readonly kind: 'CreateTable';
  readonly name: QualifiedName;
  readonly external: boolean;
  readonly temporary: boolean;
  readonly ifNotExists: boolean;
  readonly columns: readonly ColumnDefinition[];
  /** Table constraints (PRIMARY KEY (…), FOREIGN KEY …) as options. */
  readonly constraints: readonly Option[];
  readonly partitionedBy: readonly ColumnDefinition[];
  readonly partitionedBySpan?: Span;
  /** Everything after the column list: `STORED AS`, `ROW FORMAT SERDE`, `LOCATION`, `DISTSTYLE`, `DISTKEY`, `SORTKEY` (value COMPOUND or INTERLEAVED, items the columns), `ENCODE`, `BACKUP`, `CLUSTERED BY`, `COMMENT`, `WITH`… */
  readonly options: readonly Option[];
  /** TBLPROPERTIES ('k'='v'). */
  readonly properties: readonly Option[];
  readonly serdeProperties: readonly Option[];
  readonly like?: QualifiedName;
  /** Just `( … )` around the columns. */
  readonly columnsSpan?: Span;
}
/** CREATE TABLE … AS query, both dialects. */
export interface CreateTableAs extends Span {
  readonly kind: 'CreateTableAs';
  readonly name: QualifiedName;
  readonly external: boolean;
  readonly temporary: boolean;
  readonly ifNotExists: boolean;
  readonly columns: readonly ColumnDefinition[];
  /** Athena WITH (k = v): keys lower case, ARRAY[…] as items. */
  readonly properties: readonly Option[];
  readonly propertiesSpan?: Span;
  /** Redshift table attributes before AS, as in CreateTable. */
  readonly options: readonly Option[];
  readonly query: Query;
}
export interface CreateView extends Span {
  readonly kind: 'CreateView';
  readonly name: QualifiedName;
  readonly replace: boolean;
  readonly materialized: boolean;
  readonly columns: readonly Identifier[];
  readonly options: readonly Option[];
  readonly query: Query;
}
/** UNLOAD, Athena (query in parentheses) and Redshift (query in a string, its tree in outer offsets when it holds no '' ; else `embedded`). */
export interface UnloadStatement extends Span {
  readonly kind: 'UnloadStatement';
  /** Offsets are those of the statement, mapped through the quotes. */
  readonly query?: Query;
  /** Redshift: the string with its quotes. */
  readonly querySpan?: Span;
  readonly to?: Literal;
  readonly options: readonly Option[];
}
export interface CopyStatement extends Span {
  readonly kind: 'CopyStatement';
  readonly target: QualifiedName;
  readonly columns: readonly Identifier[];
  readonly from?: Literal | Template | Parameter;
  readonly options: readonly Option[];
}
/** ALTER TABLE in both dialects. */
export interface AlterTable extends Span {
  readonly kind: 'AlterTable';
  readonly name: QualifiedName;
  readonly actions: readonly AlterAction[];
}
export interface AlterAction extends Span {
  readonly kind: 'AlterAction';
  /** Canonical: `ADD PARTITION`, `DROP PARTITION`, `RENAME PARTITION`, `ADD COLUMNS`, `ADD COLUMN`, `DROP COLUMN`, `REPLACE COLUMNS`, `CHANGE COLUMN`, `ALTER COLUMN`, `SET LOCATION`, `SET TBLPROPERTIES`, `RENAME TO`, `RENAME COLUMN`, `ALTER DISTKEY`, `ALTER DISTSTYLE`, `ALTER SORTKEY`, `APPEND FROM`, `OWNER TO`, `OTHER`. */
  readonly action: string;
  /** IF EXISTS / IF NOT EXISTS. */
  readonly guarded: boolean;
  readonly partitions: readonly PartitionSpec[];
  readonly columns: readonly ColumnDefinition[];
  readonly options: readonly Option[];
}
/** `PARTITION (year = 2024, …) LOCATION '…'`. */
export interface PartitionSpec extends Span {
  readonly kind: 'PartitionSpec';
  readonly entries: readonly (Span & {
    readonly key: Identifier;
    readonly operator: string;
    readonly value: Expression;
  })[];
  readonly location?: Literal;
}
/** EXPLAIN, PREPARE: what they hold is in `statement`. */
export interface WrapperStatement extends Span {
  readonly kind: 'WrapperStatement';
  readonly verb: 'EXPLAIN' | 'EXPLAIN ANALYZE' | 'PREPARE' | 'DECLARE CURSOR';
  readonly name?: Identifier;
  readonly options: readonly Option[];
  readonly statement: StatementBody;
}
/** Everything else, by its verb words: `MSCK REPAIR TABLE`, `VACUUM`, `ANALYZE`, `DROP TABLE`, `SHOW PARTITIONS`, `BEGIN`, `GRANT`, `SET`… */
export interface UtilityStatement extends Span {
  readonly kind: 'UtilityStatement';
  /** Canonical upper case words. */
  readonly verb: string;
  readonly verbSpan: Span;
  /** The first object named, where there is one. */
  readonly name?: QualifiedName;
  readonly options: readonly Option[];
  /** Bodies in $$ … $$ and the like: statements in outer offsets. */
  readonly statements: readonly StatementBody[];
}

export type StatementBody =
  | SelectStatement
  | InsertStatement
  | UpdateStatement
  | DeleteStatement
  | MergeStatement
  | CreateTable
  | CreateTableAs
  | CreateView
  | UnloadStatement
  | CopyStatement
  | AlterTable
  | WrapperStatement
  | UtilityStatement
  | ErrorNode;

export type Node =
  | Identifier
  | QualifiedName
  | TypeName
  | Expression
  | Window
  | OrderItem
  | Cte
  | Query
  | QueryBody
  | SelectItem
  | GroupBy
  | TableExpression
  | Option
  | ColumnDefinition
  | StatementBody
  | AlterAction
  | PartitionSpec;
export type NodeOf<K extends Node['kind']> = Extract<Node, { readonly kind: K }>;

/** What is wrong with a statement's text; offsets are the statement's. */
export interface SyntaxProblem extends Span {
  /** One sentence: what was expected and what was found. */
  readonly message: string;
  /** The word that was probably meant, for a quick fix that replaces the span. */
  readonly suggestion?: string;
}

/** One statement, read: a pure function of its text and dialect, so equal text needs no second reading. */
export interface ParsedStatement {
  readonly text: string;
  readonly dialect: Dialect;
  readonly body: StatementBody;
  readonly problems: readonly SyntaxProblem[];
  /** A template, psql line or unknown token stands somewhere in it. */
  readonly templated: boolean;
}

/** A statement in its document. */
export interface Statement {
  /** Document offset of the statement's first token; node offsets count from here. */
  readonly start: number;
  /** Document offset behind its last token, before the semicolon. */
  readonly end: number;
  readonly parsed: ParsedStatement;
}
