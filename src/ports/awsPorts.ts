import type { CatalogDirectory } from '../catalog/catalogDirectory';
import type { PartitionIndexes } from '../catalog/partitionIndexes';
import type { PartitionSchemas } from '../catalog/partitionSchemas';
import type { TableDetails } from '../catalog/tableDetails';
import type { CrawlerStore } from '../crawlers/crawlerStore';
import type { PartitionStore } from '../partitions/partitionStore';
import type { KindId, PipelineCalls } from '../pipelines/pipeline';
import type { LakePorts } from '../query/lakePorts';
import type { ObjectWriter } from '../transfer/objectWriter';
import type { BucketStorage } from '../storage/bucketStorage';
import type { ObjectFacts } from '../zones/objectDetails';

/** Everything of AWS that the product uses, for every connection. */
export interface AwsPorts extends LakePorts {
  readonly directory: CatalogDirectory;
  readonly details: TableDetails;
  readonly facts: ObjectFacts;
  readonly storage: BucketStorage;
  readonly writer: ObjectWriter;
  readonly partitions: PartitionStore;
  readonly schemas: PartitionSchemas;
  readonly crawlers: CrawlerStore;
  readonly indexes: PartitionIndexes;
  readonly pipelines: Readonly<Record<KindId, PipelineCalls>>;
}
