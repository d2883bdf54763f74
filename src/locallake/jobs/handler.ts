/** An object as a handler sees it in a listing; size in bytes. */
export interface ListedObject {
  readonly key: string;
  readonly size: number;
}

/** The lake as a handler reaches it: every call is carried out by the lake's own process, so a stopped run writes nothing more. */
export interface HandlerLake {
  list(bucket: string, prefix: string): Promise<readonly ListedObject[]>;
  /** The content as text; fails when there is no such object. */
  read(bucket: string, key: string): Promise<string>;
  /** A file on this computer with the content, for reading only. */
  file(bucket: string, key: string): Promise<string>;
  write(bucket: string, key: string, content: string): Promise<void>;
  /** An empty folder for files that `adopt` takes. */
  scratch(): Promise<string>;
  /** Makes a file of the scratch folder an object. */
  adopt(bucket: string, key: string, path: string): Promise<void>;
}

/** What a handler is called with. */
export interface HandlerCall {
  /** The job's arguments or the function's event. */
  readonly event: unknown;
  readonly lake: HandlerLake;
  /** A line for the log; errors go to the error log where there is one. */
  log(text: string): void;
  error(text: string): void;
}

/** The code of a job or function: runs in a process of its own, gives the result or throws. */
export type Handler = (call: HandlerCall) => Promise<unknown>;

/** What the lake tells the process of a handler. */
export type ToHandler =
  | { readonly kind: 'start'; readonly handler: string; readonly event: unknown }
  | { readonly kind: 'answer'; readonly id: number; readonly value?: unknown; readonly error?: string };

/** What the process of a handler tells the lake. */
export type FromHandler =
  | { readonly kind: 'ready' }
  | { readonly kind: 'log'; readonly level: 'output' | 'error'; readonly text: string; readonly at: number }
  | {
      readonly kind: 'ask';
      readonly id: number;
      readonly method: keyof HandlerLake;
      readonly given: readonly string[];
    }
  | { readonly kind: 'done'; readonly value: unknown; readonly memory: number }
  | {
      readonly kind: 'failed';
      readonly name: string;
      readonly message: string;
      readonly trace: readonly string[];
      readonly memory: number;
    };
