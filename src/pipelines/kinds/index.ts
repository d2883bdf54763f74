import type { KindId, PipelineKind } from '../pipeline';
import { crawler } from './crawler';
import { glueJob } from './glueJob';
import { lambda } from './lambda';
import { stateMachine } from './stateMachine';

/** In the order they are listed. */
export const pipelineKinds: readonly PipelineKind[] = [stateMachine, glueJob, crawler, lambda];

const byId = new Map(pipelineKinds.map((kind) => [kind.id, kind]));

export function kindOf(id: KindId): PipelineKind {
  const kind = byId.get(id);
  if (kind === undefined) throw new Error(`No kind of pipeline is called ${id}.`);
  return kind;
}
