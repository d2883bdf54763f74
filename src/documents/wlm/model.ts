import type { Span } from '../../base/text';
import type { DataArray, DataDocument, DataNode, DataObject } from '../data/node';

/** The `wlm_json_configuration` of a Redshift parameter group. */
export interface WlmDocument {
  readonly data: DataDocument;
  /** `queue`: one queue without an array, which Redshift takes too. `nested`: no form that it takes; then nothing else is read. */
  readonly form: 'queues' | 'queue' | 'nested' | 'other';
  readonly list: DataArray | undefined;
  /** In order, the default queue last; without the elements that hold settings of the whole. */
  readonly queues: readonly WlmQueue[];
  /** The element with `short_query_queue`. */
  readonly shortQueries: DataObject | undefined;
}

export interface WlmQueue {
  readonly node: DataObject;
  /** Where to point at the queue as a whole: its name, or else its brace. */
  readonly span: Span;
  readonly name: string | undefined;
  /** Its name, or its number from 1: `queue 2`. */
  readonly label: string;
  /** Undefined where the text does not say, or says both. */
  readonly mode: 'auto' | 'manual' | undefined;
  readonly groups: readonly WlmGroups[];
  readonly rules: readonly WlmRule[];
}

/** The labels by which queries come into a queue. */
export interface WlmGroups {
  readonly key: 'user_group' | 'query_group' | 'user_role';
  readonly keySpan: Span;
  readonly labels: readonly DataNode[];
}

/** A query monitoring rule. */
export interface WlmRule {
  readonly node: DataObject;
  readonly name: string | undefined;
  readonly nameNode: DataNode | undefined;
  readonly action: string | undefined;
  readonly actionNode: DataNode | undefined;
  readonly predicates: readonly DataObject[];
}

/** Keys of a queue. Those of user roles are the console's and stand in no reference. */
export const queueKeys: readonly string[] = [
  'name',
  'query_group',
  'query_group_wild_card',
  'user_group',
  'user_group_wild_card',
  'user_role',
  'user_role_wild_card',
  'query_concurrency',
  'memory_percent_to_use',
  'max_execution_time',
  'auto_wlm',
  'queue_type',
  'priority',
  'concurrency_scaling',
  'rules',
  'short_query_queue',
];
