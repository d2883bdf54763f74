import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { catalogOperations } from './catalogOperations';
import { changeOperations } from './changes';
import { crawlerOperations } from './crawlerOperations';
import { type FaultCase, faultCases, idleMs, lateMs } from './faultList';
import { faultsPage, type Outcome } from './faultsPage';
import { type Cell, type Operation, readOperations } from './operations';
import { objectOperations } from './objectOperations';
import { pipelineOperations } from './pipelineOperations';
import { storageOperations } from './storageOperations';
import { assertSentence, type Ending, endingOf, openWorld, type World } from './world';

const operations: readonly Operation[] = [
  ...readOperations,
  ...changeOperations,
  ...catalogOperations,
  ...objectOperations,
  ...pipelineOperations,
  ...crawlerOperations,
  ...storageOperations,
];

test('the matrix has every command that the adapters send', () => {
  const sent = readdirSync('src/aws')
    .flatMap((name) => [...readFileSync(`src/aws/${name}`, 'utf8').matchAll(/new (\w+)Command\(/g)])
    .map(([, command]) => command ?? '');
  assert.deepEqual(
    [...new Set(operations.map(({ command }) => command))].toSorted(),
    [...new Set(sent)].toSorted(),
  );
});

describe('every operation, with everything that AWS may do to it', () => {
  let world: World;
  /** For what no fault meets. */
  let calmPorts: ReturnType<World['ports']>;
  const outcomes: Outcome[] = [];
  before(async () => {
    world = await openWorld();
    calmPorts = world.ports();
  });
  after(() => world.lake.stop());

  for (const [row, fault] of faultCases.entries()) {
    test(`${fault.title}: one sentence or the answer, and no second effect`, async () => {
      const cells = await Promise.all(
        operations.map(async (operation, column) => ({
          operation,
          cell: await operation.cell(world, 1000 * (row + 1) + column),
        })),
      );
      await world.lake.clearCalls();
      // Each rule hits the calls of one operation, so that all cells of a fault run side by side.
      await world.lake.faults(...operations.map(({ at }) => ({ ...at, ...fault.wish })));
      const late = fault.wish.kind === 'latency';
      const ports = () => world.ports(late ? { idleMs } : {});
      const endings = await Promise.all(cells.map(({ cell }) => endingOf(cell.run(ports()))));
      await world.lake.faults();
      if (late) await new Promise((next) => setTimeout(next, lateMs));
      const calls = await world.lake.calls();
      const seen = cells.map(({ operation, cell }, index) => {
        const ending = endings[index];
        assert.ok(ending);
        const { action, table } = operation.at;
        const attempts = calls.filter(
          (call) => call.action === action && (table === undefined || call.table === table),
        ).length;
        return { operation, cell, fault, ending, attempts };
      });
      outcomes.push(...seen);
      const wrong: string[] = [];
      await Promise.all(
        seen.map((one) =>
          assertCell(one).catch((error: unknown) => {
            wrong.push(`${one.operation.command}: ${error instanceof Error ? error.message : String(error)}`);
          }),
        ),
      );
      for (const { cell } of cells) await cell.tidy?.();
      assert.deepEqual(wrong, []);
    });
  }

  /** The cell as it must be, then the same call again, which the fault no longer meets. */
  async function assertCell(seen: {
    readonly operation: Operation;
    readonly cell: Cell;
    readonly fault: FaultCase;
    readonly ending: Ending;
    readonly attempts: number;
  }): Promise<void> {
    const { operation, cell, fault, ending, attempts } = seen;
    const repeats = operation.repeats === 'safely' && fault.repeated;
    const unharmed =
      (operation.formless === true && fault.wish.kind === 'malformed') ||
      (operation.bodiless === true && fault.wish.kind === 'half');
    const waited = operation.patient === true && fault.wish.kind === 'latency';
    const answered = unharmed || waited || (repeats && fault.passes === 'second attempt');
    assert.equal(attempts, repeats && !unharmed ? 2 : 1, 'attempts');
    if (ending.kind === 'answer') assert.ok(answered, 'an answer where there can be none');
    else {
      const { problem } = ending;
      assert.ok(!answered, `no answer: ${problem.message}`);
      assert.equal(problem.kind, operation.kinds?.[fault.title] ?? fault.kind, problem.message);
      assertSentence(problem, [operation.action, cell.target]);
      assert.deepEqual([problem.details.action, problem.details.target], [operation.action, cell.target]);
    }
    const happened = answered || fault.carriedOut ? 1 : 0;
    if (cell.effects !== undefined) assert.equal(await cell.effects(), happened, 'effects at the lake');
    if (operation.repeats === 'never') return;
    await cell.run(calmPorts);
    if (cell.effects !== undefined) assert.equal(await cell.effects(), 1, 'effects after doing it again');
  }

  test('docs/faults.md is what happened here (UPDATE=1 writes it)', () => {
    const page = faultsPage(operations, outcomes);
    if (process.env['UPDATE'] === '1') writeFileSync('docs/faults.md', page);
    assert.equal(readFileSync('docs/faults.md', 'utf8'), page);
  });
});
