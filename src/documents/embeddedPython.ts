import { parser } from '@lezer/python';
import type { SyntaxNode } from '@lezer/common';
import type { Dialect } from '../sql/ast';
import type { EmbeddedSql } from './embedded';
import { embeddedSql } from './mappedText';
import { textOfExpression } from './pythonValue';

/** A call that takes SQL: where in its arguments, and which engine gets it. */
interface SqlCall {
  readonly dialect: Dialect;
  /** Names of the argument, in the order of likelihood. */
  readonly keywords: readonly string[];
  /** Its place among the arguments without a name; absent where it must be named. */
  readonly position?: number;
  readonly isSpark?: true;
}

/**
 * The SQL that a Python text sends to Athena, Redshift or Spark: through boto3, awswrangler, the drivers whose
 * modules it imports, Airflow's operators and `spark.sql`. Texts are followed through names, `+`, `%`, `format`
 * and f-strings; what only the running program knows is a hole. Never throws.
 */
export function sqlInPython(text: string): readonly EmbeddedSql[] {
  const driver = driverDialect(text);
  const found = new Map<number, EmbeddedSql>();
  parser.parse(text).iterate({
    enter(reference) {
      if (reference.name !== 'CallExpression') return;
      const { node } = reference;
      const call = callOf(pathOf(text, node.firstChild), driver);
      if (call === undefined) return;
      for (const argument of argumentsOf(text, node, call)) {
        const sql = sqlOf(text, argument, call);
        const at = sql?.parts[0]?.at.start;
        // One text that is sent by several calls is checked once.
        if (sql !== undefined && at !== undefined && !found.has(at)) found.set(at, sql);
      }
    },
  });
  return [...found.entries()].toSorted(([a], [b]) => a - b).map(([, sql]) => sql);
}

function sqlOf(text: string, argument: SyntaxNode, { dialect, isSpark }: SqlCall): EmbeddedSql | undefined {
  const value = textOfExpression(text, argument);
  // The name of a file with SQL, as Airflow takes it, or a table's name.
  if (value === undefined || !/\S\s+\S/.test(value.mapped.text) || /\.sql\s*$/.test(value.mapped.text))
    return undefined;
  const sql = embeddedSql(value.mapped, { dialect, reserved: value.reserved, file: text });
  return isSpark === true ? { ...sql, isSpark } : sql;
}

// `cursor.execute` tells nothing by itself: the modules of the file do, if they agree.
function driverDialect(text: string): Dialect | undefined {
  const imports = (module: string): boolean =>
    new RegExp(`^[ \\t]*(?:import|from)[ \\t]+(?:\\w+[ \\t]*,[ \\t]*)*${module}\\b`, 'm').test(text);
  const athena = imports('pyathena');
  const redshift =
    imports('redshift_connector') || (/redshift/i.test(text) && (imports('psycopg2') || imports('psycopg')));
  if (athena === redshift) return undefined;
  return athena ? 'athena' : 'redshift';
}

function callOf(path: readonly string[], driver: Dialect | undefined): SqlCall | undefined {
  const name = path.at(-1) ?? '';
  const owner = path.at(-2) ?? '';
  const module = path.length > 2 ? owner : '';
  switch (name) {
    case 'start_query_execution':
      return owner === 'athena' && path.length > 2
        ? { dialect: 'athena', keywords: ['sql', 'QueryString'], position: 0 }
        : { dialect: 'athena', keywords: ['QueryString'] };
    case 'execute_statement':
      return { dialect: 'redshift', keywords: ['Sql'] };
    case 'batch_execute_statement':
      return { dialect: 'redshift', keywords: ['Sqls'] };
    case 'read_sql_query':
    case 'unload':
    case 'create_ctas_table':
    case 'unload_to_files':
      if (module === 'athena' || module === 'redshift') {
        return { dialect: module, keywords: ['sql'], position: 0 };
      }
      break;
    case 'sql':
      return /^_?(?:spark|sqlContext|spark_session|sparkSession|session)$/i.test(owner)
        ? { dialect: 'athena', keywords: ['sqlQuery'], position: 0, isSpark: true }
        : undefined;
    case 'AthenaOperator':
    case 'AWSAthenaOperator':
      return { dialect: 'athena', keywords: ['query'] };
    case 'RedshiftDataOperator':
    case 'RedshiftSQLOperator':
      return { dialect: 'redshift', keywords: ['sql'] };
    default:
  }
  return driver === undefined ? undefined : driverCall(path, driver);
}

function driverCall(path: readonly string[], dialect: Dialect): SqlCall | undefined {
  const name = path.at(-1) ?? '';
  if (path.length < 2) return undefined;
  if (name === 'execute' || name === 'executemany') {
    return { dialect, keywords: ['operation', 'query', 'sql'], position: 0 };
  }
  const isPandas = /^(?:pd|pandas)$/.test(path[0] ?? '') && /^read_sql(?:_query)?$/.test(name);
  return isPandas ? { dialect, keywords: ['sql'], position: 0 } : undefined;
}

/** `['self', 'athena', 'start_query_execution']`; a call in it gives no name of its own. */
function pathOf(text: string, callee: SyntaxNode | null): readonly string[] {
  if (callee === null) return [];
  const content = (node: SyntaxNode | null): string => (node === null ? '' : text.slice(node.from, node.to));
  switch (callee.name) {
    case 'VariableName':
      return [content(callee)];
    case 'MemberExpression':
      return callee.lastChild?.name === 'PropertyName'
        ? [...pathOf(text, callee.firstChild), content(callee.lastChild)]
        : [];
    case 'CallExpression':
      return pathOf(text, callee.firstChild);
    default:
      return [''];
  }
}

/** The expressions that stand for the SQL: the items of a list one by one. */
function argumentsOf(text: string, call: SyntaxNode, { keywords, position }: SqlCall): readonly SyntaxNode[] {
  const list = call.getChild('ArgList');
  let named: SyntaxNode | undefined;
  const plain: SyntaxNode[] = [];
  for (let node = list?.firstChild ?? null; node !== null; node = node.nextSibling) {
    if (/^[(),]$/.test(node.name)) continue;
    // Whatever these bring comes in unseen.
    if (node.name === '*' || node.name === '**') {
      node = node.nextSibling ?? node;
      continue;
    }
    if (node.nextSibling?.name === 'AssignOp') {
      const value: SyntaxNode | null = node.nextSibling.nextSibling;
      if (value === null) break;
      if (keywords.includes(text.slice(node.from, node.to))) named = value;
      node = value;
    } else plain.push(node);
  }
  const found = named ?? (position === undefined ? undefined : plain[position]);
  if (found === undefined) return [];
  if (found.name !== 'ArrayExpression' && found.name !== 'TupleExpression') return [found];
  const items: SyntaxNode[] = [];
  for (let node = found.firstChild; node !== null; node = node.nextSibling) {
    if (!/^[[\](),]$/.test(node.name)) items.push(node);
  }
  return items;
}
