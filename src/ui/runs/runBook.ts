import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { connectionKey, type Connection } from '../../connection/connection';
import { follower, type Follower } from '../../pipelines/follow';
import { isOver, type KindId, type PipelineCalls, type Run } from '../../pipelines/pipeline';
import { mergeShared, orphans, readShared, type SharedRun, writeShared } from '../../pipelines/sharedRuns';

const fileName = 'runs.json';
/** Other windows take over after three missed ones. */
const heartbeatMs = 30_000;

export interface RunBookOptions {
  /** Of the whole machine, not of a window: a path. */
  readonly folder: string;
  readonly calls: (kind: KindId) => Promise<PipelineCalls>;
  /** True for connections that the user has used in this window: only these may be asked. */
  readonly mayAsk: (connection: Connection) => boolean;
  /** Told once a run that this window follows is over. */
  readonly onEnd: (connection: Connection, run: Run) => void;
  readonly onFault: (error: unknown) => void;
}

interface RunOf {
  readonly connection: Connection;
  readonly run: Run;
}

/**
 * The runs that are followed, of this window and of the others: they share a file, so that each run is asked for by
 * one window alone and shown by all.
 */
export class RunBook implements vscode.Disposable {
  readonly #options: RunBookOptions;
  readonly #window = `${process.pid}-${Math.random().toString(36).slice(2)}`;
  readonly #changed = new vscode.EventEmitter<RunOf | undefined>();
  /** The run that changed, or none where another window changed some. */
  readonly onDidChange = this.#changed.event;
  readonly #follower: Follower;
  readonly #own: vscode.Disposable[];
  #runs: readonly SharedRun[] = [];
  #opened = false;
  #disposed = false;
  #saving: Promise<void> = Promise.resolve();

  constructor(options: RunBookOptions) {
    this.#options = options;
    this.#follower = follower({
      calls: options.calls,
      onChange: ({ connection, run, problem }) => {
        if (problem === undefined) this.#change(connection, run);
      },
    });
    const timer = setInterval(() => this.#beat(), heartbeatMs);
    timer.unref();
    this.#own = [this.#changed, this.#follower, { dispose: () => clearInterval(timer) }];
  }

  /** Runs of a connection that some window follows or has followed, newest first. */
  runs(connection: Connection): readonly Run[] {
    this.#open();
    const key = connectionKey(connection);
    return this.#runs.filter((one) => connectionKey(one.connection) === key).map((one) => one.run);
  }

  /** How a run stands as far as it is known here. */
  known(run: Run): Run | undefined {
    return this.#runs.find((one) => one.run.id === run.id)?.run;
  }

  /** Runs that this window asks for now. */
  get following(): readonly Run[] {
    return this.#follower.runs;
  }

  /** Shows a run and follows it to its end; one that is over already is told of at once. */
  follow(connection: Connection, run: Run): void {
    this.#open();
    this.#put(connection, run);
    if (isOver(run)) this.#options.onEnd(connection, run);
    else this.#follower.add(connection, run);
    this.#changed.fire({ connection, run });
  }

  /** Shows that a run was asked to stop, and looks at it at once. */
  stopping(connection: Connection, run: Run): void {
    this.#put(connection, { ...run, state: 'stopping' });
    this.#follower.add(connection, run);
    this.#follower.hurry(run.id);
    this.#changed.fire({ connection, run });
  }

  dispose(): void {
    this.#disposed = true;
    for (const thing of this.#own) thing.dispose();
  }

  #change(connection: Connection, told: Run): void {
    const before = this.known(told);
    // What only the start knew stays known: a service does not repeat it in every answer.
    const run: Run = {
      ...told,
      ...(told.input === undefined && before?.input !== undefined ? { input: before.input } : {}),
      ...(told.targets === undefined && before?.targets !== undefined ? { targets: before.targets } : {}),
    };
    this.#put(connection, run);
    this.#changed.fire({ connection, run });
    if (isOver(run)) this.#options.onEnd(connection, run);
  }

  #put(connection: Connection, run: Run): void {
    const others = this.#runs.filter((one) => one.run.id !== run.id);
    this.#runs = mergeShared(others, [{ connection, run, window: this.#window, lookedAt: Date.now() }]);
    this.#save();
  }

  /** The file is read when runs are first shown or followed, and watched from then on. */
  #open(): void {
    if (this.#opened) return;
    this.#opened = true;
    const pattern = new vscode.RelativePattern(vscode.Uri.file(this.#options.folder), fileName);
    const watcher = vscode.workspace.createFileSystemWatcher(pattern);
    const read = (): void => void this.#read().catch(this.#options.onFault);
    watcher.onDidCreate(read);
    watcher.onDidChange(read);
    this.#own.push(watcher);
    read();
  }

  async #read(): Promise<void> {
    const file = readShared(await textOf(join(this.#options.folder, fileName)));
    if (file.kind === 'newer' || this.#disposed) return;
    const before = JSON.stringify(this.#runs);
    this.#runs = mergeShared(this.#runs, file.runs);
    this.#adopt();
    if (JSON.stringify(this.#runs) !== before) this.#changed.fire(undefined);
  }

  /** Follows runs whose window is gone, over connections that may be asked. */
  #adopt(): void {
    for (const { connection, run } of orphans(this.#runs, Date.now())) {
      if (!this.#options.mayAsk(connection)) continue;
      this.#put(connection, run);
      this.#follower.add(connection, run);
    }
  }

  #beat(): void {
    if (!this.#opened) return;
    const own = new Set(this.#follower.runs.map((run) => run.id));
    if (own.size > 0) {
      const lookedAt = Date.now();
      this.#runs = this.#runs.map((one) =>
        own.has(one.run.id) ? { ...one, lookedAt, window: this.#window } : one,
      );
      this.#save();
    }
    this.#adopt();
  }

  /** One after another: reads what others wrote meanwhile, and replaces the file as a whole. */
  #save(): void {
    this.#saving = this.#saving
      .then(async () => {
        const { folder } = this.#options;
        const path = join(folder, fileName);
        const file = readShared(await textOf(path));
        if (file.kind === 'newer') return;
        this.#runs = mergeShared(file.runs, this.#runs);
        await mkdir(folder, { recursive: true });
        const draft = `${path}.${this.#window}`;
        await writeFile(draft, writeShared(this.#runs, Date.now()));
        await rename(draft, path);
      })
      .catch(this.#options.onFault);
  }
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return undefined; // not written yet
  }
}
