import type { BoundTable } from './lakeEngine';
import { type Token, tokensOf } from './lexer';
import { errorAt } from './queryError';

const comparisons = new Set(['=', '<>', '!=', '<', '<=', '>', '>=']);

/**
 * Fails where a column is compared with a literal of another type, as Trino does and DuckDB does not. Only names that mean
 * one type in all tables of the statement are judged, and none that the statement gives to something itself.
 */
export function refuseMixedComparisons(sql: string, tables: readonly BoundTable[]): void {
  const tokens = tokensOf(sql);
  const types = new Map<string, string | undefined>();
  for (const table of tables) {
    for (const { name, type } of [...table.columns, ...table.keys])
      types.set(name, types.has(name) && types.get(name) !== type ? undefined : type);
  }
  tokens.forEach((token, at) => {
    const next = tokens[at + 1];
    if (token.value === 'as' && next !== undefined) types.delete(next.value.toLowerCase());
  });
  const typeOf = (at: number): string | undefined => {
    const token = tokens[at];
    if (token === undefined || (token.kind !== 'word' && token.kind !== 'quoted')) return undefined;
    const hive = types.get(token.value.toLowerCase());
    return hive === undefined ? undefined : trinoType(hive);
  };
  tokens.forEach((operator, at) => {
    if (!comparisons.has(operator.text)) return;
    const left = typeOf(at - 1) ?? literalType(tokens[at - 1], tokens[at - 2]);
    const right =
      tokens[at + 2]?.text === '(' || tokens[at + 2]?.text === '.'
        ? undefined
        : (typeOf(at + 1) ?? literalType(tokens[at + 1], tokens[at]));
    if (left === undefined || right === undefined || comparable(left, right)) return;
    // Arithmetic and calls around an operand change its type.
    if (isArithmetic(tokens[at - 2]) || isArithmetic(tokens[at + 2]) || tokens[at - 1]?.text === ')') return;
    throw errorAt(
      'TYPE_MISMATCH',
      { sql, offset: operator.start },
      `Cannot apply operator: ${left} ${operator.text === '!=' ? '<>' : operator.text} ${right}`,
    );
  });
}

function isArithmetic(token: Token | undefined): boolean {
  return token !== undefined && ['+', '-', '*', '/', '%', '||', '->'].includes(token.text);
}

function literalType(token: Token | undefined, before: Token | undefined): string | undefined {
  if (token?.kind === 'number') return token.text.includes('.') ? 'decimal' : 'integer';
  if (token?.kind !== 'string') return undefined;
  return before?.kind === 'word' && ['date', 'timestamp', 'time', 'interval'].includes(before.value)
    ? undefined
    : `varchar(${token.value.length})`;
}

function trinoType(hive: string): string {
  const base = /^\w+/.exec(hive)?.[0] ?? '';
  if (base === 'string') return 'varchar';
  if (base === 'int') return 'integer';
  if (base === 'timestamp') return 'timestamp(3)';
  return hive;
}

function comparable(left: string, right: string): boolean {
  const kind = (type: string): string => {
    if (/^(varchar|char)/.test(type)) return 'text';
    if (/^(tinyint|smallint|integer|bigint|float|real|double|decimal)/.test(type)) return 'number';
    if (/^(date|timestamp)/.test(type)) return 'time';
    return type;
  };
  return kind(left) === kind(right);
}
