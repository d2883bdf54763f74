/** True when a name matches one of the patterns, in which `*` stands for any text; case counts. */
export function matchesAny(name: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => {
    const [first = '', ...rest] = pattern.split('*');
    if (rest.length === 0) return name === pattern;
    if (!name.startsWith(first)) return false;
    let at = first.length;
    for (const part of rest.slice(0, -1)) {
      const found = name.indexOf(part, at);
      if (found === -1) return false;
      at = found + part.length;
    }
    const last = rest.at(-1) ?? '';
    return name.length - last.length >= at && name.endsWith(last);
  });
}
