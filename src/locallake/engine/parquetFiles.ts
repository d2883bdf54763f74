import { quoteText } from './lexer';
import type { Session } from './session';
import type { TableFile } from './tableFiles';

/** What the footer of one Parquet file says, by top-level column in small letters. */
interface Footer {
  readonly types: ReadonlyMap<string, string>;
  /** Compressed bytes of all its chunks. */
  readonly bytes: ReadonlyMap<string, number>;
}

/** Files with the same columns and types. */
export interface FileGroup {
  readonly files: readonly TableFile[];
  readonly types: ReadonlyMap<string, string>;
}

/** The footers of Parquet files, each read once as long as its file has the same size. */
export class ParquetFiles {
  readonly #footers = new Map<string, Footer>();

  /** The files by schema, so that each group can be read as one. */
  async grouped(session: Session, files: readonly TableFile[]): Promise<readonly FileGroup[]> {
    await this.#read(session, files);
    const groups = new Map<string, { files: TableFile[]; types: ReadonlyMap<string, string> }>();
    for (const file of files) {
      const types = this.#footers.get(idOf(file))?.types ?? new Map<string, string>();
      const id = JSON.stringify([...types].map((pair) => pair.join(' ')).toSorted());
      const group = groups.get(id) ?? { files: [], types };
      group.files.push(file);
      groups.set(id, group);
    }
    return [...groups.values()];
  }

  /** Compressed bytes of some columns of a file whose footer was read. */
  bytes(file: TableFile, columns: ReadonlySet<string>): number {
    let sum = 0;
    for (const [column, bytes] of this.#footers.get(idOf(file))?.bytes ?? [])
      if (columns.has(column)) sum += bytes;
    return sum;
  }

  async #read(session: Session, files: readonly TableFile[]): Promise<void> {
    const unread = files.filter((file) => !this.#footers.has(idOf(file)));
    if (unread.length === 0) return;
    const byLink = new Map(unread.map((file) => [file.link, file]));
    const rows = await session.rows(
      `select file_name, lower(split_part(path_in_schema, ', ', 1)), any_value(type), sum(total_compressed_size)::bigint
       from parquet_metadata([${unread.map(({ link }) => quoteText(link)).join(', ')}]) group by all`,
    );
    const made = new Map<string, { types: Map<string, string>; bytes: Map<string, number> }>();
    for (const [link, column, type, bytes] of rows) {
      const file = byLink.get(link ?? '');
      if (file === undefined || column === null || column === undefined) continue;
      const footer = made.get(idOf(file)) ?? {
        types: new Map<string, string>(),
        bytes: new Map<string, number>(),
      };
      footer.types.set(column, type ?? '');
      footer.bytes.set(column, Number(bytes));
      made.set(idOf(file), footer);
    }
    for (const file of unread)
      this.#footers.set(idOf(file), made.get(idOf(file)) ?? { types: new Map(), bytes: new Map() });
  }
}

function idOf({ link, size }: TableFile): string {
  return `${link}\n${size}`;
}
