import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../src/base/problem';
import type { KindId, PipelineCalls, Run } from '../../src/pipelines/pipeline';
import { pipelineNodeId, runsTree } from '../../src/trees/runsTree';
import { connection, pageOf } from '../support/fakes';
import { fakeCalls, runningJob } from '../support/fakePipelines';
import { nodeAt, outline } from '../support/outline';

/** In local time, as the tree tells times. */
const at = (hour: number, minute: number) => new Date(2026, 0, 10, hour, minute);
const now = () => at(9, 0);

const failed: Run = {
  ...runningJob('jr_1'),
  state: 'failed',
  startedAt: at(2, 14),
  endedAt: at(2, 25),
  problem: 'NoSuchBucket: gone',
};

function treeOf(
  calls: { readonly [kind in KindId]?: Partial<PipelineCalls> },
  followed: readonly Run[] = [],
) {
  return runsTree({
    calls: async (kind) => fakeCalls({ list: async () => ({ items: [] }), ...calls[kind] }),
    connection: async () => connection,
    followed: () => followed,
    now,
  });
}

test('followed runs stand on top, then each kind with its pipelines and their runs', async () => {
  const job = { kind: 'glue-job' as const, name: 'migrate', id: 'migrate' };
  const tree = treeOf(
    {
      'state-machine': {
        list: async () => ({ items: [{ kind: 'state-machine', name: 'etl', id: 'arn:etl' }] }),
        runs: async () => ({ items: [] }),
      },
      'glue-job': { list: async () => ({ items: [job] }), runs: async () => ({ items: [failed] }) },
      crawler: {
        list: async () => ({
          items: [{ kind: 'crawler', name: 'nightly', id: 'nightly', schedule: 'cron(0 8 * * ? *)' }],
        }),
        runs: async () => ({
          items: [
            {
              ...runningJob('c1'),
              kind: 'crawler',
              state: 'succeeded',
              startedAt: new Date(2026, 0, 9, 8, 0),
              endedAt: new Date(2026, 0, 9, 8, 0, 40),
              outcome: '+3 partitions',
            },
          ],
        }),
      },
    },
    [{ ...runningJob('jr_2'), startedAt: at(8, 56) }],
  );
  assert.equal(
    await outline(tree.root),
    `Runs
  migrate  08:56, running for 4 min · Glue job
  State machines
    etl
      No execution yet
  Glue jobs
    migrate
      02:14  failed after 11 min
  Crawlers
    nightly  every day at 08:00 UTC
      2026-01-09 08:00  40 s, +3 partitions
  Lambda functions
    No Lambda functions here`,
  );
});

test('the reason of a failed run stands in its tooltip, and its menu fits its state', async () => {
  const runs: readonly Run[] = [
    failed,
    runningJob('jr_2'),
    { ...runningJob('jr_3'), state: 'stopping' },
    { ...runningJob('l'), kind: 'lambda' },
  ];
  const tree = treeOf({}, runs);
  const nodes = (await tree.root.children?.(new AbortController().signal)) ?? [];
  assert.match(nodes[0]?.tooltip ?? '', /NoSuchBucket: gone/);
  assert.deepEqual(
    nodes.slice(0, 4).map(({ menu }) => menu),
    ['run.over', 'run.stoppable', 'run.going', 'run.going'],
  );
});

test('pipelines come a page at a time, and a kind that is denied says so in its place', async () => {
  const names = Array.from({ length: 150 }, (_, index) => `f${index}`);
  const tree = treeOf({
    lambda: {
      list: async (_, { next }) => {
        const page = pageOf(names, next, 100);
        return { ...page, items: page.items.map((name) => ({ kind: 'lambda' as const, name, id: name })) };
      },
    },
    crawler: {
      list: async () => {
        throw new Problem('Glue denied glue:GetCrawlers.', 'denied');
      },
    },
  });
  const functions = await nodeAt(tree.root, ['Lambda functions']);
  const first = (await functions.children?.(new AbortController().signal)) ?? [];
  assert.deepEqual([first.length, first.at(-1)?.label], [101, 'Load more…']);
  assert.ok(tree.more(functions.id));
  assert.equal((await functions.children?.(new AbortController().signal))?.length, 150);
  assert.equal(
    await outline(await nodeAt(tree.root, ['Crawlers'])),
    'Crawlers\n  Not permitted  Glue denied glue:GetCrawlers.',
  );
});

test('a pipeline’s runs are asked for again once its list is forgotten, and its id can be told without the tree', async () => {
  let asked = 0;
  const pipeline = {
    kind: 'state-machine' as const,
    name: 'etl',
    id: 'arn:aws:states:eu-west-1:1:stateMachine:etl',
  };
  const tree = treeOf({
    'state-machine': {
      list: async () => ({ items: [pipeline] }),
      runs: async () => {
        asked += 1;
        return { items: [] };
      },
    },
  });
  const open = async () => outline(await nodeAt(tree.root, ['State machines', 'etl']));
  await open();
  await open();
  assert.equal(asked, 1);
  tree.forget(pipelineNodeId(connection, pipeline));
  await open();
  assert.equal(asked, 2);
});

test('a crawler has a menu of its own, and its schedule in words with the next time', async () => {
  const items = [
    {
      kind: 'crawler' as const,
      name: 'nightly',
      id: 'nightly',
      schedule: 'cron(0 8 * * ? *)',
      targets: ['s3://lake/'],
    },
    { kind: 'crawler' as const, name: 'broken', id: 'broken', schedule: 'cron(0 8)' },
  ];
  const tree = treeOf({ crawler: { list: async () => ({ items }), runs: async () => ({ items: [] }) } });
  const nightly = await nodeAt(tree.root, ['Crawlers', 'nightly']);
  assert.equal(nightly.menu, 'pipeline.crawler');
  assert.match(nightly.tooltip ?? '', /^Runs every day at 08:00 UTC, next at 2026\S*01\S*1[01] 08:00 UTC/);
  assert.match(nightly.tooltip ?? '', /s3:/);
  const broken = await nodeAt(tree.root, ['Crawlers', 'broken']);
  assert.equal(broken.hint, 'cron(0 8)');
  assert.match(broken.tooltip ?? '', /six fields, not 2/);
});
