const formats: Readonly<Record<string, string>> = {
  parquet: 'Parquet',
  parq: 'Parquet',
  pq: 'Parquet',
  orc: 'ORC',
  avro: 'Avro',
  json: 'JSON',
  jsonl: 'JSON',
  ndjson: 'JSON',
  csv: 'CSV',
  tsv: 'CSV',
  psv: 'CSV',
  txt: 'text',
  log: 'text',
  xml: 'XML',
  xlsx: 'Excel',
  xlsm: 'Excel',
  xls: 'Excel',
  mdb: 'Access',
  accdb: 'Access',
};

const compressions = new Set([
  'gz',
  'gzip',
  'bz2',
  'zst',
  'zstd',
  'snappy',
  'lz4',
  'lzo',
  'deflate',
  'br',
  'xz',
]);

/** The format a key's name tells, compression aside: `Parquet` for `a.snappy.parquet`, `CSV` for `a.csv.gz`; `undefined`: no telling. */
export function objectFormat(key: string): string | undefined {
  const parts = key
    .slice(key.lastIndexOf('/') + 1)
    .toLowerCase()
    .split('.');
  if (parts.length < 2) return undefined;
  const last = parts.at(-1) ?? '';
  const told = compressions.has(last) ? (parts.length > 2 ? parts.at(-2) : undefined) : last;
  return told !== undefined && Object.hasOwn(formats, told) ? formats[told] : undefined;
}
