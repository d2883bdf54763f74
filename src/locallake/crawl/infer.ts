import { quoteText } from '../engine/lexer';
import type { Session } from '../engine/session';
import { hiveType } from './hiveType';

/** The formats a crawler knows here. */
export type CrawlFormat = 'parquet' | 'json' | 'csv' | 'unknown';

/** What the files of one folder hold. */
export interface FoundSchema {
  readonly format: CrawlFormat;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  /** Of CSV. */
  readonly delimiter?: string;
  /** Why it is `unknown`. */
  readonly reason?: string;
}

/** The format that a name tells; crawlers look into files, but what the lake holds is named rightly. */
export function formatOfName(key: string): CrawlFormat {
  const name = key.toLowerCase().replace(/\.(gz|bz2|zst|snappy)$/, '');
  if (name.endsWith('.parquet')) return 'parquet';
  if (/\.(json|jsonl|ndjson)$/.test(name)) return 'json';
  return /\.(csv|tsv|txt)$/.test(name) ? 'csv' : 'unknown';
}

/** Reads the columns of one file: `unknown` when it cannot be read as what its name says. Names are in small letters. */
export async function inferSchema(
  session: Session,
  { path, format }: { path: string; format: CrawlFormat },
): Promise<FoundSchema> {
  const file = quoteText(path);
  try {
    switch (format) {
      case 'parquet':
        return {
          format,
          columns: await described(session, `read_parquet(${file}, hive_partitioning = false)`),
        };
      case 'json': {
        const columns = await described(
          session,
          `read_json_auto(${file}, hive_partitioning = false, map_inference_threshold = -1)`,
        );
        // Days and times are text in JSON, and a crawler leaves them so.
        const plain = (type: string): string =>
          type.replace(/(?<=^|[<:])(date|timestamp)(?=$|[,>])/g, 'string');
        return { format, columns: columns.map(({ name, type }) => ({ name, type: plain(type) })) };
      }
      case 'csv': {
        const [row] = await session.rows(`select delimiter, hasheader from sniff_csv(${file})`);
        const columns = await described(session, `read_csv(${file}, hive_partitioning = false)`);
        const headed = row?.[1] === 'true';
        return {
          format,
          // A crawler names the columns of a file without a header col0, col1…, and leaves days and times as text.
          columns: columns.map(({ name, type }, at) => ({
            name: headed ? name : `col${at}`,
            type: /^(date|timestamp|boolean)$/.test(type) ? 'string' : type,
          })),
          delimiter: row?.[0] ?? ',',
        };
      }
      case 'unknown':
        return { format, columns: [], reason: 'its name tells no format' };
    }
  } catch (error) {
    // A stop must not look like a broken file.
    if (/INTERRUPT/i.test(String(error))) throw error;
    return { format: 'unknown', columns: [], reason: String(error).slice(0, 300) };
  }
}

async function described(session: Session, source: string): Promise<FoundSchema['columns']> {
  const rows = await session.rows(`select column_name, column_type from (describe select * from ${source})`);
  return rows.map(([name, type]) => ({ name: (name ?? '').toLowerCase(), type: hiveType(type ?? '') }));
}
