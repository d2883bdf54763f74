/** One row of a result: a text or NULL for each column. */
export type ResultRow = readonly (string | null)[];

/** A line of a result file as Athena writes it: every value in quotes, NULL as nothing at all. */
export function csvLine(row: ResultRow): string {
  return row.map((value) => (value === null ? '' : `"${value.replaceAll('"', '""')}"`)).join(',');
}

/** The rows of a result file, its header among them. Values may hold line breaks. */
export function csvRows(content: string): readonly ResultRow[] {
  const rows: (string | null)[][] = [];
  let row: (string | null)[] = [];
  let at = 0;
  while (at < content.length) {
    if (content.charAt(at) === '"') {
      let value = '';
      for (;;) {
        const end = content.indexOf('"', at + 1);
        value += content.slice(at + 1, end);
        at = end + 1;
        if (content.charAt(at) !== '"') break;
        value += '"';
      }
      row.push(value);
    } else {
      row.push(null);
    }
    if (content.charAt(at) === ',') {
      at++;
      if (at === content.length || content.charAt(at) === '\n') row.push(null);
    }
    if (content.charAt(at) === '\n') {
      rows.push(row);
      row = [];
      at++;
    }
  }
  return rows;
}
