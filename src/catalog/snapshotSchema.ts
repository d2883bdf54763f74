import type { JsonSchema } from './schemaCheck';

const text = { type: 'string' } as const;
const count = { type: 'integer', minimum: 0 } as const;
const texts = { type: 'array', items: text } as const;
const parameters = { type: 'object', additionalProperties: text } as const;
const columns: JsonSchema = {
  type: 'array',
  items: {
    type: 'object',
    required: ['name', 'type'],
    properties: { name: text, type: text, comment: text, notNull: { type: 'boolean' } },
  },
};

const table: JsonSchema = {
  type: 'object',
  required: ['database', 'name', 'columns', 'partitionKeys'],
  properties: {
    database: text,
    name: text,
    columns: { ...columns, description: 'Without the partition keys.' },
    partitionKeys: { ...columns, description: 'In order; empty for a table without partitions.' },
    location: { ...text, description: 's3://bucket/prefix/' },
    kind: { enum: ['hive', 'iceberg', 'delta', 'hudi', 'view', 'native'] },
    format: { enum: ['parquet', 'orc', 'avro', 'json', 'csv', 'text', 'other'] },
    serde: text,
    inputFormat: text,
    outputFormat: text,
    parameters,
    serdeParameters: parameters,
    viewSql: text,
    description: text,
    owner: text,
    distribution: {
      type: 'object',
      required: ['style'],
      properties: { style: { enum: ['auto', 'even', 'all', 'key'] }, key: text },
    },
    sortKeys: texts,
    unsortedPercent: { type: 'number', minimum: 0 },
    partitionCount: count,
    newestPartition: { ...texts, description: 'Values in the order of the partition keys.' },
    partitionValues: { type: 'array', items: texts, description: 'The values of all partitions.' },
    medianPartitionBytes: count,
    partitionFields: { ...texts, description: 'Iceberg: `day(event_time)`.' },
    bytes: count,
    rows: count,
    columnBytes: { type: 'object', additionalProperties: count, description: 'By column.' },
    columnStatistics: { type: 'boolean', description: 'Whether Glue keeps statistics of the columns.' },
    archivedIn: { enum: ['GLACIER', 'DEEP_ARCHIVE'], description: 'A class that Athena does not read.' },
    readByGlueJobs: { type: 'boolean' },
  },
};

/**
 * The format of `lake.catalog.json`, version 1. Keys that a reader does not know are passed over, so that
 * something may be added without a new version.
 */
export const snapshotSchema: JsonSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'A catalog for Lake Workbench',
  description: 'Databases and tables as they were when `lake-workbench snapshot` ran.',
  type: 'object',
  required: ['version', 'tables'],
  properties: {
    $schema: text,
    version: { const: 1 },
    databases: {
      type: 'array',
      items: {
        type: 'object',
        required: ['name'],
        properties: { name: text, description: text, location: text },
      },
    },
    tables: { type: 'array', items: table },
    listings: {
      type: 'object',
      description: 'What lies at locations that loads read, by s3://bucket/prefix/.',
      additionalProperties: {
        type: 'object',
        required: ['objects', 'bytes'],
        properties: { objects: count, bytes: count, medianBytes: count, extension: text },
      },
    },
    slices: { ...count, description: 'Slices of the warehouse: SELECT count(*) FROM stv_slices.' },
  },
};
