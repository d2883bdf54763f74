import { textOf, valueOf } from '../data/access';
import type { DataDocument, DataObject } from '../data/node';
import { everyState } from './graph';
import type { AslDocument, State } from './model';
import { calls } from './resource';

/** A Task that starts a run of a Glue job. */
export interface JobRunTask {
  readonly data: DataDocument;
  readonly state: State;
  /** The request (`Parameters`, or `Arguments` in JSONata): JobName, Timeout, ExecutionClass, Arguments …; keys may end in `.$`. */
  readonly request: DataObject;
  /** As written; undefined where it is computed. */
  readonly jobName: string | undefined;
  /** The comment of the state. */
  readonly comment: string | undefined;
}

/** All Tasks that start a Glue job and whose request is written out. */
export function startJobRunTasks(document: AslDocument): readonly JobRunTask[] {
  return everyState(document).flatMap(({ state }): readonly JobRunTask[] => {
    const { input } = state;
    if (!calls(state, 'glue', 'startJobRun') || input?.kind !== 'object') return [];
    const jobName = textOf(valueOf(input, 'JobName'));
    const comment = textOf(valueOf(state.node, 'Comment'));
    return [{ data: document.data, state, request: input, jobName, comment }];
  });
}
