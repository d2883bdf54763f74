import type { Fields } from '../service';
import { columnsOf, locationOf } from '../store/catalogStore';
import { fields, text } from '../wire/input';
import { viewText } from './views';

/** The lines of SHOW CREATE TABLE. */
export function showCreateTable(definition: Fields): readonly string[] {
  const name = text(definition, 'Name') ?? '';
  const view = viewText(definition);
  if (view !== undefined)
    return [`CREATE VIEW ${text(definition, 'DatabaseName') ?? ''}.${name} AS`, ...view.split('\n')];
  const descriptor = fields(definition, 'StorageDescriptor');
  const serde = fields(descriptor, 'SerdeInfo');
  const columns = (all: readonly { readonly name: string; readonly type: string }[]): readonly string[] =>
    all.map((column, at) => `  \`${column.name}\` ${column.type}${at === all.length - 1 ? ')' : ', '}`);
  const keys = columnsOf(definition, 'PartitionKeys');
  return [
    `CREATE EXTERNAL TABLE \`${name}\`(`,
    ...columns(columnsOf(descriptor, 'Columns')),
    ...(keys.length === 0 ? [] : ['PARTITIONED BY ( ', ...columns(keys)]),
    'ROW FORMAT SERDE ',
    `  '${text(serde, 'SerializationLibrary') ?? ''}' `,
    ...properties('WITH SERDEPROPERTIES ( ', fields(serde, 'Parameters')),
    'STORED AS INPUTFORMAT ',
    `  '${text(descriptor, 'InputFormat') ?? ''}' `,
    'OUTPUTFORMAT ',
    `  '${text(descriptor, 'OutputFormat') ?? ''}'`,
    'LOCATION',
    `  '${locationOf(definition)}'`,
    ...properties('TBLPROPERTIES (', fields(definition, 'Parameters')),
  ];
}

function properties(opening: string, all: Fields): readonly string[] {
  const entries = Object.entries(all).filter(([name]) => name !== 'EXTERNAL');
  if (entries.length === 0) return [];
  return [
    opening,
    ...entries.map(
      ([name, value], at) => `  '${name}'='${String(value)}'${at === entries.length - 1 ? ')' : ', '}`,
    ),
  ];
}
