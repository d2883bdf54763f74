import type { TextEdit } from '../../../base/text';
import type { Call } from '../../../sql/ast';

/** A function of another engine and what Athena has for it. */
export interface Foreign {
  /** For a sentence: `coalesce`. */
  readonly instead: string;
  /** Edits that rewrite the call, where that can be done by its place; undefined when these arguments do not fit. */
  readonly rewrite?: (call: Call, text: string) => readonly TextEdit[] | undefined;
}

const renamed = (to: string, counts: readonly number[]): Foreign => ({
  instead: `${to}()`,
  rewrite: ({ name, args }) =>
    counts.includes(args.length) ? [{ start: name.start, end: name.end, text: to }] : undefined,
});

const only = (instead: string): Foreign => ({ instead });

const units = /^(year|quarter|month|week|day|hour|minute|second|millisecond)s?$/;

/** `dateadd(day, 1, x)`: the unit is a word there and a string here. */
const withUnit = (to: string): Foreign => ({
  instead: `${to}()`,
  rewrite({ name, args }) {
    const [unit] = args;
    const word =
      unit?.kind === 'ColumnRef'
        ? unit.name.parts[0]?.name
        : unit?.kind === 'Literal'
          ? unit.value
          : undefined;
    const known = units.exec((word ?? '').toLowerCase())?.[1];
    if (unit === undefined || known === undefined || args.length !== 3) return undefined;
    return [
      { start: name.start, end: name.end, text: to },
      { start: unit.start, end: unit.end, text: `'${known}'` },
    ];
  },
});

/** Functions of Redshift, PostgreSQL, SQL Server and Hive that neither Trino nor Athena has, by name. */
export const foreignFunctions: ReadonlyMap<string, Foreign> = new Map<string, Foreign>([
  ['nvl', renamed('coalesce', [2, 3, 4])],
  ['ifnull', renamed('coalesce', [2])],
  ['isnull', renamed('coalesce', [2])],
  [
    'nvl2',
    {
      instead: 'if()',
      rewrite({ name, args }) {
        const [first] = args;
        if (first === undefined || args.length !== 3) return undefined;
        const tested = first.kind === 'ColumnRef' || first.kind === 'Call' ? first.end : undefined;
        if (tested === undefined) return undefined;
        return [
          { start: name.start, end: name.end, text: 'if' },
          { start: tested, end: tested, text: ' IS NOT NULL' },
        ];
      },
    },
  ],
  ['getdate', renamed('now', [0])],
  ['len', renamed('length', [1])],
  ['dateadd', withUnit('date_add')],
  ['datediff', withUnit('date_diff')],
  ['convert_timezone', only('AT TIME ZONE')],
  ['charindex', only('strpos()')],
  ['instr', only('strpos()')],
  ['months_between', only("date_diff('month', …)")],
  ['add_months', only("date_add('month', …)")],
  ['last_day', renamed('last_day_of_month', [1])],
  ['string_agg', only('listagg() or array_join(array_agg())')],
  ['group_concat', only('listagg() or array_join(array_agg())')],
  ['collect_list', renamed('array_agg', [1])],
  ['collect_set', only('array_distinct(array_agg())')],
  ['get_json_object', renamed('json_extract_scalar', [2])],
  ['unix_timestamp', only('to_unixtime()')],
  ['datepart', only('extract()')],
  ['zeroifnull', only('coalesce()')],
]);
