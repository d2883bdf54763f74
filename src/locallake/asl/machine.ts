import type { EventLog, StateMachineDefinition } from './library';
import { loadLibrary } from './library';
import type { Fields } from '../service';
import { fields, isFields, number, objects, text } from '../wire/input';

/** A task that a machine wants carried out. */
export interface TaskCall {
  readonly state: string;
  readonly resource: string;
  readonly input: unknown;
  /** Seconds; only when the definition has it. */
  readonly timeout?: number;
}

/** What happens in a run, apart from what the tasks themselves do; `index` counts iterations and branches. */
export type MachineEvent = EventLog;

/** What a machine is run with. */
export interface MachineRun {
  readonly input: unknown;
  /** The context object, `$$` in paths. */
  readonly context: Fields;
  task(call: TaskCall): Promise<unknown>;
  event(event: MachineEvent): void;
}

/** A definition that can run. */
export interface Machine {
  /** Starts a run; the events tell how it goes and ends. Gives what ends it early. */
  run(run: MachineRun): () => void;
}

/** Why a definition cannot be run here. */
export class DefinitionError extends Error {}

// A timer of Node holds no more than 2^31 milliseconds.
const longestSeconds = 2_000_000;

/**
 * Reads a definition in the Amazon States Language. DefinitionError with the reasons when it is wrong or uses what
 * cannot run here; one that was read before need not be checked again, which takes a fifth of a second.
 */
export async function readMachine(
  definition: string,
  {
    supports,
    checked = false,
  }: { readonly supports: (resource: string) => boolean; readonly checked?: boolean },
): Promise<Machine> {
  let given: unknown;
  try {
    given = JSON.parse(definition);
  } catch (error) {
    throw new DefinitionError(`INVALID_JSON_DESCRIPTION: ${String(error)}`);
  }
  if (!isFields(given)) throw new DefinitionError('INVALID_JSON_DESCRIPTION: the definition is no object');
  if (/"QueryLanguage"\s*:\s*"JSONata"/.test(definition))
    throw new DefinitionError('The local lake runs JSONPath only, not JSONata.');
  const tasks = new Map<string, Fields>();
  const prepared = prepare(given, tasks);
  for (const [name, task] of tasks) {
    const resource = text(task, 'Resource') ?? '';
    if (!supports(resource))
      throw new DefinitionError(
        `The local lake does not implement the resource ${resource} of the state ${name}.`,
      );
  }
  const { StateMachine } = await loadLibrary();
  let machine: InstanceType<typeof StateMachine>;
  try {
    machine = new StateMachine(prepared as unknown as StateMachineDefinition, {
      validationOptions: { checkArn: false, checkPaths: true, noValidate: checked },
    });
  } catch (error) {
    throw new DefinitionError(
      `SCHEMA_VALIDATION_FAILED: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  return {
    run: ({ input, context, task, event }) => {
      const handlers = [...tasks].map(([state, { Resource, TimeoutSeconds }]) => {
        const timeout = typeof TimeoutSeconds === 'number' ? { timeout: TimeoutSeconds } : {};
        return [
          state,
          (parameters: unknown) => task({ state, resource: String(Resource), input: parameters, ...timeout }),
        ] as const;
      });
      const run = machine.run(input as never, {
        noThrowOnAbort: true,
        context,
        overrides: { taskResourceLocalHandlers: Object.fromEntries(handlers) as never },
      });
      // The events tell the end as well.
      run.result.catch(() => undefined);
      void (async () => {
        for await (const each of run.eventLogs) event(each);
      })();
      return run.abort;
    },
  };
}

// The library ends a task after a minute and a machine never where AWS ends the one never and the other in a year.
function prepare(machine: Fields, tasks: Map<string, Fields>): Fields {
  const states = Object.entries(fields(machine, 'States')).map(([name, state]) => {
    if (!isFields(state)) return [name, state];
    const inner = { ...state };
    if (state['Type'] === 'Task') {
      tasks.set(name, state);
      if (state['TimeoutSecondsPath'] === undefined)
        inner['TimeoutSeconds'] = Math.min(number(state, 'TimeoutSeconds') ?? longestSeconds, longestSeconds);
    }
    for (const part of ['Iterator', 'ItemProcessor']) {
      const processor = fields(state, part);
      if (fields(processor, 'ProcessorConfig')['Mode'] === 'DISTRIBUTED')
        throw new DefinitionError(
          `The local lake does not implement the distributed map of the state ${name}.`,
        );
      if (state[part] !== undefined) inner[part] = prepare(processor, tasks);
    }
    if (state['Branches'] !== undefined)
      inner['Branches'] = objects(state, 'Branches').map((branch) => prepare(branch, tasks));
    return [name, inner];
  });
  const seconds = number(machine, 'TimeoutSeconds');
  return {
    ...machine,
    States: Object.fromEntries(states),
    ...(seconds === undefined ? {} : { TimeoutSeconds: Math.min(seconds, longestSeconds) }),
  };
}
