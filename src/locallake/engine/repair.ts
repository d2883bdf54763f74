import { columnsOf, locationOf, type TableName } from '../store/catalogStore';
import { fields, text } from '../wire/input';
import type { LakeEngine } from './lakeEngine';
import { placeOf } from './tableFiles';

/** MSCK REPAIR TABLE: registers the `key=value` folders that the catalog lacks, and gives the lines Athena answers. */
export function repairTable({ catalog, store }: LakeEngine, name: TableName): readonly string[] {
  const { definition, partitions } = catalog.table(name);
  const keys = columnsOf(definition, 'PartitionKeys').map((key) => key.name);
  const { bucket, prefix } = placeOf(locationOf(definition));
  const missing = new Map<string, readonly string[]>();
  for (const { key } of store.under(bucket, prefix)) {
    const folders = key.slice(prefix.length).split('/').slice(0, -1).slice(0, keys.length);
    const values = folders.map((folder, at) =>
      folder.startsWith(`${keys[at] ?? ''}=`)
        ? decodeURIComponent(folder.slice(folder.indexOf('=') + 1))
        : undefined,
    );
    const known = values.filter((value) => value !== undefined);
    if (keys.length === 0 || known.length !== keys.length || partitions.has(known.join('\u0001'))) continue;
    missing.set(folders.join('/'), known);
  }
  for (const [path, Values] of missing) {
    catalog.createPartition(name, {
      Values,
      StorageDescriptor: {
        ...fields(definition, 'StorageDescriptor'),
        Location: `s3://${bucket}/${prefix}${path}`,
      },
    });
  }
  const table = text(definition, 'Name') ?? '';
  if (missing.size === 0) return [];
  return [
    `Partitions not in metastore:\t${[...missing.keys()].map((path) => `${table}:${path}`).join(' ')}`,
    ...[...missing.keys()].map((path) => `Repair: Added partition to metastore ${table}:${path}`),
  ];
}
