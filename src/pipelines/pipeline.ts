import type { Page } from '../base/page';
import type { Problem } from '../base/problem';
import type { Connection } from '../connection/connection';

export type KindId = 'state-machine' | 'glue-job' | 'crawler' | 'lambda';

/** Something that can be started: a state machine, a Glue job, a crawler, a function. */
export interface Pipeline {
  readonly kind: KindId;
  readonly name: string;
  /** What AWS calls it in requests: an ARN for state machines, the name elsewhere. */
  readonly id: string;
  readonly description?: string;
  /** `cron(0 8 * * ? *)`. */
  readonly schedule?: string;
  /** `s3://` places it reads or writes by its definition, where the listing tells. */
  readonly targets?: readonly string[];
}

export type RunState = 'queued' | 'running' | 'stopping' | 'succeeded' | 'failed' | 'stopped' | 'timed-out';

/** One execution, job run, crawl or invocation. */
export interface Run {
  readonly kind: KindId;
  readonly pipeline: string;
  readonly pipelineId: string;
  readonly id: string;
  readonly state: RunState;
  readonly startedAt?: Date;
  readonly endedAt?: Date;
  /** Why it failed, as the service said it. */
  readonly problem?: string;
  /** The state it is in or failed in, for a state machine. */
  readonly step?: string;
  /** What came of it in a few words: `+3 partitions`. */
  readonly outcome?: string;
  /** DPU-seconds used so far, where the service tells. */
  readonly dpuSeconds?: number;
  /** The input it was started with, as JSON text, where the service tells. */
  readonly input?: string;
  /** `s3://` places it reads or writes by its pipeline's definition, where the service tells. */
  readonly targets?: readonly string[];
}

export interface LogLine {
  readonly at?: Date;
  readonly text: string;
}

/** A start that the service takes at most once. */
export interface StartRequest {
  readonly pipeline: Pipeline;
  /** JSON text; checked before it comes here. */
  readonly input: string;
  /** Unique to this start: an execution's name where the service has names. */
  readonly token: string;
}

/** How one kind of pipeline is called; `aws/` has one for each. Errors are Problems. */
export interface PipelineCalls {
  list(
    connection: Connection,
    request: { readonly next?: string },
    signal: AbortSignal,
  ): Promise<Page<Pipeline>>;
  /** Newest first. */
  runs(
    connection: Connection,
    request: { readonly pipeline: Pipeline; readonly next?: string; readonly limit?: number },
    signal: AbortSignal,
  ): Promise<Page<Run>>;
  /** How a run stands now. One request. */
  state(connection: Connection, request: { readonly run: Run }, signal: AbortSignal): Promise<Run>;
  /** One attempt; see `startOnce`. */
  start(connection: Connection, request: StartRequest, signal: AbortSignal): Promise<Run>;
  /** Asks the service to stop it; the run is followed until it has. */
  stop(connection: Connection, request: { readonly run: Run }, signal: AbortSignal): Promise<void>;
  /** The newest lines of a run's log, oldest first. */
  log(
    connection: Connection,
    request: { readonly run: Run; readonly limit: number },
    signal: AbortSignal,
  ): Promise<readonly LogLine[]>;
}

/** One kind of pipeline as data: the tree, the commands and the command line are built from it. */
export interface PipelineKind {
  readonly id: KindId;
  /** `Glue job`. */
  readonly title: string;
  readonly plural: string;
  /** In the middle of a sentence: `state machine`, `Glue job`. */
  readonly noun: string;
  readonly nouns: string;
  /** What the service calls one of its runs: `execution`, `job run`. */
  readonly run: string;
  /** A codicon's name. */
  readonly icon: string;
  /** `none`: it is started from the list; else its input is a JSON document. */
  readonly input: 'json' | 'arguments' | 'none';
  readonly firstInput: string;
  readonly canStop: boolean;
  /** Looks over the input before it is sent; a Problem of kind `invalid` says what is wrong with it. */
  readonly check: (input: string) => Problem | undefined;
}

export function isOver(run: Run): boolean {
  return run.state !== 'queued' && run.state !== 'running' && run.state !== 'stopping';
}

/** Milliseconds from start to end, or to now. */
export function runMs(run: Run, now: Date): number | undefined {
  return run.startedAt === undefined ? undefined : (run.endedAt ?? now).getTime() - run.startedAt.getTime();
}
