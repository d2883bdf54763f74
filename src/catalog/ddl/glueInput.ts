import type { Table } from '../catalog';
import { sorted } from './clauses';

/** Written by engines about one state of a table, not part of its definition. */
const state = new Set([
  'transient_lastDdlTime',
  'COLUMN_STATS_ACCURATE',
  'metadata_location',
  'previous_metadata_location',
]);

const classes: Readonly<Record<string, readonly [input: string, output: string, serde: string]>> = {
  parquet: [
    'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
    'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
    'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe',
  ],
  orc: [
    'org.apache.hadoop.hive.ql.io.orc.OrcInputFormat',
    'org.apache.hadoop.hive.ql.io.orc.OrcOutputFormat',
    'org.apache.hadoop.hive.ql.io.orc.OrcSerde',
  ],
};

/** What infrastructure code says of a table: the properties and classes that Glue's TableInput would hold. */
export function glueInput(table: Table): {
  readonly parameters: readonly (readonly [string, string])[];
  readonly inputFormat?: string;
  readonly outputFormat?: string;
  readonly serde?: string;
  readonly serdeParameters: readonly (readonly [string, string])[];
} {
  const [inputs, outputs, serdes] = table.kind === 'hive' ? (classes[table.format ?? ''] ?? []) : [];
  const inputFormat = table.inputFormat ?? inputs;
  const outputFormat = table.outputFormat ?? outputs;
  const serde = table.serde ?? serdes;
  return {
    parameters: sorted(table.parameters).filter(
      ([key]) => !state.has(key) && (table.kind !== 'iceberg' || key !== 'table_type'),
    ),
    ...(inputFormat === undefined ? {} : { inputFormat }),
    ...(outputFormat === undefined ? {} : { outputFormat }),
    ...(serde === undefined ? {} : { serde }),
    serdeParameters: sorted(table.serdeParameters),
  };
}
