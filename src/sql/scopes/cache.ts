import type { Query } from '../ast';
import type { Built } from './build';
import type { ColumnsOf, Outputs } from './model';

/** Outputs of each query, for one knowledge of the tables. */
export interface OutputCache {
  readonly built: Built;
  readonly columnsOf: ColumnsOf;
  readonly done: Map<Query, Outputs>;
  readonly busy: Set<Query>;
  /** `outputsOf`, for the files that this one builds on. */
  readonly outputs: (cache: OutputCache, query: Query) => Outputs;
}
