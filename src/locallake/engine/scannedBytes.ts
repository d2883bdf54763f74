import { isFields } from '../wire/input';
import type { BoundTable } from './lakeEngine';
import { quoteName, quoteText } from './lexer';
import type { ParquetFiles } from './parquetFiles';
import type { Session } from './session';
import type { TableFile } from './tableFiles';
import { duckType } from './types';

/**
 * The bytes a query reads by its plan: for Parquet the compressed chunks of the columns it needs in the files that its
 * partition filters leave, for other formats those files whole.
 */
export async function scannedBytes(
  session: Session,
  { duck, tables }: { readonly duck: string; readonly tables: readonly BoundTable[] },
  parquet: ParquetFiles,
): Promise<number> {
  if (tables.length === 0) return 0;
  const plan = (await session.rows(`explain (format json) ${duck}`))[0]?.[1] ?? '[]';
  let bytes = 0;
  for (const scan of scansOf(JSON.parse(plan))) {
    // Some plans drop the filter on the mark; with one table there is no doubt.
    const only = tables.length === 1 ? tables[0] : undefined;
    const table = tables.find(({ mark }) => scan.filters.includes(mark)) ?? only;
    if (table === undefined) continue;
    const files = await surviving(session, table, scan.filters);
    const columns = new Set(scan.columns);
    for (const file of files) bytes += table.format === 'parquet' ? parquet.bytes(file, columns) : file.size;
  }
  return bytes;
}

interface Scan {
  /** As DuckDB prints them: `(year = 2024)(month IN (1, 12))`. */
  readonly filters: string;
  readonly columns: readonly string[];
}

function scansOf(node: unknown): readonly Scan[] {
  if (Array.isArray(node)) return node.flatMap(scansOf);
  if (!isFields(node)) return [];
  const info = node['extra_info'];
  const inner = scansOf(node['children']);
  if (!isFields(info) || !/^READ_|_SCAN/i.test(String(node['name']))) return inner;
  const projections = textsOf(info['Projections']);
  const filters = textsOf(info['Filters']).join(' ');
  const filtered = [...filters.matchAll(/"([^"]+)"|([A-Za-z_]\w*)/g)].map(
    (match) => match[1] ?? match[2] ?? '',
  );
  const scan = {
    filters: textsOf(info['File Filters']).join(''),
    columns: [...projections, ...filtered].map((name) => name.toLowerCase()),
  };
  return [scan, ...inner];
}

// A plan has a text where there is one, and a list where there are more.
function textsOf(value: unknown): readonly string[] {
  return [value].flat().filter((item) => typeof item === 'string');
}

// The filters are evaluated anew over the partition values: the plan only tells how many files are left.
async function surviving(
  session: Session,
  table: BoundTable,
  filters: string,
): Promise<readonly TableFile[]> {
  const condition = filters.replaceAll(')(', ') and (');
  if (['', `(${table.mark} = 1)`].includes(condition.trim()) || table.keys.length === 0) return table.files;
  const values = new Map(table.files.map((file) => [file.values.join('\u0001'), file.values]));
  const rows = [...values.values()].map((row, at) => `(${at}, ${row.map(quoteText).join(', ')})`);
  const names = table.keys.map(({ name }) => quoteName(name)).join(', ');
  const typed = table.keys
    .map(({ name, type }) => `${quoteName(name)}::${duckType(type)} as ${quoteName(name)}`)
    .join(', ');
  const kept = await session.rows(
    `select n from (select n, 1 as ${table.mark}, ${typed} from (values ${rows.join(', ')}) v(n, ${names})) where ${condition}`,
  );
  const ids = new Set(kept.map(([at]) => [...values.keys()][Number(at)]));
  return table.files.filter((file) => ids.has(file.values.join('\u0001')));
}
