/** A lifecycle configuration of rules as `rule` writes them; their IDs are their numbers. */
export function configuration(...rules: readonly string[]): string {
  return `{ "Rules": [\n${rules.map((text, at) => text.replace('#', String(at + 1))).join(',\n')}\n] }`;
}

/** An enabled rule with these actions for a prefix. */
export function rule(actions: string, prefix = 'claims/'): string {
  return `{ "ID": "r#", "Status": "Enabled", "Filter": { "Prefix": "${prefix}" }, ${actions} }`;
}
