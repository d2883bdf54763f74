import type { Partition as GluePartition } from '@aws-sdk/client-glue';
import type { PartitionSchemas } from '../catalog/partitionSchemas';
import type { PartitionSchema } from '../catalog/partitionDrift';
import type { CallAws } from './call';
import type { Clients } from './clients';
import { glueCatalogId, glueTarget } from './glueCatalog';
import { columnFrom, formatOf } from './glueTable';
import type { InGlue } from './tableDetails';

/** Partitions of Glue tables with their own columns and classes. */
export function gluePartitionSchemas(clients: Clients, callAws: CallAws, inGlue: InGlue): PartitionSchemas {
  return {
    async partitionSchemas(connection, { table: wanted, next, limit, segment, expression }, signal) {
      const table = await inGlue(connection, wanted, signal);
      const page = await callAws(
        { action: 'glue:GetPartitions', target: glueTarget(table), connection },
        async (options) => {
          const { GetPartitionsCommand } = await import('@aws-sdk/client-glue');
          const client = await clients.glue(connection);
          return client.send(
            new GetPartitionsCommand({
              CatalogId: glueCatalogId(table.catalog),
              DatabaseName: table.database,
              TableName: table.name,
              NextToken: next,
              MaxResults: Math.min(Math.max(limit, 1), 1000),
              Expression: expression,
              Segment:
                segment === undefined
                  ? undefined
                  : { SegmentNumber: segment.number, TotalSegments: segment.total },
            }),
            options,
          );
        },
        signal,
      );
      return {
        items: (page.Partitions ?? []).map(schemaFrom),
        ...(page.NextToken ? { next: page.NextToken } : {}),
      };
    },
  };
}

function schemaFrom({ Values, StorageDescriptor, Parameters }: GluePartition): PartitionSchema {
  const { Columns = [], Location, SerdeInfo, InputFormat } = StorageDescriptor ?? {};
  const serde = SerdeInfo?.SerializationLibrary;
  const format = formatOf({
    serde,
    inputFormat: InputFormat,
    parameters: Parameters ?? {},
    serdeParameters: SerdeInfo?.Parameters ?? {},
  });
  return {
    values: Values ?? [],
    columns: Columns.map(columnFrom),
    ...(Location ? { location: Location } : {}),
    ...(serde ? { serde } : {}),
    ...(format === undefined || format === 'other' ? {} : { format }),
  };
}
