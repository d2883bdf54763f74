import { formatBytes, formatCount } from '../base/format';
import type { Reading } from './reading';
import type { PrefixSample } from './samplePrefix';

/** A format in a word, as people name it. */
export function formatWord(reading: Reading): string {
  switch (reading.kind) {
    case 'typed':
      return { parquet: 'Parquet', orc: 'ORC', avro: 'Avro' }[reading.format];
    case 'json':
      return 'JSON';
    case 'csv':
      return 'CSV';
    case 'other':
      return reading.format;
  }
}

/** What the files are, in a sentence. */
export function formatNote(readings: readonly Reading[]): string {
  const [first] = readings;
  if (first === undefined) return '';
  const packed = [...new Set(readings.flatMap(({ compression }) => compression ?? []))];
  const rows = readings.reduce((sum, reading) => sum + ('rows' in reading ? reading.rows : 0), 0);
  const dialect = first.kind === 'csv' ? first.dialect : undefined;
  const cut =
    dialect === undefined
      ? ''
      : `, fields cut by ${spelled(dialect.delimiter)}, ${dialect.header ? 'with' : 'without'} a header`;
  const looked = rows === 0 ? '' : `, ${formatCount(rows)} rows looked at`;
  return `Format: ${formatWord(first)}${packed.length === 0 ? '' : `, ${packed.join(', ')}`}${cut}${looked}.`;
}

function spelled(delimiter: string): string {
  if (delimiter === '\t') return 'tabs';
  return delimiter === '\u0001' ? 'Hive’s ^A' : `“${delimiter}”`;
}

/** What was looked at and what it cost, in a sentence. */
export function sampleNote(
  { sample, files, hidden, complete, fetched, requests }: PrefixSample,
  location: string,
): string {
  const of = `${complete ? '' : 'more than '}${formatCount(files.length + hidden)}`;
  return `Inferred from ${sample.length} of ${of} objects below ${location}: ${formatBytes(fetched)} read in ${requests.get} requests, ${requests.list === 1 ? '1 listing' : `${requests.list} listings`}.`;
}
