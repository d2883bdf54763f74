/** A type as the engine sees it: Hive's and Trino's spellings of one type are the same value. */
export interface SqlType {
  /** `varchar`, `integer`, `decimal`, `timestamp with time zone`, `array`… */
  readonly base: string;
  /** Precision and scale, or length. */
  readonly sizes: readonly number[];
}

const names: Readonly<Record<string, string>> = {
  string: 'varchar',
  text: 'varchar',
  int: 'integer',
  int2: 'smallint',
  int4: 'integer',
  int8: 'bigint',
  float: 'real',
  float4: 'real',
  float8: 'double',
  numeric: 'decimal',
  dec: 'decimal',
  bool: 'boolean',
  binary: 'varbinary',
  struct: 'row',
};

// A catalog has few types and asks for them at every column of every statement.
const known = new Map<string, SqlType>();
const mostKnown = 5000;

/** Reads a type's text, of a column declaration or of a cast. */
export function readType(text: string): SqlType {
  let type = known.get(text);
  if (type === undefined) {
    if (known.size >= mostKnown) known.clear();
    known.set(text, (type = typeOfText(text)));
  }
  return type;
}

function typeOfText(text: string): SqlType {
  const lower = text.trim().toLowerCase();
  const word = /^[a-z_0-9]+/.exec(lower)?.[0] ?? lower;
  const inside = /\(([\d\s,]*)\)/.exec(lower)?.[1] ?? '';
  const sizes = inside
    .split(',')
    .filter((part) => part.trim() !== '')
    .map(Number);
  if (word === 'timestamp' || word === 'time') {
    return { base: lower.includes('with time zone') ? `${word} with time zone` : word, sizes };
  }
  if (word === 'double') return { base: 'double', sizes: [] };
  return { base: names[word] ?? word, sizes };
}

/** What kind of value a type holds; types of one family compare with each other without a cast. */
export type TypeFamily = 'text' | 'number' | 'boolean' | 'time' | 'other';

const families: Readonly<Record<string, TypeFamily>> = {
  varchar: 'text',
  char: 'text',
  tinyint: 'number',
  smallint: 'number',
  integer: 'number',
  bigint: 'number',
  real: 'number',
  double: 'number',
  decimal: 'number',
  boolean: 'boolean',
  date: 'time',
  timestamp: 'time',
  'timestamp with time zone': 'time',
};

/** The family of a type; `other` for arrays, intervals, JSON and anything not known. */
export function familyOf(type: SqlType): TypeFamily {
  return families[type.base] ?? 'other';
}

/** True for the types whose values are whole numbers. */
export function isWholeNumber(type: SqlType): boolean {
  return ['tinyint', 'smallint', 'integer', 'bigint'].includes(type.base);
}
