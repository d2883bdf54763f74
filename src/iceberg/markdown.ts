/** A Markdown table of plain texts. */
export function table(names: readonly string[], rows: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[]): string => `| ${cells.map(safe).join(' | ')} |`;
  return [row(names), `|${names.map(() => ' --- |').join('')}`, ...rows.map(row)].join('\n');
}

/** A text in which nothing means anything to Markdown, on one line. */
export function safe(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(/[\\`*_{}[\]<>#|!~&]/g, '\\$&');
}

/** `2024-03-01 10:00:00 UTC`. */
export function time(date: Date): string {
  return `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
