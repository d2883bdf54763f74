import { Problem } from '../base/problem';
import type { Table } from '../catalog/catalog';
import { parseS3Uri } from '../zones/s3Uri';
import { hiveLayout } from './layout';
import { type LayoutPlace, templatePlace } from './template';

/**
 * Where a table's partitions lie and how: by the template given, else by the table's own `storage.location.template`,
 * else as Hive has it.
 * @throws a Problem for a table that has nothing to repair (a view, no keys, projection, Iceberg), and for a template
 * that does not fit it
 */
export function layoutPlace(table: Table, template?: string): LayoutPlace {
  const name = `${table.database}.${table.name}`;
  const refuse = (why: string): never => {
    throw new Problem(`${name} has no partitions to repair: ${why}.`, 'invalid');
  };
  if (table.kind === 'view') refuse('it is a view');
  if (table.kind === 'iceberg' || table.kind === 'delta' || table.kind === 'hudi') {
    refuse(`${table.kind} keeps its own list of files`);
  }
  if (table.partitionKeys.length === 0) refuse('it has no partition keys');
  if (isProjected(table)) {
    refuse('Athena computes them by partition projection and ignores registered ones');
  }
  const place =
    parseS3Uri(table.location ?? '') ?? refuse(`its location ${table.location ?? ''} is not in S3`);
  const wanted = template ?? table.parameters?.['storage.location.template'];
  if (wanted !== undefined && wanted.trim() !== '') return templatePlace(wanted, table);
  return {
    bucket: place.bucket,
    prefix: place.key === '' || place.key.endsWith('/') ? place.key : `${place.key}/`,
    layout: hiveLayout(table.partitionKeys),
  };
}

/** Athena makes the table's partitions up by itself. */
export function isProjected({ parameters }: Pick<Table, 'parameters'>): boolean {
  return parameters?.['projection.enabled']?.toLowerCase() === 'true';
}
