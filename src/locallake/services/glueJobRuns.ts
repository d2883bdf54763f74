import { createHash, randomUUID } from 'node:crypto';
import { handlers } from '../jobs/handlers';
import type { LogStore } from '../jobs/logStore';
import type { HandlerEnd, HandlerPool } from '../jobs/runHandler';
import { AwsError, type Fields } from '../service';
import type { Journal } from '../store/journal';
import type { ObjectStore } from '../store/objects';
import { fields, number, text } from '../wire/input';

/** One run of a job as it is remembered; times in milliseconds since 1970. */
export interface JobRunRecord {
  readonly id: string;
  readonly job: string;
  readonly attempt: number;
  readonly previous?: string;
  readonly state: 'STARTING' | 'RUNNING' | 'STOPPING' | 'STOPPED' | 'SUCCEEDED' | 'FAILED' | 'TIMEOUT';
  readonly started: number;
  readonly modified: number;
  readonly completed?: number;
  readonly error?: string;
  /** The arguments of this run; those of the job are added when it starts. */
  readonly given: Readonly<Record<string, string>>;
  /** What the run took over from the job or the request, in the shapes of the API. */
  readonly settings: Fields;
}

/** What a run is started with. */
export interface NewJobRun {
  readonly job: Fields;
  readonly given: Readonly<Record<string, string>>;
  readonly settings: Fields;
  readonly previous?: JobRunRecord;
}

const ended: ReadonlySet<string> = new Set(['STOPPED', 'SUCCEEDED', 'FAILED', 'TIMEOUT']);

/** True once nothing more happens to a run. */
export function hasEnded({ state }: JobRunRecord): boolean {
  return ended.has(state);
}

/** The runs of Glue jobs: started, carried out by registered handlers, stopped, remembered. */
export class JobRuns {
  readonly #store: ObjectStore;
  readonly #journal: Journal;
  readonly #logs: LogStore;
  readonly #pool: HandlerPool;
  readonly #running = new Map<string, { readonly control: AbortController; readonly end: Promise<void> }>();

  constructor({
    store,
    journal,
    logs,
    pool,
  }: {
    store: ObjectStore;
    journal: Journal;
    logs: LogStore;
    pool: HandlerPool;
  }) {
    this.#store = store;
    this.#journal = journal;
    this.#logs = logs;
    this.#pool = pool;
    for (const record of journal.all('jobRun').values()) {
      if (hasEnded(record as JobRunRecord)) continue;
      this.#update((record as JobRunRecord).id, {
        state: 'FAILED',
        error: 'The local lake was stopped while the run ran',
        completed: Date.now(),
      });
    }
  }

  /** The runs of a job, newest first. */
  of(job: string): readonly JobRunRecord[] {
    const all = [...this.#journal.all('jobRun').values()] as readonly JobRunRecord[];
    return all.filter((record) => record.job === job).toReversed();
  }

  find(id: string): JobRunRecord | undefined {
    return this.#journal.all('jobRun').get(id) as JobRunRecord | undefined;
  }

  /** Starts a run; ConcurrentRunsExceededException when the job may not have another at the same time. */
  start({ job, given, settings, previous }: NewJobRun): string {
    const name = text(job, 'Name') ?? '';
    const most = number(fields(job, 'ExecutionProperty'), 'MaxConcurrentRuns') ?? 1;
    if (this.of(name).filter((record) => !hasEnded(record)).length >= most) {
      throw new AwsError('ConcurrentRunsExceededException', `Concurrent runs exceeded for ${name}`);
    }
    const attempt = previous === undefined ? 0 : previous.attempt + 1;
    const base =
      previous?.id.replace(/_attempt_\d+$/, '') ??
      `jr_${createHash('sha256').update(randomUUID()).digest('hex')}`;
    const id = attempt === 0 ? base : `${base}_attempt_${attempt}`;
    const now = Date.now();
    const record: JobRunRecord = {
      id,
      job: name,
      attempt,
      state: 'STARTING',
      started: now,
      modified: now,
      given,
      settings,
      ...(previous === undefined ? {} : { previous: previous.id }),
    };
    this.#journal.put('jobRun', id, record);
    const control = new AbortController();
    const end = this.#run(job, record, control.signal).finally(() => this.#running.delete(id));
    this.#running.set(id, { control, end });
    return id;
  }

  /** Stops a run and says whether it was one that could be stopped. The run is STOPPING until its process is gone. */
  stop(id: string): boolean {
    const record = this.find(id);
    const running = this.#running.get(id);
    if (record === undefined || hasEnded(record) || running === undefined) return false;
    this.#update(id, { state: 'STOPPING' });
    running.control.abort();
    return true;
  }

  /** Waits until a run has ended. */
  async ended(id: string): Promise<JobRunRecord | undefined> {
    await this.#running.get(id)?.end;
    return this.find(id);
  }

  /** Ends everything that runs. */
  close(): void {
    for (const { control } of this.#running.values()) control.abort();
  }

  async #run(job: Fields, record: JobRunRecord, signal: AbortSignal): Promise<void> {
    const { id } = record;
    const script = text(fields(job, 'Command'), 'ScriptLocation') ?? '';
    if (handlers[script] === undefined) {
      const error = `The local lake has no handler for the script ${script}: Spark does not run here, so a job needs one that is registered for its script.`;
      this.#log(record, { level: 'error', text: error, at: Date.now() });
      this.#update(id, { state: 'FAILED', error, completed: Date.now() });
      return;
    }
    const minutes = number(record.settings, 'Timeout') ?? 2880;
    const end = await this.#pool.run(
      {
        handler: script,
        event: {
          ...(fields(job, 'DefaultArguments') as Record<string, string>),
          ...record.given,
          '--JOB_NAME': record.job,
          '--JOB_RUN_ID': id,
        },
        store: this.#store,
        timeout: minutes * 60_000,
        ready: () => this.#update(id, { state: 'RUNNING' }),
        log: (line) => this.#log(record, line),
      },
      signal,
    );
    this.#finish(job, record, end);
  }

  #finish(job: Fields, record: JobRunRecord, end: HandlerEnd): void {
    const { id } = record;
    const completed = Date.now();
    switch (end.kind) {
      case 'done':
        this.#bookmark(job, record);
        this.#update(id, { state: 'SUCCEEDED', completed });
        return;
      case 'stopped':
        this.#update(id, { state: 'STOPPED', completed });
        return;
      case 'timed-out':
        this.#update(id, { state: 'TIMEOUT', completed, error: 'Job run timed out' });
        return;
      case 'failed': {
        const error = end.name === 'Error' ? end.message : `${end.name}: ${end.message}`;
        this.#log(record, {
          level: 'error',
          text: `ERROR ${error}\n${end.trace.join('\n')}`.trim(),
          at: completed,
        });
        this.#update(id, { state: 'FAILED', completed, error });
        const failed = this.find(id);
        if (failed !== undefined && record.attempt < (number(job, 'MaxRetries') ?? 0)) {
          this.start({ job, given: record.given, settings: record.settings, previous: failed });
        }
      }
    }
  }

  #bookmark(job: Fields, record: JobRunRecord): void {
    const option =
      record.given['--job-bookmark-option'] ?? fields(job, 'DefaultArguments')['--job-bookmark-option'];
    if (option !== 'job-bookmark-enable') return;
    const old = this.#journal.all('jobBookmark').get(record.job) as Fields | undefined;
    this.#journal.put('jobBookmark', record.job, {
      JobName: record.job,
      Version: (number(old ?? {}, 'Version') ?? 0) + 1,
      Run: this.of(record.job).length,
      Attempt: record.attempt,
      RunId: record.id,
      JobBookmark: JSON.stringify({ lastRun: record.id, startedOn: record.started }),
    });
  }

  // AWS writes what a job prints to one group and what its log says to the other, each in a stream named after the run.
  #log(
    { id }: JobRunRecord,
    { level, text: line, at }: { level: 'output' | 'error'; text: string; at: number },
  ): void {
    this.#logs.append({ group: `/aws-glue/jobs/${level}`, stream: id }, [{ at, text: line }]);
  }

  #update(id: string, change: Partial<JobRunRecord>): void {
    const record = this.find(id);
    if (record === undefined || hasEnded(record)) return;
    if (record.state === 'STOPPING' && change.state === 'RUNNING') return;
    this.#journal.put('jobRun', id, { ...record, ...change, modified: Date.now() });
  }
}

/** A run as GetJobRun shows it. */
export function shownRun(record: JobRunRecord, job: Fields | undefined): Fields {
  const seconds = Math.round(((record.completed ?? Date.now()) - record.started) / 1000);
  const capacity = number(record.settings, 'MaxCapacity') ?? 2;
  return {
    Id: record.id,
    Attempt: record.attempt,
    ...(record.previous === undefined ? {} : { PreviousRunId: record.previous }),
    JobName: record.job,
    JobMode: 'SCRIPT',
    StartedOn: record.started / 1000,
    LastModifiedOn: record.modified / 1000,
    ...(record.completed === undefined ? {} : { CompletedOn: record.completed / 1000 }),
    JobRunState: record.state,
    Arguments: record.given,
    ...(record.error === undefined ? {} : { ErrorMessage: record.error }),
    PredecessorRuns: [],
    AllocatedCapacity: Math.ceil(capacity),
    ExecutionTime: seconds,
    MaxCapacity: capacity,
    DPUSeconds: seconds * capacity,
    LogGroupName: '/aws-glue/jobs',
    GlueVersion: text(job ?? {}, 'GlueVersion') ?? '4.0',
    ...record.settings,
  };
}
