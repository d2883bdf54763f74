import type { RowColumn, RowTexts } from '../base/rows';

/** The columns of a page; plain lines have one. */
export function pageColumns(page: {
  readonly columns: readonly RowColumn[];
  readonly items: readonly RowTexts[];
}): readonly RowColumn[] {
  if (page.columns.length > 0 || page.items.length === 0) return page.columns;
  return [{ name: 'result', type: 'varchar' }];
}

/**
 * A row with as many cells as there are columns. DESCRIBE and some SHOW statements name three columns, and
 * answer with one text whose parts are padded and set apart by tabs.
 */
export function pageRow(row: RowTexts, columns: number): RowTexts {
  const [only] = row;
  if (row.length === 1 && columns > 1 && typeof only === 'string' && only.includes('\t')) {
    return only
      .split('\t')
      .slice(0, columns)
      .map((part) => part.trim());
  }
  return row.slice(0, columns);
}
