/**
 * The regular expression, over a whole name, for what people type: a part of the name, or the whole of it with `*` for
 * anything. Glue and Athena take it as `Expression`; both keep names in lower case.
 */
export function namePattern(typed: string): string {
  const text = typed.trim().toLowerCase();
  const parts = text.split('*').map((part) => part.replaceAll(/[\\^$.|?+()[\]{}]/g, '\\$&'));
  return text.includes('*') ? parts.join('.*') : `.*${parts.join('')}.*`;
}

/** Whether a name is one that was meant. */
export function matchesName(typed: string, name: string): boolean {
  return new RegExp(`^(?:${namePattern(typed)})$`, 'i').test(name);
}
