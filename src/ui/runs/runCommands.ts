import * as vscode from 'vscode';
import { Problem } from '../../base/problem';
import { connectionKey, type Connection } from '../../connection/connection';
import { kindOf } from '../../pipelines/kinds/index';
import { isOver, type KindId, type Pipeline, type Run } from '../../pipelines/pipeline';
import { inputToStartWith } from '../../pipelines/runInput';
import type { NodeSubject, TreeNode } from '../../trees/node';
import { withStatus } from '../withCancel';
import type { InputDocuments } from './inputDocuments';
import type { LogPages } from './logPages';
import { pickPipeline } from './pickPipeline';
import { recentStarts, startPipeline, type StartParts } from './startPipeline';

/** So many log lines are shown. */
const logLimit = 2000;

/** Which pipeline to run; with an input it is started at once, as the lens would. */
export interface RunWish {
  readonly kind: KindId;
  readonly name: string;
  readonly input?: string;
}

export interface RunCommandParts extends StartParts {
  /** The connection for something the user asked for. */
  readonly use: () => Promise<Connection>;
  readonly inputs: InputDocuments;
  readonly logs: LogPages;
}

/** A run's node, or its subject alone: commands can be run without a tree. */
type RunArgument = TreeNode | Extract<NodeSubject, { kind: 'run' }>;

/** The commands of pipelines and their runs by their ids. */
export function pipelineCommands(parts: RunCommandParts) {
  /** Documents whose start is under way: a second click on the lens must not start twice. */
  const starting = new Set<string>();
  return {
    'lakeWorkbench.runPipeline': (given?: TreeNode | RunWish) => runPipeline(parts, given),
    'lakeWorkbench.startPipeline': async (address?: string): Promise<Run | undefined> => {
      const input = await parts.inputs.at(address);
      if (input === undefined)
        throw new Problem('There is no input here: run Run Pipeline and choose one first.', 'invalid');
      if (starting.has(input.address)) return undefined;
      starting.add(input.address);
      try {
        const run = await startPipeline(parts, { ...input, input: input.text });
        // It is remembered for the next time: a draft left open would only ask to be saved.
        if (run !== undefined) await parts.inputs.close(input.address);
        return run;
      } finally {
        starting.delete(input.address);
      }
    },
    'lakeWorkbench.stopRun': (given?: RunArgument) => stopRun(parts, runOf(given)),
    'lakeWorkbench.showRunLog': (given?: RunArgument) => showRunLog(parts, runOf(given)),
    'lakeWorkbench.followRun': (given?: RunArgument): void => {
      const { connection, run } = runOf(given);
      if (isOver(run)) throw new Problem(`The run of ${run.pipeline} is over: see its log.`, 'invalid');
      parts.book.follow(connection, run);
    },
    'lakeWorkbench.copyRunId': async (given?: RunArgument): Promise<string> => {
      const { run } = runOf(given);
      await vscode.env.clipboard.writeText(run.id);
      return run.id;
    },
  } as const;
}

/**
 * Chooses a pipeline and opens its input, or starts it where it takes none or the input is given. Answers with the
 * run, or with the address of the input's document; `undefined` when a question was closed.
 */
async function runPipeline(
  parts: RunCommandParts,
  given?: TreeNode | RunWish,
): Promise<Run | string | undefined> {
  const subject = given !== undefined && 'label' in given ? given.subject : undefined;
  const connection = subject?.connection ?? (await parts.use());
  const pipeline = await pipelineOf(parts, connection, given);
  if (pipeline === undefined) return undefined;
  const input = given !== undefined && 'name' in given ? given.input : undefined;
  const kind = kindOf(pipeline.kind);
  if (input !== undefined || kind.input === 'none')
    return await startPipeline(parts, { connection, pipeline, input: input ?? kind.firstInput });
  const calls = await parts.calls(pipeline.kind);
  const recent = recentStarts(parts.state);
  const content = await withStatus(`Reading the last input of ${pipeline.name}…`, (signal) =>
    inputToStartWith(
      calls,
      { connection, connectionKey: connectionKey(connection), pipeline, recent },
      signal,
    ),
  );
  return (await parts.inputs.open({ connection, pipeline }, content)).toString();
}

async function pipelineOf(
  parts: RunCommandParts,
  connection: Connection,
  given: TreeNode | RunWish | undefined,
): Promise<Pipeline | undefined> {
  const { calls } = parts;
  if (given === undefined)
    return await pickPipeline({ connection, calls, recent: recentStarts(parts.state) });
  if ('label' in given) {
    if (given.subject?.kind === 'pipeline') return given.subject.pipeline;
    throw new Problem(`${given.label} is no pipeline: choose one in the Runs view.`, 'invalid');
  }
  const { kind, name } = given;
  const listing = await calls(kind);
  let next: string | undefined;
  do {
    const page = await listing.list(
      connection,
      next === undefined ? {} : { next },
      new AbortController().signal,
    );
    const found = page.items.find((one) => one.name === name);
    if (found !== undefined) return found;
    next = page.next;
  } while (next !== undefined);
  throw new Problem(`There is no ${kindOf(kind).noun} ${name} on ${connection.name}.`, 'missing');
}

/** Asks the service to stop a run; it is followed until it has. */
async function stopRun(
  { calls, book }: RunCommandParts,
  { connection, run }: { readonly connection: Connection; readonly run: Run },
): Promise<void> {
  const kind = kindOf(run.kind);
  if (!kind.canStop)
    throw new Problem(`A ${kind.run} of ${run.pipeline} cannot be stopped: it ends by itself.`, 'invalid');
  if (connection.readOnly) {
    throw new Problem(
      `${connection.name} is read only by lakeWorkbench.connection.readOnly: the run of ${run.pipeline} was not stopped.`,
      'denied',
    );
  }
  if (connection.production) {
    const answer = await vscode.window.showWarningMessage(
      `Stop the run of ${run.pipeline}?`,
      { modal: true, detail: `${connection.name} is production.` },
      'Stop',
    );
    if (answer !== 'Stop') return;
  }
  await (await calls(run.kind)).stop(connection, { run }, new AbortController().signal);
  book.stopping(connection, book.known(run) ?? run);
}

/** Opens a run's log; returns the address of its document. */
export async function showRunLog(
  { calls, book, logs }: Pick<RunCommandParts, 'calls' | 'book' | 'logs'>,
  { connection, run }: { readonly connection: Connection; readonly run: Run },
): Promise<string> {
  const lines = await withStatus(`Reading the log of ${run.pipeline}…`, async (signal) =>
    (await calls(run.kind)).log(connection, { run, limit: logLimit }, signal),
  );
  return (await logs.show(book.known(run) ?? run, lines)).toString();
}

function runOf(given: RunArgument | undefined): { readonly connection: Connection; readonly run: Run } {
  const subject = given !== undefined && 'label' in given ? given.subject : given;
  if (subject?.kind !== 'run')
    throw new Problem('No run is chosen: run this from the menu of a run in the Runs view.', 'invalid');
  return subject;
}
