import { setImmediate as settle } from 'node:timers/promises';
import { entriesOf, type HistoryEntry, taskEntries } from '../asl/history';
import type { Machine, MachineEvent, TaskCall } from '../asl/machine';
import { runTask, type TaskWorld } from '../asl/tasks';
import { type Fields, region } from '../service';
import type { Journal } from '../store/journal';

/** One execution as it is remembered; times in milliseconds since 1970. */
export interface ExecutionRecord {
  readonly arn: string;
  readonly machine: string;
  readonly name: string;
  readonly status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';
  /** JSON, as it was given. */
  readonly input: string;
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
  readonly started: number;
  readonly stopped?: number;
}

/** What an execution is started with. */
export interface NewExecution {
  readonly arn: string;
  readonly name: string;
  readonly input: string;
  readonly machine: { readonly arn: string; readonly name: string; readonly role: string };
}

/** An execution that runs. */
interface Running {
  abort(): void;
  readonly control: AbortController;
  /** The tasks under way, oldest first. */
  readonly tasks: Set<RunningTask>;
}

interface RunningTask {
  readonly state: string;
  readonly control: AbortController;
  readonly timedOut: HistoryEntry;
}

/** The executions of state machines: started, followed event by event, stopped, remembered. */
export class Executions {
  readonly #journal: Journal;
  readonly #world: TaskWorld;
  readonly #running = new Map<string, Running>();
  readonly #histories = new Map<string, Fields[]>();

  constructor(journal: Journal, world: TaskWorld) {
    this.#journal = journal;
    this.#world = world;
    for (const [id, event] of journal.all('executionEvent')) {
      const [arn = ''] = id.split('\n');
      this.#history(arn).push(event as Fields);
    }
    for (const record of this.all()) {
      if (record.status !== 'RUNNING') continue;
      this.#end(record.arn, {
        status: 'FAILED',
        error: 'States.Runtime',
        cause: 'The local lake was stopped while the execution ran',
      });
    }
  }

  /** Oldest first. */
  all(): readonly ExecutionRecord[] {
    return [...this.#journal.all('execution').values()] as readonly ExecutionRecord[];
  }

  find(arn: string): ExecutionRecord | undefined {
    return this.#journal.all('execution').get(arn) as ExecutionRecord | undefined;
  }

  /** The events of an execution, oldest first. */
  history(arn: string): readonly Fields[] {
    return this.#history(arn);
  }

  start(machine: Machine, { arn, name, input, machine: owner }: NewExecution): ExecutionRecord {
    const record: ExecutionRecord = {
      arn,
      machine: owner.arn,
      name,
      status: 'RUNNING',
      input,
      started: Date.now(),
    };
    this.#journal.put('execution', arn, record);
    this.#add(arn, {
      type: 'ExecutionStarted',
      details: [
        'executionStartedEventDetails',
        { input, inputDetails: { truncated: false }, roleArn: owner.role },
      ],
    });
    const control = new AbortController();
    const tasks = new Set<RunningTask>();
    const abort = machine.run({
      input: JSON.parse(input),
      context: {
        Execution: {
          Id: arn,
          Name: name,
          RoleArn: owner.role,
          StartTime: new Date(record.started).toISOString(),
        },
        StateMachine: { Id: owner.arn, Name: owner.name },
      },
      task: (call) => this.#task(arn, call),
      event: (event) => this.#event(arn, event),
    });
    this.#running.set(arn, { abort, control, tasks });
    return record;
  }

  /** Ends an execution and what its tasks wait for; gives when it ended, also when that was before. */
  stop(arn: string, why: { readonly error?: string; readonly cause?: string }): number {
    const running = this.#running.get(arn);
    this.#end(arn, { status: 'ABORTED', ...why });
    running?.control.abort();
    running?.abort();
    return this.find(arn)?.stopped ?? Date.now();
  }

  /** Ends everything that runs. */
  close(): void {
    for (const { abort, control } of this.#running.values()) {
      control.abort();
      abort();
    }
  }

  async #task(arn: string, call: TaskCall): Promise<unknown> {
    // The event that the state was entered arrives in between.
    await settle();
    const running = this.#running.get(arn);
    if (running === undefined || running.control.signal.aborted) throw new Error('The execution has ended');
    const entries = taskEntries(call, region);
    const control = new AbortController();
    const stop = (): void => control.abort();
    running.control.signal.addEventListener('abort', stop);
    const task = { state: call.state, control, timedOut: entries.timedOut };
    running.tasks.add(task);
    this.#add(arn, entries.scheduled);
    this.#add(arn, entries.started);
    const submitted = (output: unknown): void => {
      if (entries.submitted !== undefined) this.#add(arn, entries.submitted(output));
    };
    try {
      const output = await runTask(this.#world, { ...call, submitted }, control.signal);
      if (!control.signal.aborted) this.#add(arn, entries.succeeded(output));
      return output;
    } catch (error) {
      const { name, message } = error instanceof Error ? error : new Error(String(error));
      if (!control.signal.aborted) this.#add(arn, entries.failed(name, message));
      throw error;
    } finally {
      running.control.signal.removeEventListener('abort', stop);
      running.tasks.delete(task);
    }
  }

  #event(arn: string, event: MachineEvent): void {
    for (const entry of entriesOf(event)) this.#add(arn, entry);
    if (event.type === 'StateFailed' && event.Error === 'States.Timeout' && event.state.type === 'Task') {
      this.#timedOut(arn, event.state.name);
    }
    if (event.type === 'ExecutionSucceeded') {
      this.#end(arn, { status: 'SUCCEEDED', output: JSON.stringify(event.output ?? null) });
    }
    if (event.type === 'ExecutionFailed') {
      const cause = typeof event.Cause === 'string' ? event.Cause : JSON.stringify(event.Cause ?? null);
      this.#end(arn, { status: 'FAILED', error: event.Error, cause });
    }
    if (event.type === 'ExecutionTimeout') {
      this.#running.get(arn)?.control.abort();
      this.#end(arn, { status: 'TIMED_OUT' });
    }
  }

  // Of several tasks of one state, as in a map, the oldest is the one whose time is over.
  #timedOut(arn: string, state: string): void {
    const task = [...(this.#running.get(arn)?.tasks ?? [])].find((each) => each.state === state);
    if (task === undefined) return;
    task.control.abort();
    this.#running.get(arn)?.tasks.delete(task);
    this.#add(arn, task.timedOut);
  }

  #end(arn: string, end: Pick<ExecutionRecord, 'status'> & Partial<ExecutionRecord>): void {
    const record = this.find(arn);
    if (record?.status !== 'RUNNING') return;
    const { status, output, error, cause } = end;
    const type = {
      SUCCEEDED: 'ExecutionSucceeded',
      FAILED: 'ExecutionFailed',
      TIMED_OUT: 'ExecutionTimedOut',
      ABORTED: 'ExecutionAborted',
      RUNNING: '',
    }[status];
    const details = {
      ...(output === undefined ? {} : { output }),
      ...(error === undefined ? {} : { error }),
      ...(cause === undefined ? {} : { cause }),
    };
    this.#add(arn, {
      type,
      details: [`${type.charAt(0).toLowerCase()}${type.slice(1)}EventDetails`, details],
    });
    this.#journal.put('execution', arn, { ...record, ...end, stopped: Date.now() });
    this.#running.delete(arn);
  }

  #add(arn: string, { type, details }: HistoryEntry): void {
    // What comes after the end is no part of the history.
    if (this.find(arn)?.status !== 'RUNNING') return;
    const history = this.#history(arn);
    const id = history.length + 1;
    const event = {
      timestamp: Date.now() / 1000,
      type,
      id,
      previousEventId: id - 1,
      ...(details === undefined ? {} : { [details[0]]: details[1] }),
    };
    history.push(event);
    this.#journal.put('executionEvent', `${arn}\n${id}`, event);
  }

  #history(arn: string): Fields[] {
    const found = this.#histories.get(arn) ?? [];
    this.#histories.set(arn, found);
    return found;
  }
}
