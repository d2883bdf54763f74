import { Problem } from '../base/problem';
import type { Table } from '../catalog/catalog';

/** Where a table's current metadata file lies, as Glue keeps it; a Problem of kind `invalid` for a table without one. */
export function metadataLocation(table: Table): string {
  const location = table.parameters?.['metadata_location'];
  if (location !== undefined && location !== '') return location;
  const name = `${table.database}.${table.name}`;
  throw new Problem(
    table.kind === 'iceberg'
      ? `The catalog does not say where the Iceberg metadata of ${name} lies: open one of its metadata files instead.`
      : `${name} is no Iceberg table, so it has no snapshots to show.`,
    'invalid',
    { details: { target: name } },
  );
}
