import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { formatDuration } from '../base/format';
import { Problem } from '../base/problem';
import { sleep } from '../base/pool';
import { nearest } from '../lint/settings';
import { kindOf, pipelineKinds } from '../pipelines/kinds/index';
import { lastLines } from '../pipelines/logText';
import {
  isOver,
  type KindId,
  type Pipeline,
  type PipelineCalls,
  type Run,
  runMs,
} from '../pipelines/pipeline';
import { endSentence } from '../pipelines/runEnd';
import { startOnce } from '../pipelines/startOnce';
import { wrongUse } from './arguments';
import {
  optionFlag,
  optionText,
  optionTexts,
  type Command,
  type CommandContext,
  type ExitCode,
} from './command';
import { type Lake, openLake } from './lake';
import { progressOf } from './progress';
import { readTextFile } from './textFile';

/** Lines of the log that are printed when a run failed. */
const shownLines = 10;
/** Between two looks at a run, milliseconds: often at first, seldom for a long run. */
const firstWait = 500;
const longestWait = 15_000;

/** `lake-workbench run KIND NAME`. */
export const command: Command = {
  name: 'run',
  summary: 'start a pipeline, and follow it to its end',
  usage: 'KIND NAME',
  help: `
Starts a state machine, a Glue job, a crawler or a Lambda function once: a start whose answer is lost is looked up,
never repeated. KIND is state-machine, glue-job, crawler or lambda.

--input gives a state machine or function its JSON, --arg the arguments of a Glue job. --name names an execution of a
state machine; with the same name and input, a second start is the same execution.

--wait follows the run to its end and exits 1 when it failed, with the reason and the last lines of its log. Ctrl-C
while waiting stops the run on AWS and exits 130. A function is always waited for.

--format json prints { "version": 1, "kind", "name", "run": { "id", "state", "startedAt", "endedAt", "step",
"problem", "outcome" }, "log": ["…"] }; "log" only when the run failed.`,
  options: {
    input: { type: 'string', value: 'JSON|@FILE', description: 'input of a state machine or function' },
    arg: {
      type: 'string',
      multiple: true,
      value: 'NAME=VALUE',
      description: 'an argument of a Glue job, --NAME in the job',
    },
    name: { type: 'string', value: 'N', description: 'name of the execution (state machines)' },
    wait: { type: 'boolean', description: 'follow the run to its end' },
  },
  async run(context) {
    const [kindText, name, ...rest] = context.arguments;
    if (kindText === undefined || name === undefined || rest.length > 0) {
      throw wrongUse('run needs a kind and a name: write lake-workbench run state-machine NAME.');
    }
    const kind = kindFrom(kindText);
    const input = await inputOf(kind, context);
    const token = tokenOf(kind, context);
    const lake = await openLake(context);
    const calls = lake.ports.pipelines[kind];
    const pipeline = await findPipeline(calls, { kind, name, lake }, context.signal);
    context.signal.throwIfAborted();
    const run = await startOnce(
      calls,
      { connection: lake.connection, pipeline, input, token, now: () => new Date() },
      // A start that was sent is waited for: only its answer says what there is to stop. An invocation is its run.
      kind === 'lambda' ? context.signal : new AbortController().signal,
    );
    const ended = optionFlag(context.options, 'wait') ? await follow(calls, { lake, run }, context) : run;
    const code = await report(calls, { lake, run: ended }, context);
    return context.signal.aborted ? 130 : code;
  },
};

function kindFrom(text: string): KindId {
  const found = pipelineKinds.find(({ id }) => id === text);
  if (found !== undefined) return found.id;
  const ids = pipelineKinds.map(({ id }) => id);
  const meant = nearest(text, ids);
  throw wrongUse(
    meant === undefined
      ? `run does not start the kind ${text}: it knows ${ids.join(', ')}.`
      : `run does not start the kind ${text}: did you mean ${meant}?`,
  );
}

async function inputOf(kind: KindId, context: CommandContext): Promise<string> {
  const given = optionText(context.options, 'input');
  const args = optionTexts(context.options, 'arg');
  const { noun, input } = kindOf(kind);
  if (args.length > 0 && input !== 'arguments')
    throw wrongUse(`--arg is for Glue jobs: give a ${noun} ${input === 'none' ? 'nothing' : '--input'}.`);
  if (given !== undefined && input === 'none') throw wrongUse(`A ${noun} takes no --input.`);
  const text =
    given === undefined
      ? kindOf(kind).firstInput
      : given.startsWith('@')
        ? (await readTextFile(resolve(context.cwd, given.slice(1)), given.slice(1))).text
        : given;
  const whole = args.length === 0 ? text : withArguments(text, args);
  const wrong = kindOf(kind).check(whole);
  if (wrong !== undefined) throw wrong;
  return whole;
}

/** Arguments of single options on top of those of `--input`. */
function withArguments(input: string, args: readonly string[]): string {
  const wrong = kindOf('glue-job').check(input);
  if (wrong !== undefined) throw wrong;
  const all = JSON.parse(input) as Record<string, string>;
  for (const one of args) {
    const at = one.indexOf('=');
    if (at < 1)
      throw wrongUse(`--arg takes NAME=VALUE and not ${one}: write --arg target=s3://bucket/prefix/.`);
    all[`--${one.slice(0, at).replace(/^-+/, '')}`] = one.slice(at + 1);
  }
  return JSON.stringify(all);
}

function tokenOf(kind: KindId, { options }: CommandContext): string {
  const name = optionText(options, 'name');
  if (name === undefined) return `lake-${randomUUID()}`;
  if (kind !== 'state-machine')
    throw wrongUse('--name is for state machines: only their executions have names.');
  if (!/^[\w-]{1,80}$/.test(name))
    throw wrongUse(`${name} cannot name an execution: use up to 80 letters, digits, - and _.`);
  return name;
}

async function findPipeline(
  calls: PipelineCalls,
  wanted: { readonly kind: KindId; readonly name: string; readonly lake: Lake },
  signal: AbortSignal,
): Promise<Pipeline> {
  const { kind, name, lake } = wanted;
  // Everything but a state machine is called by its name: the service itself says when there is none.
  if (kind !== 'state-machine') return { kind, name, id: name };
  const seen: string[] = [];
  let next: string | undefined;
  do {
    const page = await calls.list(lake.connection, next === undefined ? {} : { next }, signal);
    const found = page.items.find((one) => one.name === name || one.id === name);
    if (found !== undefined) return found;
    seen.push(...page.items.map((one) => one.name));
    next = page.next;
  } while (next !== undefined);
  const meant = nearest(name, seen);
  throw new Problem(
    `There is no state machine ${name} in ${lake.connection.region}${meant === undefined ? ': look at its name in the console.' : `: did you mean ${meant}?`}`,
    'missing',
  );
}

/** Looks at a run until it is over; Ctrl-C stops it on AWS first. */
async function follow(
  calls: PipelineCalls,
  { lake, run: begun }: { readonly lake: Lake; readonly run: Run },
  context: CommandContext,
): Promise<Run> {
  const progress = progressOf(context);
  let run = begun;
  let wait = firstWait;
  try {
    while (!isOver(run)) {
      const ms = runMs(run, new Date());
      const lasted = ms === undefined ? '' : ` for ${formatDuration(Math.max(0, ms))}`;
      progress.show(
        `${run.pipeline}: ${run.state}${lasted}${run.step === undefined ? '' : ` at ${run.step}`}`,
      );
      await sleep(wait, context.signal);
      wait = Math.min(longestWait, wait * 1.3);
      try {
        run = await calls.state(lake.connection, { run }, context.signal);
      } catch (error) {
        // A line that breaks or a busy service is no reason to lose sight of the run.
        if (!(error instanceof Problem) || !['offline', 'throttled', 'other'].includes(error.kind))
          throw error;
        progress.show(error.message);
      }
    }
    return run;
  } catch (error) {
    if (!context.signal.aborted) throw error;
    progress.clear();
    await stop(calls, { lake, run }, context);
    throw error;
  } finally {
    progress.clear();
  }
}

async function stop(
  calls: PipelineCalls,
  { lake, run }: { readonly lake: Lake; readonly run: Run },
  { stderr, options }: CommandContext,
): Promise<void> {
  const say = (text: string): void => {
    if (!optionFlag(options, 'quiet')) stderr.write(`lake-workbench: ${text}\n`);
  };
  // The signal of the command is spent; this call has a time of its own.
  try {
    await calls.stop(lake.connection, { run }, AbortSignal.timeout(30_000));
    say(`asked AWS to stop ${run.pipeline} (${run.id}).`);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    say(`the run was not stopped: ${error.message}`);
  }
}

async function report(
  calls: PipelineCalls,
  { lake, run }: { readonly lake: Lake; readonly run: Run },
  context: CommandContext,
): Promise<ExitCode> {
  const failed = isOver(run) && run.state !== 'succeeded';
  const log = failed ? await logOf(calls, { lake, run }, context) : [];
  if (optionText(context.options, 'format') === 'json') {
    const { id, state, startedAt, endedAt, step, problem, outcome } = run;
    const told = { id, state, startedAt, endedAt, step, problem, outcome };
    const answer = { version: 1, kind: run.kind, name: run.pipeline, run: told, ...(failed ? { log } : {}) };
    context.stdout.write(`${JSON.stringify(answer, null, 2)}\n`);
  } else if (!isOver(run)) {
    context.stdout.write(`Started ${run.pipeline}: ${run.id}\n`);
  } else {
    context.stdout.write(`${endSentence(run)}\n${log.map((line) => `  ${line}\n`).join('')}`);
  }
  return failed ? 1 : 0;
}

/** The last lines of a failed run's log; that it cannot be read must not hide why the run failed. */
async function logOf(
  calls: PipelineCalls,
  { lake, run }: { readonly lake: Lake; readonly run: Run },
  { signal }: CommandContext,
): Promise<readonly string[]> {
  try {
    return lastLines(await calls.log(lake.connection, { run, limit: 200 }, signal), shownLines);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return [`(${error.message})`];
  }
}
