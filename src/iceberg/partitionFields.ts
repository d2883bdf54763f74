import type { IcebergMetadata, PartitionSpec } from './metadata';

/** How a spec partitions, by the names of its columns: `region`, `month(happened_on)`, `bucket[16](id)`. */
export function partitionFields(
  metadata: IcebergMetadata,
  spec: PartitionSpec | undefined,
): readonly string[] {
  // A column that was dropped since is in an earlier schema alone; one that was renamed has its last name.
  const names = new Map(
    metadata.schemas.flatMap((schema) => schema.fields.map((field) => [field.id, field.name])),
  );
  return (spec?.fields ?? []).map(({ transform, sourceId }) => {
    const column = names.get(sourceId) ?? `field ${sourceId}`;
    return transform === 'identity' ? column : `${transform}(${column})`;
  });
}

/** The spec by which new files are written. */
export function currentSpec(metadata: IcebergMetadata): PartitionSpec | undefined {
  return metadata.specs.find(({ id }) => id === metadata.defaultSpecId);
}
