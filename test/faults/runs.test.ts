import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { follower, type RunChange } from '../../src/pipelines/follow';
import type { KindId, Pipeline, Run } from '../../src/pipelines/pipeline';
import { startOnce } from '../../src/pipelines/startOnce';
import { type FaultCase, faultCases, idleMs, lateMs } from './faultList';
import { execution, machine, needMachine, newCrawler, newJob } from './pipelineOperations';
import { assertSentence, endingOf, never, openWorld, type World } from './world';

describe('pipelines, with everything that AWS may do to them', () => {
  let world: World;
  before(async () => {
    world = await openWorld();
    await needMachine(world);
  });
  after(() => world.lake.stop());

  const portsFor = (fault: FaultCase) => world.ports(fault.wish.kind === 'latency' ? { idleMs } : {});

  for (const [row, fault] of faultCases.entries()) {
    test(`${fault.title} at the start: a pipeline is started once or not at all`, async () => {
      const cells: readonly {
        readonly kind: KindId;
        readonly pipeline: Pipeline;
        readonly action: string;
        readonly repeats: boolean;
        readonly started: () => Promise<number>;
      }[] = [
        {
          kind: 'state-machine',
          pipeline: machine,
          action: 'states:StartExecution',
          repeats: true,
          started: async () => {
            const { executions } = await world.ask('AWSStepFunctions.ListExecutions', {
              stateMachineArn: machine.id,
            });
            const all = executions as readonly { readonly name: string }[];
            return all.filter(({ name }) => name === `once-${row}`).length;
          },
        },
        await jobCell(`once-${row}`),
        await crawlerCell(row),
      ];
      await world.lake.faults(...cells.map(({ action }) => ({ action, ...fault.wish })));
      const ports = portsFor(fault);
      const endings = await Promise.all(
        cells.map(({ kind, pipeline }) => {
          const request = { connection: world.connection, pipeline, input: '{}', token: `once-${row}` };
          return endingOf(startOnce(ports.pipelines[kind], { ...request, now: () => new Date() }, never));
        }),
      );
      await world.lake.faults();
      if (fault.wish.kind === 'latency') await new Promise((next) => setTimeout(next, lateMs));
      for (const [at, { pipeline, action, repeats, started }] of cells.entries()) {
        const ending = endings[at];
        const passes = repeats && fault.passes === 'second attempt';
        assert.equal(await started(), passes || fault.carriedOut ? 1 : 0, `${action} took effect`);
        if (passes) assert.equal(ending?.kind, 'answer', action);
        // Carried out and its answer lost: the run is found in the list, unless it is not there yet.
        else if (fault.carriedOut && fault.wish.kind !== 'latency')
          assert.equal(ending?.kind, 'answer', action);
        else if (ending?.kind === 'problem') {
          assert.equal(ending.problem.kind, fault.kind);
          assertSentence(ending.problem, [pipeline.name]);
          assert.equal(ending.problem.details.action, action);
        } else assert.equal(fault.wish.kind, 'latency', 'an answer where there can be none');
      }
    });

    test(`${fault.title} while a run is followed: it is followed on, and its end is told`, async () => {
      const run = await execution(world, row, 'followed');
      const changes: RunChange[] = [];
      // New clients for each look: the pace that the SDK keeps after throttling adds nothing here but seconds.
      const calls = async () => ({
        ...world.ports().pipelines['state-machine'],
        state: (...look: Parameters<ReturnType<World['ports']>['pipelines']['lambda']['state']>) =>
          portsFor(fault).pipelines['state-machine'].state(...look),
      });
      await world.lake.faults({ action: 'states:DescribeExecution', ...fault.wish });
      const following = follower({
        calls,
        onChange: (change) => changes.push(change),
        wait: (_, signal) => soon(signal),
      });
      try {
        following.add(world.connection, run);
        if (fault.passes === 'never') {
          await until(() => changes.some(({ problem }) => problem !== undefined));
          const problem = changes.find((change) => change.problem !== undefined)?.problem;
          assert.equal(problem?.kind, fault.kind);
          assert.equal(following.runs.length, 1, 'still followed');
        }
        await world.lake.faults();
        await world.ask('AWSStepFunctions.StopExecution', { executionArn: run.id });
        await until(() => following.runs.length === 0);
        assert.equal(changes.at(-1)?.run.state, 'stopped');
      } finally {
        following.dispose();
      }
    });
  }

  async function jobCell(name: string) {
    const pipeline = await newJob(world, name);
    return {
      kind: 'glue-job',
      pipeline,
      action: 'glue:StartJobRun',
      repeats: false,
      started: async () =>
        ((await world.ask('AWSGlue.GetJobRuns', { JobName: name }))['JobRuns'] as readonly Run[]).length,
    } as const;
  }

  async function crawlerCell(number: number) {
    const pipeline = await newCrawler(world, number);
    return {
      kind: 'crawler',
      pipeline,
      action: 'glue:StartCrawler',
      repeats: false,
      started: async () =>
        ((await world.ask('AWSGlue.ListCrawls', { CrawlerName: pipeline.name }))['Crawls'] as readonly Run[])
          .length,
    } as const;
  }
});

async function soon(signal: AbortSignal): Promise<void> {
  await new Promise((next) => setTimeout(next, 10));
  if (signal.aborted) throw new DOMException('The wait was cancelled.', 'AbortError');
}

async function until(fits: () => boolean): Promise<void> {
  for (let looks = 0; !fits(); looks++) {
    assert.ok(looks < 1500, 'what was waited for did not come');
    await new Promise((next) => setTimeout(next, 10));
  }
}
