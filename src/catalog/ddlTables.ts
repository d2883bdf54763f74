import type { SqlDocument } from '../sql/document';
import type { CatalogSnapshot, Table } from './catalog';
import type { SourcedTable } from './known';
import { withDdl } from './overlay';

const empty: CatalogSnapshot = { table: () => undefined };

/** The tables that are there when every statement of a file has run, on top of an empty catalog. */
export function tablesFromDdl(document: SqlDocument): readonly Table[] {
  const overlay = withDdl(empty);
  for (const { parsed } of document.statements) overlay.apply(parsed);
  return overlay.made();
}

/** The same with the file's path as their origin: part of a source for `knownCatalog`. */
export function sourcedFromDdl(path: string, document: SqlDocument): readonly SourcedTable[] {
  return tablesFromDdl(document).map((table) => ({ table, origin: path }));
}
