import { sqlInStates } from '../embeddedAsl';
import type { EmbeddedSql } from '../embedded';
import type { AslDocument } from './model';

/** The SQL that a state machine sends to Athena and to Redshift, in its place. */
export function sqlOf({ data }: AslDocument): readonly EmbeddedSql[] {
  return sqlInStates(data);
}
