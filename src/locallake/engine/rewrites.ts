import { isFields } from '../wire/input';
import { notSupported } from './queryError';

/** A node of the dialect library's tree: JSON with one key that names the kind. */
type Node = Readonly<Record<string, unknown>>;

function call(name: string, ...args: readonly unknown[]): Node {
  return {
    function: {
      name,
      args,
      distinct: false,
      trailing_comments: [],
      use_bracket_syntax: false,
      no_parens: false,
      quoted: false,
    },
  };
}

// Functions whose Trino name means something else in DuckDB, or which the library would rename wrongly.
const renamed: Readonly<Record<string, string>> = {
  transform: 'list_transform',
  filter: 'list_filter',
  to_iso8601: 'tr_iso',
  from_unixtime: 'tr_from_unixtime',
  json_parse: 'tr_json_parse',
  flatten: 'tr_flatten',
  map_agg: 'tr_map_agg',
  format: 'printf',
  md5: 'tr_md5',
  sha1: 'tr_sha1',
  sha256: 'tr_sha256',
  to_hex: 'tr_to_hex',
  from_hex: 'tr_from_hex',
  date_format: 'tr_date_format',
  regexp_extract: 'tr_regexp_extract',
  regexp_replace: 'tr_regexp_replace',
  split: 'tr_split',
  split_part: 'tr_split_part',
  date_diff: 'date_sub',
  date_trunc: 'tr_date_trunc',
  date_add: 'tr_date_add',
  json_extract_scalar: 'tr_json_extract_scalar',
  array_position: 'tr_array_position',
};

const built: Readonly<Record<string, (args: readonly unknown[]) => unknown>> = {
  any_match: ([array, lambda]) =>
    call('coalesce', call('list_bool_or', call('list_transform', array, lambda)), boolean(false)),
  all_match: ([array, lambda]) =>
    call('coalesce', call('list_bool_and', call('list_transform', array, lambda)), boolean(true)),
  none_match: ([array, lambda]) => ({
    not: {
      this: call('coalesce', call('list_bool_or', call('list_transform', array, lambda)), boolean(false)),
    },
  }),
  reduce: ([array, start, step, finish]) => {
    const last = lambdaOf(finish);
    const result = call('list_reduce', array, step, start);
    return last === undefined ? result : replaced(last.body, new Map([[last.parameters[0] ?? '', result]]));
  },
  date_parse: ([value, format]) => call('strptime', value, withFormat(format, mysqlFormat)),
  parse_datetime: ([value, format]) =>
    call('timezone', text('UTC'), call('strptime', value, withFormat(format, jodaFormat))),
  typeof: (args) => call('lower', call('typeof', ...args)),
};

/** The tree with what DuckDB has under another name or not at all written in its words. */
export function rewritten(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(rewritten);
  if (!isFields(node)) return node;
  const inner = Object.fromEntries(Object.entries(node).map(([name, value]) => [name, rewritten(value)]));
  const moved = intervalSum(inner);
  if (moved !== undefined) return moved;
  const found = functionOf(inner);
  if (found === undefined) return inner;
  const make = built[found.name];
  if (make !== undefined) return make(found.args);
  const name = renamed[found.name];
  return name === undefined ? inner : call(name, ...found.args);
}

// A date plus an interval is a date in Trino and a timestamp in DuckDB: the macros choose by type.
function intervalSum(node: Node): Node | undefined {
  for (const [kind, macro] of [
    ['add', 'tr_plus'],
    ['sub', 'tr_minus'],
  ] as const) {
    const sum = node[kind];
    if (isFields(sum) && isFields(sum['right']) && 'interval' in sum['right'])
      return call(macro, sum['left'], sum['right']);
  }
  return undefined;
}

interface Call {
  readonly name: string;
  readonly args: readonly unknown[];
}

// The library has nodes of its own for many functions: `{"md5": {"this": …}}` beside `{"function": {"name": "md5", …}}`.
function functionOf(node: Node): Call | undefined {
  const [kind, ...more] = Object.keys(node);
  if (kind === undefined || more.length > 0) return undefined;
  const value = node[kind];
  if (!isFields(value)) return undefined;
  if (kind === 'function')
    return {
      name: String(value['name']).toLowerCase(),
      args: Array.isArray(value['args']) ? value['args'] : [],
    };
  const name = kind.toLowerCase();
  if (!(name in renamed) && !(name in built)) return undefined;
  const parts = [
    value['this'],
    value['expression'],
    value['path'],
    value['pattern'],
    value['group'],
    value['replacement'],
    value['delimiter'],
    value['part_index'],
  ];
  const listed = [value['expressions'], value['args']].flatMap((each) => (Array.isArray(each) ? each : []));
  return { name, args: [...parts.filter((part) => part !== undefined && part !== null), ...listed] };
}

// DuckDB wants the format of strptime as a constant, so it is written anew here and not in a macro.
function withFormat(node: unknown, rewrite: (format: string) => string): unknown {
  const literal = isFields(node) ? node['literal'] : undefined;
  if (!isFields(literal) || typeof literal['value'] !== 'string')
    throw notSupported('A format that is no literal');
  return text(rewrite(literal['value']));
}

function mysqlFormat(format: string): string {
  const meanings: Readonly<Record<string, string>> = {
    M: '%B',
    i: '%M',
    s: '%S',
    W: '%A',
    e: '%-d',
    c: '%-m',
    k: '%-H',
    T: '%H:%M:%S',
    f: '%f',
    r: '%I:%M:%S %p',
  };
  return format.replace(/%(.)/g, (whole, letter: string) => meanings[letter] ?? whole);
}

function jodaFormat(format: string): string {
  const meanings: Readonly<Record<string, string>> = {
    y: '%Y',
    M: '%m',
    d: '%d',
    H: '%H',
    m: '%M',
    s: '%S',
    S: '%g',
  };
  return format.replace(
    /'([^']*)'|([yMdHmsS])\2*/g,
    (_, quoted: string | undefined, letter: string | undefined) => quoted ?? meanings[letter ?? ''] ?? '',
  );
}

function text(value: string): Node {
  return { literal: { literal_type: 'string', value } };
}

function boolean(value: boolean): Node {
  return { boolean: { value } };
}

function lambdaOf(
  node: unknown,
): { readonly parameters: readonly string[]; readonly body: unknown } | undefined {
  const lambda = isFields(node) ? node['lambda'] : undefined;
  if (!isFields(lambda) || !Array.isArray(lambda['parameters'])) return undefined;
  const parameters = lambda['parameters'].map((each) => (isFields(each) ? String(each['name']) : ''));
  return { parameters, body: lambda['body'] };
}

function replaced(node: unknown, by: ReadonlyMap<string, unknown>): unknown {
  if (Array.isArray(node)) return node.map((each) => replaced(each, by));
  if (!isFields(node)) return node;
  const column = node['column'];
  if (isFields(column) && column['table'] === null && isFields(column['name'])) {
    const value = by.get(String(column['name']['name']));
    if (value !== undefined) return value;
  }
  return Object.fromEntries(Object.entries(node).map(([name, value]) => [name, replaced(value, by)]));
}
