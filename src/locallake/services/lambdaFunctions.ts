import { createHash, randomBytes } from 'node:crypto';
import { handlers } from '../jobs/handlers';
import type { LogStore } from '../jobs/logStore';
import type { HandlerEnd, HandlerPool } from '../jobs/runHandler';
import { AwsError, accountId, type Fields, region } from '../service';
import type { Journal } from '../store/journal';
import type { ObjectStore } from '../store/objects';
import { number, text } from '../wire/input';

/** What an invocation gave. */
export interface Invocation {
  /** JSON. */
  readonly payload: string;
  readonly error?: 'Unhandled';
  /** The last lines of its log. */
  readonly log: string;
}

/** The functions of the lake and their invocations. */
export class Functions {
  readonly #store: ObjectStore;
  readonly #journal: Journal;
  readonly #logs: LogStore;
  readonly #pool: HandlerPool;
  readonly #running = new Set<AbortController>();

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
  }

  /** By name. */
  all(): readonly Fields[] {
    const all = [...this.#journal.all('function').values()] as readonly Fields[];
    return all.toSorted((a, b) => (String(a['FunctionName']) < String(b['FunctionName']) ? -1 : 1));
  }

  /** The function by name or ARN; ResourceNotFoundException when there is none. */
  find(given: string): Fields {
    const [, name = given, version] =
      /^(?:(?:arn:aws:lambda:[\w-]+:)?\d{12}:function:)?([\w-]+)(?::([$\w-]+))?$/.exec(given) ?? [];
    const found = this.#journal.all('function').get(name) as Fields | undefined;
    if (found === undefined || (version !== undefined && version !== '$LATEST')) {
      throw new AwsError(
        'ResourceNotFoundException',
        `Function not found: ${arnOf(name)}${version === undefined ? '' : `:${version}`}`,
        {
          status: 404,
          fields: { Type: 'User' },
        },
      );
    }
    return found;
  }

  create(input: Fields): Fields {
    const name = text(input, 'FunctionName') ?? '';
    const handler = text(input, 'Handler') ?? '';
    if (this.#journal.all('function').has(name)) {
      throw new AwsError('ResourceConflictException', `Function already exist: ${name}`, {
        status: 409,
        fields: { Type: 'User' },
      });
    }
    if (handlers[handler] === undefined) {
      const message = `The local lake has no handler ${handler}: a function needs one that is registered by its name.`;
      throw new AwsError('InvalidParameterValueException', message, { fields: { Type: 'User' } });
    }
    const configuration = {
      FunctionName: name,
      FunctionArn: arnOf(name),
      Runtime: text(input, 'Runtime') ?? 'python3.12',
      Role: text(input, 'Role') ?? '',
      Handler: handler,
      CodeSize: 4096,
      Description: text(input, 'Description') ?? '',
      Timeout: number(input, 'Timeout') ?? 3,
      MemorySize: number(input, 'MemorySize') ?? 128,
      LastModified: new Date().toISOString().replace('Z', '+0000'),
      CodeSha256: createHash('sha256').update(handler).digest('base64'),
      Version: '$LATEST',
      TracingConfig: { Mode: 'PassThrough' },
      State: 'Active',
      LastUpdateStatus: 'Successful',
      PackageType: 'Zip',
      Architectures: ['x86_64'],
      EphemeralStorage: { Size: 512 },
      LoggingConfig: { LogFormat: 'Text', LogGroup: `/aws/lambda/${name}` },
    };
    this.#journal.put('function', name, configuration);
    return configuration;
  }

  remove(given: string): void {
    this.#journal.remove('function', String(this.find(given)['FunctionName']));
  }

  /** Runs a function to its end, which nothing but its time-out brings forward. */
  async invoke({
    name,
    event,
    requestId,
  }: {
    readonly name: string;
    readonly event: unknown;
    readonly requestId: string;
  }): Promise<Invocation> {
    const configuration = this.find(name);
    const seconds = number(configuration, 'Timeout') ?? 3;
    const now = new Date().toISOString();
    const place = {
      group: `/aws/lambda/${String(configuration['FunctionName'])}`,
      stream: `${now.slice(0, 10).replaceAll('-', '/')}/[$LATEST]${randomBytes(16).toString('hex')}`,
    };
    const lines: string[] = [];
    const log = (line: string, at = Date.now()): void => {
      lines.push(line);
      this.#logs.append(place, [{ at, text: `${line}\n` }]);
    };
    const control = new AbortController();
    this.#running.add(control);
    const begun = performance.now();
    let started = begun;
    let init: number | undefined;
    try {
      const end = await this.#pool.run(
        {
          handler: String(configuration['Handler']),
          event,
          store: this.#store,
          timeout: seconds * 1000,
          ready: (cold) => {
            started = performance.now();
            if (cold) init = started - begun;
            log(`START RequestId: ${requestId} Version: $LATEST`);
          },
          log: ({ text: line, at }) => log(line, at),
        },
        control.signal,
      );
      const duration = end.kind === 'timed-out' ? seconds * 1000 : performance.now() - started;
      const payload = payloadOf(end, { requestId, seconds });
      if (end.kind === 'failed')
        log(
          `[ERROR] ${end.name}: ${end.message}\n${end.trace.map((line) => `  ${line}`).join('\n')}`.trimEnd(),
        );
      if (end.kind === 'timed-out')
        log(`${new Date().toISOString()} ${requestId} Task timed out after ${seconds.toFixed(2)} seconds`);
      log(`END RequestId: ${requestId}`);
      log(
        report({
          requestId,
          duration,
          init,
          size: number(configuration, 'MemorySize') ?? 128,
          used: 'memory' in end ? end.memory : 0,
        }),
      );
      const tail = `${lines.join('\n')}\n`;
      return {
        payload: JSON.stringify(payload),
        log: tail,
        ...(end.kind === 'done' ? {} : { error: 'Unhandled' as const }),
      };
    } finally {
      this.#running.delete(control);
    }
  }

  /** Ends everything that runs. */
  close(): void {
    for (const control of this.#running) control.abort();
  }
}

function payloadOf(end: HandlerEnd, { requestId, seconds }: { requestId: string; seconds: number }): unknown {
  switch (end.kind) {
    case 'done':
      return end.value;
    case 'failed':
      return { errorType: end.name, errorMessage: end.message, trace: end.trace };
    case 'timed-out':
      return {
        errorType: 'Sandbox.Timedout',
        errorMessage: `RequestId: ${requestId} Error: Task timed out after ${seconds.toFixed(2)} seconds`,
      };
    case 'stopped':
      return {
        errorType: 'Runtime.ExitError',
        errorMessage: `RequestId: ${requestId} Error: Runtime exited with error: signal: killed`,
      };
  }
}

// The memory a process of Node takes is not that of a function: it is cut to what the function may use.
function report({
  requestId,
  duration,
  init,
  size,
  used,
}: {
  requestId: string;
  duration: number;
  init: number | undefined;
  size: number;
  used: number;
}): string {
  return [
    `REPORT RequestId: ${requestId}`,
    `Duration: ${duration.toFixed(2)} ms`,
    `Billed Duration: ${Math.ceil(duration)} ms`,
    `Memory Size: ${size} MB`,
    `Max Memory Used: ${Math.min(size, used)} MB`,
    ...(init === undefined ? [] : [`Init Duration: ${init.toFixed(2)} ms`]),
    '',
  ].join('\t');
}

function arnOf(name: string): string {
  return `arn:aws:lambda:${region}:${accountId}:function:${name}`;
}
