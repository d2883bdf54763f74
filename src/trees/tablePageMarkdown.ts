/** `- **Name**: value`; nothing for a value that is not known. */
export function line(name: string, value: string | undefined): string {
  return value === undefined || value === '' ? '' : `- **${cell(name)}**: ${cell(value)}`;
}

/** A text in which nothing means anything to Markdown, on one line, fit for a table's cell. */
export function cell(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(/[\\`*_{}[\]<>#|!~&]/g, '\\$&');
}

/** A text as code on one line, whatever ticks and bars are in it; nothing for an empty one. */
export function code(text: string): string {
  if (text === '') return '';
  const flat = text.replaceAll(/[\r\n]+/g, ' ').replaceAll('|', '\\|');
  const longest = Math.max(0, ...[...flat.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  const pad = longest > 0 ? ' ' : '';
  return `${fence}${pad}${flat}${pad}${fence}`;
}

/** A Markdown table without the columns in which no row has anything; cells are escaped already. */
export function tableOfRows(names: readonly string[], rows: readonly (readonly string[])[]): string {
  const kept = names.flatMap((_, index) => (rows.some((row) => (row[index] ?? '') !== '') ? [index] : []));
  const row = (cells: readonly string[]): string =>
    `| ${kept.map((index) => cells[index] ?? '').join(' | ')} |`;
  return [row(names), `|${kept.map(() => ' --- |').join('')}`, ...rows.map(row)].join('\n');
}
