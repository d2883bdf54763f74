import type { PartitionStore } from '../partitions/partitionStore';
import type { KindId, PipelineCalls } from '../pipelines/pipeline';
import type { LakePorts } from '../query/lakePorts';
import type { ObjectFacts } from '../zones/objectDetails';

/** Everything of AWS that the product uses, for every connection. */
export interface AwsPorts extends LakePorts {
  readonly facts: ObjectFacts;
  readonly partitions: PartitionStore;
  readonly pipelines: Readonly<Record<KindId, PipelineCalls>>;
}
