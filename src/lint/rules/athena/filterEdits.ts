import type { Span, TextEdit } from '../../../base/text';
import type { Condition } from '../../../scan/plan';
import type { TableScan } from '../../../scan/scan';
import { columnsIn } from '../../../scan/term';
import type { Expression, Select } from '../../../sql/ast';
import { identifier } from './keyPredicates';

/** `t.` where the SELECT reads more than one thing, so that a key's name is not ambiguous. */
export function qualifierOf(scan: TableScan): string {
  const { select, ref } = scan;
  const alone = select === undefined || (select.from.length === 1 && select.from[0]?.kind === 'TableRef');
  const name = ref.alias?.name ?? ref.name.parts.at(-1)?.name;
  return alone || name === undefined ? '' : `${identifier(name)}.`;
}

/** The condition that tests a column of a scan. */
export function conditionOn({ conditions, relation }: TableScan, column: string): Condition | undefined {
  return conditions.find(
    ({ term, derived }) =>
      derived !== true && columnsIn(term).some((each) => each.relation === relation && each.name === column),
  );
}

/** Edits that make a SELECT meet one more condition. */
export function withCondition(select: Select, condition: string, text: string): readonly TextEdit[] {
  const { where, fromEnd } = select;
  if (where === undefined) {
    const line = lineStart(text, select.start);
    const many = text.slice(select.start, fromEnd).includes('\n');
    const lead = many ? `\n${indentAt(text, line)}` : ' ';
    return [{ start: fromEnd, end: fromEnd, text: `${lead}WHERE ${condition}` }];
  }
  return afterCondition(where, isOr(where) ? 'or' : 'other', { condition, text });
}

/** Edits that add a condition behind one that stands in a WHERE or ON. */
export function afterCondition(
  at: Span,
  kind: 'or' | 'other',
  { condition, text }: { readonly condition: string; readonly text: string },
): readonly TextEdit[] {
  const start = lineStart(text, at.start);
  const line = text.slice(start, at.start);
  const indent = indentAt(text, start);
  const own = /^\s*(where|on)\b/i.test(line)
    ? `\n${indent}  AND `
    : /^\s*and\b/i.test(line)
      ? `\n${indent}AND `
      : ' AND ';
  const joined = `${own}${condition}`;
  if (kind === 'other') return [{ start: at.end, end: at.end, text: joined }];
  return [
    { start: at.start, end: at.start, text: '(' },
    { start: at.end, end: at.end, text: `)${joined}` },
  ];
}

function isOr(expression: Expression): boolean {
  return expression.kind === 'Binary' && expression.operator === 'OR';
}

function lineStart(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1;
}

function indentAt(text: string, start: number): string {
  return /^[ \t]*/.exec(text.slice(start))?.[0] ?? '';
}
