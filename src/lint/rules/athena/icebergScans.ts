import type { Column, Table } from '../../../catalog/catalog';
import type { TableScan } from '../../../scan/scan';
import { readsKnownTable } from '../../../scan/knownTables';
import { analyse } from '../../../scan/scansOf';
import { verdictsOf, type KeyVerdict } from '../../../scan/verdict';
import type { TableRef } from '../../../sql/ast';
import type { RuleContext } from '../../rule';
import { mainQuery } from './outerSelects';

/** A field that an Iceberg table is partitioned by. */
export interface PartitionField {
  /** As in the table's definition: `day(event_time)`. */
  readonly text: string;
  /** `day`, `bucket`…; `identity` for a bare column. */
  readonly transform: string;
  readonly source: Column;
  readonly verdict: KeyVerdict;
}

/** A reading of an Iceberg table whose partition fields are known. */
export interface IcebergScan {
  readonly scan: TableScan & { readonly table: Table };
  readonly fields: readonly PartitionField[];
}

/** The readings of a partitioned Iceberg table at one place, of statements that are whole and read for a query. */
export function icebergScans(ref: TableRef, { statement, catalog }: RuleContext): readonly IcebergScan[] {
  if (statement.templated || statement.problems.length > 0 || mainQuery(statement.body) === undefined)
    return [];
  if (!readsKnownTable(statement, catalog)) return [];
  return analyse(statement, catalog).scans.flatMap((scan) => {
    if (scan.ref !== ref || !isOfIceberg(scan) || ref.timeTravel !== undefined) return [];
    const { table, relation, conditions, stopped } = scan;
    const sources = (table.partitionFields ?? []).flatMap((text) => fieldFrom(text, table) ?? []);
    if (sources.length === 0 || sources.length !== table.partitionFields?.length) return [];
    const keys = sources.map(({ source }) => source);
    const verdicts = verdictsOf({ relation, keys, conditions, stopped });
    const fields = sources.map((field, at) => ({
      ...field,
      verdict: verdicts[at] ?? { kind: 'none' as const },
    }));
    return [{ scan, fields }];
  });
}

function isOfIceberg(scan: TableScan): scan is IcebergScan['scan'] {
  return scan.table?.kind === 'iceberg';
}

function fieldFrom(text: string, table: Table): Omit<PartitionField, 'verdict'> | undefined {
  const call = /^(\w+)\s*\((.*)\)$/s.exec(text);
  const names = call === null ? [text] : (call[2] ?? '').split(',').map((part) => part.trim());
  const name = names
    .find((part) => !/^\d+$/.test(part))
    ?.replaceAll(/["`]/g, '')
    .toLowerCase();
  const source = table.columns.find((column) => column.name === name);
  return source === undefined
    ? undefined
    : { text, transform: call?.[1]?.toLowerCase() ?? 'identity', source };
}
