import type { DataDocument } from '../data/node';

/** A state machine definition in the Amazon States Language, in JSON or YAML. */
export interface AslDocument {
  readonly data: DataDocument;
}
