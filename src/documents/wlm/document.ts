import type { DataDocument } from '../data/node';

/** The `wlm_json_configuration` of a Redshift parameter group. */
export interface WlmDocument {
  readonly data: DataDocument;
}
