const names: Readonly<Record<string, string>> = { string: 'varchar', float: 'real', binary: 'varbinary' };

/**
 * What queries call a type that is written as in DDL: `row(a varchar)` for `struct<a:string>`. Empty where it cannot
 * be told, undefined for a type that queries know as it is written.
 */
export function trinoType(text: string): string | undefined {
  const lower = text.trim().toLowerCase();
  if (!/\b(string|float|binary)\b|</.test(lower)) return undefined;
  return translated(lower) ?? '';
}

function translated(type: string): string | undefined {
  const nested = /^(\w+)\s*([<(])(.*)[>)]$/s.exec(type);
  const [, word = '', bracket = '', inner = ''] = nested ?? [];
  if (nested === null || /^[\d\s,]*$/.test(inner)) {
    const plain = /^(\w+)(.*)$/s.exec(type);
    return plain === null ? undefined : `${names[plain[1] ?? ''] ?? plain[1] ?? ''}${plain[2] ?? ''}`;
  }
  const parts = split(inner).map((part) => {
    const field =
      word === 'struct'
        ? /^(\w+)\s*:\s*(.+)$/s.exec(part)
        : bracket === '(' && word === 'row'
          ? /^(\w+)\s+(.+)$/s.exec(part)
          : null;
    const [, name, of = part] = field ?? [];
    const known = translated(of.trim());
    return known === undefined ? undefined : name === undefined ? known : `${name} ${known}`;
  });
  if (parts.includes(undefined) || (word === 'struct' && !inner.includes(':'))) return undefined;
  return `${word === 'struct' ? 'row' : word}(${parts.join(', ')})`;
}

function split(inner: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < inner.length; at++) {
    const char = inner[at];
    if (char === '<' || char === '(') depth++;
    else if (char === '>' || char === ')') depth--;
    else if (char === ',' && depth === 0) {
      parts.push(inner.slice(from, at).trim());
      from = at + 1;
    }
  }
  return [...parts, inner.slice(from).trim()];
}
