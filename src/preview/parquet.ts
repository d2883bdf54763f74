import { formatBytes, formatCount } from '../base/format';
import { columnsOf } from './parquetColumns';
import { parquetFooter, type ParquetFooter } from './parquetFooter';
import { firstRows } from './parquetRows';
import { emptyPreview, type Preview, type PreviewColumn, type RangedObject } from './preview';

/** The footer of a Parquet file and its first rows; a Problem for a file whose footer cannot be read. */
export async function previewParquet(object: RangedObject, name: string): Promise<Preview> {
  const footer = await parquetFooter(object, name);
  switch (footer.kind) {
    case 'encrypted':
      return {
        ...emptyPreview,
        format: 'Parquet',
        notes: ['Its footer is encrypted, so neither its schema nor its rows can be shown.'],
      };
    case 'tooLong':
      return {
        ...emptyPreview,
        format: 'Parquet',
        facts: [['footer', formatBytes(footer.bytes)]],
        notes: [
          `Its footer is ${formatBytes(footer.bytes)} long and not even the schema ends in what is read of it: write it with fewer columns.`,
        ],
      };
    case 'read':
      return previewOf(object, footer);
    default:
      return footer satisfies never;
  }
}

async function previewOf(
  object: RangedObject,
  { metadata, bytes, groups: total }: Extract<ParquetFooter, { kind: 'read' }>,
): Promise<Preview> {
  const { row_groups: groups, created_by: writer, key_value_metadata: properties = [] } = metadata;
  const whole = groups.length === total;
  // What some of the row groups say of a column is no profile of it.
  const columns = columnsOf(metadata).map((column) => (whole ? column : typeOnly(column)));
  const { notes, ...rows } = await firstRows(object, metadata);
  const codecs = [...new Set(columns.flatMap(({ compression = [] }) => compression))];
  return {
    ...emptyPreview,
    format: 'Parquet',
    ...(codecs.length === 0 ? {} : { compression: codecs.join(', ') }),
    rows: Number(metadata.num_rows),
    columns,
    rowGroups: groups.map(({ num_rows: count, columns: chunks }) => ({
      rows: Number(count),
      bytes: chunks.reduce((sum, { meta_data: chunk }) => sum + Number(chunk?.total_compressed_size ?? 0), 0),
    })),
    ...rows,
    facts: [
      ['row groups', String(total)],
      ['footer', `${bytes} bytes`],
      ...(writer === undefined ? [] : [['written by', writer] as const]),
      ...properties
        .filter(({ key, value }) => value !== undefined && key !== 'ARROW:schema')
        .map(({ key, value = '' }) => [key, value.length > 200 ? `${value.slice(0, 200)}…` : value] as const),
    ],
    notes: [
      ...(whole
        ? []
        : [
            `Its footer is ${formatBytes(bytes)} long and was not read to its end: ${formatCount(groups.length)} of its ${formatCount(total)} row groups are shown, and sizes and statistics of columns are left out.`,
          ]),
      ...notes,
    ],
  };
}

function typeOnly({ name, type, compression }: PreviewColumn): PreviewColumn {
  return {
    name,
    ...(type === undefined ? {} : { type }),
    ...(compression === undefined ? {} : { compression }),
  };
}
