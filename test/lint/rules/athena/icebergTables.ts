/** An Iceberg table with these columns, partitioned so. */
export function iceberg(columns: string, partitions: string): string {
  const by = partitions === '' ? '' : ` partitioned by (${partitions})`;
  return `create table orders (${columns})${by} location 's3://lake/orders/' tblproperties ('table_type' = 'ICEBERG');`;
}
