import type { Table } from '../../../catalog/catalog';
import { dayMillis, readDate, readTimestamp } from '../../../scan/calendar';
import { domainOf } from '../../../scan/columnDomain';
import { everything, intersection, isEverything, type Domain } from '../../../scan/domain';
import type { Condition } from '../../../scan/plan';
import type { TableScan } from '../../../scan/scan';
import { readType } from '../../../scan/sqlType';
import { columnsIn, replaced, type ColumnTerm, type Term } from '../../../scan/term';
import { asMillis, type Value } from '../../../scan/value';
import { dateKeys, type DayRange } from './keyPredicates';

/** A filter on a date that the table is probably partitioned by, in other columns. */
export interface DateFilter {
  readonly column: string;
  readonly condition: Condition;
  /** Absent when it depends on the day the query runs. */
  readonly range?: DayRange;
}

/** A scan's filter on a date column, when its partition keys look like parts of a date; the tightest one. */
export function dateFilterOf(scan: TableScan & { readonly table: Table }): DateFilter | undefined {
  const { table } = scan;
  if (dateKeys(table).length === 0) return undefined;
  let best: DateFilter | undefined;
  for (const { name, type } of table.columns) {
    const kind = readType(type);
    if (
      kind.base !== 'date' &&
      kind.base !== 'timestamp' &&
      !(kind.base === 'varchar' && /_(date|at|ts|dt)$/.test(name))
    )
      continue;
    const column: ColumnTerm = { kind: 'column', relation: scan.relation, name, type: kind };
    const found = filterOn(column, scan.conditions);
    if (found !== undefined && (best === undefined || width(found) < width(best))) best = found;
  }
  return best;
}

function width({ range }: DateFilter): number {
  return range?.from === undefined || range.to === undefined
    ? Number.POSITIVE_INFINITY
    : range.to - range.from;
}

function filterOn(column: ColumnTerm, conditions: readonly Condition[]): DateFilter | undefined {
  const own = conditions.filter(
    ({ term, derived }) =>
      derived !== true &&
      columnsIn(term).length > 0 &&
      columnsIn(term).every(({ relation, name }) => relation === column.relation && name === column.name),
  );
  const asDates = own.map((condition) => ({ condition, term: withDates(condition.term, column) }));
  const last = asDates.findLast(({ term }) => isBounded(domainOf(term, { column: asDate(column) })));
  if (last !== undefined) {
    const domain = asDates.reduce<Domain>(
      (all, { term }) => intersection(all, domainOf(term, { column: asDate(column) })),
      everything,
    );
    const range = daysOf(domain);
    return range === undefined ? undefined : { column: column.name, condition: last.condition, range };
  }
  // Any day does to see whether the day the query runs would bound it.
  const moving = asDates.find(({ term }) =>
    isBounded(domainOf(term, { column: asDate(column), now: 365 * dayMillis })),
  );
  return moving === undefined ? undefined : { column: column.name, condition: moving.condition };
}

function asDate(column: ColumnTerm): ColumnTerm {
  return column.type?.base === 'varchar' ? { ...column, type: readType('timestamp') } : column;
}

/** Dates written as text become dates: the comparison may be an error of its own, but what is meant is plain. */
function withDates(term: Term, column: ColumnTerm): Term {
  const asText = column.type?.base === 'varchar';
  return replaced(term, (part) => {
    if (part.kind === 'column' && asText) return asDate(column);
    if (part.kind !== 'constant' || part.value?.kind !== 'text') return undefined;
    const value = dateValue(part.value.text);
    return value === undefined ? undefined : { kind: 'constant', value, type: readType(value.kind) };
  });
}

function dateValue(text: string): Exclude<Value, null> | undefined {
  const days = readDate(text);
  if (days !== undefined) return { kind: 'date', days };
  const millis = readTimestamp(text);
  return millis === undefined ? undefined : { kind: 'timestamp', millis };
}

function isBounded(domain: Domain): boolean {
  const [first, last] = [domain.ranges[0], domain.ranges.at(-1)];
  return (
    !isEverything(domain) &&
    !domain.nulls &&
    first !== undefined &&
    (first.low !== undefined || last?.high !== undefined)
  );
}

/** All the days that the domain's values lie on, from the first to the last. */
function daysOf({ ranges }: Domain): DayRange | undefined {
  const low = ranges[0]?.low;
  const high = ranges.at(-1)?.high;
  const from = low === undefined ? undefined : asMillis(low.value);
  const to = high === undefined ? undefined : asMillis(high.value);
  if (from === undefined && to === undefined) return undefined;
  const first = from === undefined ? undefined : Math.floor(from / dayMillis);
  // An open end at midnight leaves that day out; an open beginning never does, since it may be of a timestamp.
  const last =
    to === undefined ? undefined : Math.floor((high?.inclusive === false ? to - 1 : to) / dayMillis);
  return {
    ...(first === undefined ? {} : { from: first }),
    ...(last === undefined ? {} : { to: last }),
  };
}
