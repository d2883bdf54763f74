import type { StateMachine, StateMachineDefinition } from 'aws-local-stepfunctions';

export type { StateMachineDefinition };

/** An event of the library that runs the Amazon States Language. */
export type EventLog =
  ReturnType<StateMachine['run']>['eventLogs'] extends AsyncGenerator<infer Event> ? Event : never;

/** Loads that library when the first machine is made: it takes a fifth of a second. */
export async function loadLibrary(): Promise<typeof import('aws-local-stepfunctions')> {
  // It wants a Node that has this; Node 20 has not.
  const promises = Promise as unknown as { withResolvers?: () => unknown };
  promises.withResolvers ??= () => {
    let resolve: (value: unknown) => void = () => undefined;
    let reject: (reason: unknown) => void = () => undefined;
    const promise = new Promise((done, failed) => {
      resolve = done;
      reject = failed;
    });
    return { promise, resolve, reject };
  };
  return import('aws-local-stepfunctions');
}
