import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { catalogTree } from '../../src/trees/catalogTree';
import type { TreeNode } from '../../src/trees/node';
import { runsTree } from '../../src/trees/runsTree';
import type { Tree } from '../../src/trees/tree';
import { zonesTree } from '../../src/trees/zonesTree';
import { defaultPatterns } from '../../src/zones/zones';
import { nodeAt } from '../support/outline';
import { faultCases, idleMs } from './faultList';
import { database, never, openWorld, type World } from './world';

describe('the trees, with everything that AWS may do to them', () => {
  let world: World;
  before(async () => {
    world = await openWorld();
    await world.lake.synthetic({
      keys: [{ bucket: 'centralbank-data-lake', prefix: 'raw/many/', count: 100 }],
    });
    for (let n = 0; n < 150; n++) {
      await world.ask('AWSGlue.CreateJob', {
        Name: `job-${n}`,
        Role: 'arn:aws:iam::111122223333:role/banking-glue',
        Command: { Name: 'glueetl', ScriptLocation: 's3://centralbank-data-lake/scripts/none.py' },
      });
    }
  });
  after(() => world.lake.stop());

  /** A list in each tree, its first page loaded untroubled. */
  async function loaded(ports: ReturnType<World['ports']>): Promise<
    readonly {
      readonly tree: Tree;
      readonly node: TreeNode;
      readonly action: string;
      readonly said: string;
    }[]
  > {
    const connection = async () => world.connection;
    const zones = zonesTree({
      store: ports.store,
      connection,
      patterns: () => defaultPatterns,
      pageSize: 20,
    });
    const catalog = catalogTree({ catalog: ports.catalog, connection, pageSize: 20 });
    const runs = runsTree({
      calls: async (kind) => ports.pipelines[kind],
      connection,
      followed: () => [],
    });
    return [
      {
        tree: zones,
        node: await nodeAt(zones.root, ['raw', 'centralbank-data-lake/raw', 'many/']),
        action: 's3:ListObjectsV2',
        said: 's3:ListBucket on s3://centralbank-data-lake/raw/many/',
      },
      {
        tree: catalog,
        node: await nodeAt(catalog.root, [database, 'customer_transactions', 'partitions']),
        action: 'glue:GetPartitions',
        said: `glue:GetPartitions on ${database}.customer_transactions`,
      },
      {
        tree: runs,
        node: await nodeAt(runs.root, ['Glue jobs']),
        action: 'glue:GetJobs',
        said: 'glue:GetJobs on the jobs',
      },
    ];
  }
  const shown = async ({ node }: { readonly node: TreeNode }): Promise<readonly TreeNode[]> =>
    (await node.children?.(never)) ?? [];
  const idsOf = (nodes: readonly TreeNode[]): readonly string[] => nodes.map(({ id }) => id);

  for (const fault of faultCases) {
    test(`${fault.title} at the next page: what is loaded stays, one node says why, and trying again goes on`, async () => {
      const ports = world.ports();
      const lists = await loaded(ports);
      const first = await Promise.all(lists.map(shown));
      const troubled = world.ports(fault.wish.kind === 'latency' ? { idleMs } : {});
      // The trees keep their pages; only the way to AWS is the troubled one from here on.
      Object.assign(ports.store, troubled.store);
      Object.assign(ports.catalog, troubled.catalog);
      Object.assign(ports.pipelines['glue-job'], troubled.pipelines['glue-job']);
      await world.lake.faults(...lists.map(({ action }) => ({ action, ...fault.wish })));
      for (const { tree, node } of lists) assert.ok(tree.more(node.id));
      const during = await Promise.all(lists.map(shown));
      await world.lake.faults();
      for (const [at, { tree, node, said }] of lists.entries()) {
        const earlier = first[at] ?? [];
        const now = during[at] ?? [];
        assert.equal(earlier.at(-1)?.label, 'Load more…');
        assert.deepEqual(
          idsOf(now).slice(0, earlier.length - 1),
          idsOf(earlier).slice(0, -1),
          'nothing is lost',
        );
        if (fault.passes === 'second attempt') assert.ok(now.length > earlier.length);
        else {
          assert.equal(now.length, earlier.length, 'one node stands for the page that did not come');
          assert.equal(now.at(-1)?.menu, `problem.${fault.kind}`);
          assert.match(now.at(-1)?.hint ?? '', /^[A-Z][^\n]*\.$/);
          assert.ok(now.at(-1)?.hint?.includes(said), now.at(-1)?.hint);
        }
        tree.more(node.id);
      }
      Object.assign(ports.store, world.ports().store);
      Object.assign(ports.catalog, world.ports().catalog);
      Object.assign(ports.pipelines['glue-job'], world.ports().pipelines['glue-job']);
      for (const [at, nodes] of (await Promise.all(lists.map(shown))).entries()) {
        assert.ok(nodes.length > (first[at]?.length ?? 0), 'the next page is there');
        assert.ok(nodes.every(({ menu }) => menu?.startsWith('problem') !== true));
        assert.equal(new Set(idsOf(nodes)).size, nodes.length);
      }
    });
  }
});
