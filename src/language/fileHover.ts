import type { Span } from '../base/text';
import { fileSpan } from '../documents/mappedText';
import type { EmbeddedDocument, OtherFile } from '../lint/openFile';
import { tablesOf, type NamedTable } from './namedTable';

/** A table that is named in the SQL of another file. */
export interface EmbeddedTable {
  readonly embedded: EmbeddedDocument;
  /** Offsets of the SQL text. */
  readonly table: NamedTable;
  /** In the file. */
  readonly at: Span;
}

/** The SQL that stands at an offset of a file. */
export function embeddedAt({ embedded }: OtherFile, offset: number): EmbeddedDocument | undefined {
  return embedded.find(({ sql: { parts } }) => {
    const [first, last] = [parts[0], parts.at(-1)];
    return first !== undefined && last !== undefined && first.at.start <= offset && offset <= last.at.end;
  });
}

/** The table whose name stands at an offset of a file; undefined on anything else. */
export function embeddedTableAt(file: OtherFile, offset: number): EmbeddedTable | undefined {
  const embedded = embeddedAt(file, offset);
  if (embedded === undefined) return undefined;
  for (const table of embedded.document.statements.flatMap(tablesOf)) {
    const at = fileSpan(embedded.sql, table);
    if (at.start <= offset && offset <= at.end) return { embedded, table, at };
  }
  return undefined;
}
