import type { Expression, Literal } from '../../../sql/ast';
import type { RuleContext } from '../../rule';
import { bare, columnRefs, knownColumn, type KnownColumn } from './queryTables';

/** A condition on one column of a known table. */
export interface ColumnCondition {
  readonly column: KnownColumn;
  /** `bare`: the column stands by itself; else what is around it. */
  readonly form: 'bare' | 'cast' | 'function';
  /** The side with the column. */
  readonly side: Expression;
  readonly operator: string;
  /** What it is compared with, where that is one value. */
  readonly value?: Expression;
}

const hiding = new Set(
  'to_char extract date_part date_trunc trunc upper lower substring substr left right nvl coalesce ltrim rtrim trim btrim replace dateadd date_add add_months last_day convert_timezone to_date to_timestamp round floor ceil ceiling abs mod concat md5'.split(
    ' ',
  ),
);
const comparisons = new Set(['=', '<>', '<', '>', '<=', '>=']);

/** What a condition says of a column; undefined when it compares two columns of one table, or is not followed. */
export function columnCondition(condition: Expression, context: RuleContext): ColumnCondition | undefined {
  if (condition.kind === 'Binary') {
    if (!comparisons.has(condition.operator)) return undefined;
    const { left, right, operator } = condition;
    return (
      oneSide(left, { value: right, operator }, context) ?? oneSide(right, { value: left, operator }, context)
    );
  }
  const hasOperand =
    condition.kind === 'Between' ||
    condition.kind === 'InList' ||
    condition.kind === 'InQuery' ||
    condition.kind === 'Like' ||
    condition.kind === 'IsTest';
  return hasOperand ? oneSide(condition.operand, { operator: condition.kind }, context) : undefined;
}

/** Whether something stands around a column in a condition, told from its text alone. */
export function hidesColumn(condition: Expression): boolean {
  const sides =
    condition.kind === 'Binary'
      ? [condition.left, condition.right]
      : 'operand' in condition && condition.operand !== undefined
        ? [condition.operand]
        : [];
  return sides.some((side) => {
    const form = formOf(bare(side));
    return form !== undefined && form !== 'bare';
  });
}

function oneSide(
  expression: Expression,
  given: { readonly operator: string; readonly value?: Expression },
  context: RuleContext,
): ColumnCondition | undefined {
  const side = bare(expression);
  const refs = columnsOfSide(side);
  const [ref] = refs;
  if (ref === undefined || refs.length !== 1) return undefined;
  const column = knownColumn(ref, context);
  const form = formOf(side);
  if (column === undefined || form === undefined) return undefined;
  const others = given.value === undefined ? [] : columnRefs(given.value);
  if (others.some((other) => knownColumn(other, context)?.ref === column.ref)) return undefined;
  return { column, form, side, ...given };
}

// The unit of EXTRACT and DATEADD is a word like a column.
function columnsOfSide(side: Expression) {
  if (side.kind !== 'Call') return columnRefs(side);
  const [first, ...rest] = side.args;
  const isUnit =
    first?.kind === 'ColumnRef' && /^(extract|date_part|dateadd|date_add)$/i.test(nameOf(side) ?? '');
  return (isUnit ? rest : side.args).flatMap((arg) => columnRefs(arg));
}

function formOf(side: Expression): ColumnCondition['form'] | undefined {
  if (side.kind === 'ColumnRef') return 'bare';
  // A cast between dates and timestamps is mostly seen through.
  if (side.kind === 'Cast')
    return /^(date|timestamp|timestamptz)$/.test(side.type.base) ? 'cast' : 'function';
  if (side.kind === 'Binary') return /^(\+|-|\*|\/|%|\|\|)$/.test(side.operator) ? 'function' : undefined;
  const name = nameOf(side);
  if (name === 'date') return 'cast';
  return name !== undefined && hiding.has(name) ? 'function' : undefined;
}

function nameOf(side: Expression): string | undefined {
  if (side.kind !== 'Call' || side.name.parts.length > 1 || side.over !== undefined) return undefined;
  return side.name.parts[0]?.name.toLowerCase();
}

/** `column >= 'from' AND column < 'to'` for a condition that asks for one year, month or day; undefined for others. */
export function asRange(
  { side, operator, value }: ColumnCondition,
  text: (part: Expression) => string,
): string | undefined {
  if (operator !== '=' || value?.kind !== 'Literal') return undefined;
  const span = spanAsked(side, value);
  const ref = columnsOfSide(side)[0];
  if (span === undefined || ref === undefined) return undefined;
  return `${text(ref)} >= '${span.from}' AND ${text(ref)} < '${span.to}'`;
}

function spanAsked(
  side: Expression,
  value: Literal,
): { readonly from: string; readonly to: string } | undefined {
  if (side.kind === 'Cast') return side.type.base === 'date' ? spanOf(value.value, 'day') : undefined;
  if (side.kind !== 'Call') return undefined;
  const name = nameOf(side);
  const [first, second] = side.args;
  const word = (part: Expression | undefined): string | undefined =>
    part?.kind === 'Literal' ? part.value : part?.kind === 'ColumnRef' ? part.name.parts[0]?.name : undefined;
  if (name === 'trunc' && side.args.length === 1) return spanOf(value.value, 'day');
  if (name === 'to_char') return spanOf(value.value, patterns.get(word(second)?.toUpperCase() ?? ''));
  if (name === 'date_trunc') {
    const unit = units.get(word(first)?.toLowerCase() ?? '');
    const span = spanOf(value.value.slice(0, { year: 4, month: 7, day: 10 }[unit ?? 'day']), unit);
    return span !== undefined && value.value.replace(/ 00:00:00$/, '') === span.from ? span : undefined;
  }
  if ((name === 'extract' || name === 'date_part') && word(first)?.toLowerCase() === 'year') {
    return spanOf(value.value, 'year');
  }
  return undefined;
}

type Unit = 'year' | 'month' | 'day';
const units: ReadonlyMap<string, Unit> = new Map([
  ['year', 'year'],
  ['month', 'month'],
  ['day', 'day'],
]);
const patterns: ReadonlyMap<string, Unit> = new Map([
  ['YYYY', 'year'],
  ['YYYY-MM', 'month'],
  ['YYYYMM', 'month'],
  ['YYYY-MM-DD', 'day'],
  ['YYYYMMDD', 'day'],
]);

function spanOf(
  value: string,
  unit: Unit | undefined,
): { readonly from: string; readonly to: string } | undefined {
  const match = /^(\d{4})(?:-?(\d{2})(?:-?(\d{2}))?)?$/.exec(value);
  if (match === null || unit === undefined) return undefined;
  const parts = match.slice(1).filter((part) => part !== undefined).length;
  if (parts !== { year: 1, month: 2, day: 3 }[unit]) return undefined;
  const [year, month, day] = [Number(match[1]), Number(match[2] ?? 1), Number(match[3] ?? 1)];
  const from = dateAt(year, month, day);
  // Neither a thirteenth month nor a thirtieth of February.
  if (from !== `${match[1] ?? ''}-${match[2] ?? '01'}-${match[3] ?? '01'}`) return undefined;
  const to =
    unit === 'year'
      ? dateAt(year + 1, 1, 1)
      : unit === 'month'
        ? dateAt(year, month + 1, 1)
        : dateAt(year, month, day + 1);
  return { from, to };
}

function dateAt(year: number, month: number, day: number): string {
  return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);
}
