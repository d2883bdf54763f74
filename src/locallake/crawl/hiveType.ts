/** A DuckDB type as the Glue catalog writes it: `DECIMAL(18,2)` is `decimal(18,2)`, `STRUCT(a INTEGER)[]` is `array<struct<a:int>>`. */
export function hiveType(duck: string): string {
  const type = duck.trim();
  if (type.endsWith('[]')) return `array<${hiveType(type.slice(0, -2))}>`;
  const [, outer = type, inner] = /^(\w+)\s*\(([\s\S]*)\)$/.exec(type) ?? [];
  if (outer === 'DECIMAL') return `decimal(${(inner ?? '18,3').replace(/\s/g, '')})`;
  if (outer === 'MAP')
    return `map<${split(inner ?? '')
      .map(hiveType)
      .join(',')}>`;
  if (outer === 'STRUCT') {
    const parts = split(inner ?? '').map((field) => {
      const [, quoted, plain = '', kind = ''] = /^(?:"((?:[^"]|"")*)"|(\w+))\s+([\s\S]*)$/.exec(field) ?? [];
      return `${(quoted?.replaceAll('""', '"') ?? plain).toLowerCase()}:${hiveType(kind)}`;
    });
    return `struct<${parts.join(',')}>`;
  }
  return scalars[outer] ?? (outer.startsWith('TIMESTAMP') ? 'timestamp' : 'string');
}

const scalars: Readonly<Record<string, string>> = {
  TINYINT: 'tinyint',
  SMALLINT: 'smallint',
  UTINYINT: 'smallint',
  INTEGER: 'int',
  USMALLINT: 'int',
  BIGINT: 'bigint',
  UINTEGER: 'bigint',
  UBIGINT: 'decimal(20,0)',
  HUGEINT: 'decimal(38,0)',
  FLOAT: 'float',
  DOUBLE: 'double',
  BOOLEAN: 'boolean',
  DATE: 'date',
  BLOB: 'binary',
};

function split(inner: string): readonly string[] {
  const parts = [''];
  let depth = 0;
  let quoted = false;
  for (const character of inner) {
    if (character === '"') quoted = !quoted;
    if (!quoted && character === '(') depth++;
    if (!quoted && character === ')') depth--;
    if (character === ',' && depth === 0 && !quoted) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}
