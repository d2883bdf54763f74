/** A Hive type (`array<struct<a:int>>`) as DuckDB writes it (`STRUCT("a" INTEGER)[]`). */
export function duckType(hive: string): string {
  const type = hive.trim();
  const [, outer = type.toLowerCase(), inner] = /^(\w+)\s*<([\s\S]*)>$/.exec(type) ?? [];
  if (inner !== undefined) {
    const parts = splitTop(inner);
    switch (outer.toLowerCase()) {
      case 'array':
        return `${duckType(inner)}[]`;
      case 'map':
        return `MAP(${parts.map(duckType).join(', ')})`;
      case 'struct':
        return `STRUCT(${parts.map(structField).join(', ')})`;
    }
  }
  const [, base = '', size] = /^(\w+)\s*(\(.*\))?$/.exec(outer) ?? [];
  switch (base) {
    case 'tinyint':
      return 'TINYINT';
    case 'smallint':
      return 'SMALLINT';
    case 'int':
    case 'integer':
      return 'INTEGER';
    case 'bigint':
      return 'BIGINT';
    case 'float':
    case 'real':
      return 'FLOAT';
    case 'double':
      return 'DOUBLE';
    case 'decimal':
      return `DECIMAL${size ?? '(10,0)'}`;
    case 'boolean':
      return 'BOOLEAN';
    case 'date':
      return 'DATE';
    case 'timestamp':
      return 'TIMESTAMP';
    case 'binary':
      return 'BLOB';
    default:
      return 'VARCHAR';
  }
}

function structField(field: string): string {
  const colon = field.indexOf(':');
  return `"${field.slice(0, colon).trim()}" ${duckType(field.slice(colon + 1))}`;
}

function splitTop(inner: string): readonly string[] {
  const parts = [''];
  let depth = 0;
  for (const character of inner) {
    if (character === '<' || character === '(') depth++;
    if (character === '>' || character === ')') depth--;
    if (character === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts;
}

/** What Athena calls a DuckDB type in `ResultSetMetadata`. */
export function athenaType(duck: string): {
  readonly name: string;
  readonly precision: number;
  readonly scale: number;
} {
  const [, precision, scale] = /^DECIMAL\((\d+),\s*(\d+)\)$/.exec(duck) ?? [];
  if (precision !== undefined) return { name: 'decimal', precision: Number(precision), scale: Number(scale) };
  const plain = (name: string, digits = 0): { name: string; precision: number; scale: number } => ({
    name,
    precision: digits,
    scale: 0,
  });
  if (duck.endsWith(']')) return plain('array');
  if (duck.startsWith('MAP')) return plain('map');
  if (duck.startsWith('STRUCT')) return plain('row');
  switch (duck) {
    case 'TINYINT':
      return plain('tinyint', 3);
    case 'SMALLINT':
      return plain('smallint', 5);
    case 'INTEGER':
    case 'USMALLINT':
    case 'UTINYINT':
      return plain('integer', 10);
    case 'BIGINT':
    case 'HUGEINT':
    case 'UBIGINT':
    case 'UINTEGER':
    case 'UHUGEINT':
      return plain('bigint', 19);
    case 'FLOAT':
      return plain('float', 17);
    case 'DOUBLE':
      return plain('double', 17);
    case 'BOOLEAN':
      return plain('boolean');
    case 'DATE':
      return plain('date');
    case 'TIME':
      return plain('time');
    case 'TIMESTAMP WITH TIME ZONE':
      return plain('timestamp with time zone', 3);
    case 'JSON':
      return plain('json');
    case 'BLOB':
      return plain('varbinary', 1_073_741_824);
    case 'INTERVAL':
      return plain('interval day to second');
    case '"NULL"':
      return plain('unknown');
    default:
      if (duck.startsWith('TIMESTAMP')) return plain('timestamp', 3);
      return plain('varchar', 2_147_483_647);
  }
}

/** What the Glue catalog calls a DuckDB type: for tables made by a query. */
export function hiveType(duck: string): string {
  const list = /^(.*)\[\]$/.exec(duck);
  if (list?.[1] !== undefined) return `array<${hiveType(list[1])}>`;
  const [, kind, inner] = /^(MAP|STRUCT)\((.*)\)$/.exec(duck) ?? [];
  if (kind === 'MAP' && inner !== undefined)
    return `map<${splitTop(inner)
      .map((part) => hiveType(part.trim()))
      .join(',')}>`;
  if (inner !== undefined) {
    const parts = splitTop(inner).map((part) => /^\s*("[^"]*"|\w+)\s+(.*)$/.exec(part));
    return `struct<${parts.map((part) => `${part?.[1]?.replaceAll('"', '') ?? ''}:${hiveType(part?.[2] ?? '')}`).join(',')}>`;
  }
  const { name, precision, scale } = athenaType(duck);
  switch (name) {
    case 'decimal':
      return `decimal(${precision},${scale})`;
    case 'integer':
      return 'int';
    case 'varchar':
    case 'json':
    case 'unknown':
      return 'string';
    case 'varbinary':
      return 'binary';
    case 'timestamp with time zone':
      return 'timestamp';
    default:
      return name;
  }
}
