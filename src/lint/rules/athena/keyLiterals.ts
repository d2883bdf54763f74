import type { Column, Table } from '../../../catalog/catalog';
import { readsKnownTable } from '../../../scan/knownTables';
import { analyse } from '../../../scan/scansOf';
import type { Between, Binary, Expression, InList } from '../../../sql/ast';
import type { RuleContext } from '../../rule';
import { comparisonsOf, literalSide } from './comparisons';

/** A text that a partition key is set equal to. */
export interface KeyLiteral {
  readonly table: Table;
  readonly key: Column;
  /** The place of the key among those of its table. */
  readonly index: number;
  readonly expression: Expression;
  readonly value: string;
}

/** The texts that an `=` or IN sets partition keys of type text equal to. */
export function keyLiterals(node: Binary | Between | InList, context: RuleContext): readonly KeyLiteral[] {
  if (node.kind === 'Between' || (node.kind === 'Binary' && node.operator !== '=')) return [];
  if (node.kind === 'InList' && node.negated) return [];
  if (!readsKnownTable(context.statement, context.catalog)) return [];
  return comparisonsOf(node, context).flatMap((comparison): readonly KeyLiteral[] => {
    const sides = literalSide(comparison);
    if (sides === undefined) return [];
    const { literal, other } = sides;
    const column = other.term;
    if (column.kind !== 'column' || literal.term.kind !== 'constant' || literal.term.value?.kind !== 'text')
      return [];
    const { scans } = analyse(context.statement, context.catalog);
    const table = scans.find((scan) => scan.relation === column.relation)?.table;
    const index = table?.partitionKeys.findIndex((key) => key.name === column.name) ?? -1;
    const key = table?.partitionKeys[index];
    if (table === undefined || key === undefined || other.family !== 'text') return [];
    return [{ table, key, index, expression: literal.expression, value: literal.term.value.text }];
  });
}
