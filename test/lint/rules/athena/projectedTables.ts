/** DDL of a table over meters whose partitions are projected; `keys` and `properties` as they stand in it. */
export function projected(keys: string, properties: Readonly<Record<string, string>>): string {
  const all = Object.entries({ 'projection.enabled': 'true', ...properties });
  const written = all.map(([key, value]) => `'${key}' = '${value}'`).join(', ');
  return `create external table meters (reading double) partitioned by (${keys}) stored as parquet location 's3://lake/meters/' tblproperties (${written})`;
}

/** By day since 2023. */
export const byDay = {
  'projection.dt.type': 'date',
  'projection.dt.format': 'yyyy-MM-dd',
  'projection.dt.range': '2023-01-01,NOW',
} as const;
