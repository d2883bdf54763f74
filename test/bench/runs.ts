import type { Connection } from '../../src/connection/connection';
import { follower } from '../../src/pipelines/follow';
import type { PipelineCalls, Run } from '../../src/pipelines/pipeline';

const runs = 20;
const minutes = 10;
/** What a look at a run takes. */
const lookMs = 40;

/** Requests of a follower of 20 runs that go on for ten minutes, on a clock of its own: nothing here waits. */
export async function runsBench(): Promise<string[]> {
  const asked: number[] = [];
  let clock = 0;
  const end = minutes * 60_000;
  let over: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (over = resolve));
  const calls: PipelineCalls = {
    ...nothing,
    state: async (_, { run }) => {
      asked.push(clock);
      clock += lookMs;
      return run;
    },
  };
  const following = follower({
    calls: async () => calls,
    onChange: () => undefined,
    now: () => clock,
    wait: async (ms, signal) => {
      signal.throwIfAborted();
      clock += ms;
      await Promise.resolve();
      if (clock >= end) {
        following.dispose();
        over();
        throw new DOMException('The time is over.', 'AbortError');
      }
    },
  });
  for (let n = 0; n < runs; n++) following.add(connection, { ...run, id: `run-${n}` });
  await ended;
  const busiest = Math.max(
    ...asked.map((from) => asked.filter((at) => at >= from && at < from + 10_000).length),
  );
  const average = asked.length / (minutes * 60);
  const lines = [
    `following ${runs} runs for ${minutes} min: ${average.toFixed(2)} requests a second, ${(busiest / 10).toFixed(2)} in the busiest ten seconds (to stay under 2)`,
  ];
  if (asked.length < runs || busiest / 10 >= 2) throw new Error(lines.join('; '));
  return lines;
}

const connection: Connection = { name: 'bench', region: 'eu-west-1', readOnly: true, production: false };
const run: Run = { kind: 'glue-job', pipeline: 'nightly', pipelineId: 'nightly', id: '', state: 'running' };

const unused = (): Promise<never> => Promise.reject(new Error('A follower only asks for states'));
const nothing = { list: unused, runs: unused, start: unused, stop: unused, log: unused };
