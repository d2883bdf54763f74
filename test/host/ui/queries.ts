import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { grid, pressInGrid, resultsPage, rowTexts, waitForRows } from './results';
import { runFile, startAndCancel } from './steps';
import { runCommand, type UiTest } from './workbench';

const rows = 100_000;

/** Running, reading, exporting, cancelling. */
export const queryTests: readonly UiTest[] = [
  {
    name: 'a hundred thousand rows can be read from the first to the last',
    async run(session) {
      const { page, pictures } = session;
      await runFile(session, 'hundred-thousand.sql');
      await waitForRows(page, rows);
      const [first] = await rowTexts(page, 1);
      assert.ok(first);
      await page.screenshot({ path: `${pictures}/results.png` });
      await grid(page).focus();
      await pressInGrid(page, 'Control+End');
      const last = await rowTexts(page, rows);
      assert.ok((last[0] ?? '') > first, `${last[0]} comes after ${first}`);
      await pressInGrid(page, 'Control+Home');
      assert.equal((await rowTexts(page, 1))[0], first);
    },
  },
  {
    name: 'after scrolling with the wheel the rows in view are the right ones',
    async run({ page }) {
      await grid(page).hover();
      for (let turn = 0; turn < 30; turn += 1) await page.mouse.wheel(0, 700);
      const drawn = () =>
        grid(page)
          .locator('.body [role=row]:not([hidden])')
          .evaluateAll((nodes) => nodes.map((node) => Number(node.getAttribute('aria-rowindex'))));
      // The wheel turns on for a while: it stands when two looks see the same rows.
      let indices = await drawn();
      for (let before = ''; before !== String(indices) || Math.min(...indices) <= 100;) {
        before = String(indices);
        await setTimeout(250);
        indices = await drawn();
      }
      const lowest = Math.min(...indices);
      assert.ok(lowest > 100, `the first row in view is ${lowest - 1}`);
      const texts = await Promise.all(
        indices.toSorted((a, b) => a - b).map((index) => rowTexts(page, index - 1)),
      );
      const ids = texts.map(([id]) => id);
      assert.deepEqual(ids, ids.toSorted());
      assert.equal(new Set(ids).size, ids.length);
    },
  },
  {
    name: 'the line above the rows tells rows, bytes and USD',
    async run({ page }) {
      const header = await resultsPage(page).locator('header').innerText();
      assert.match(header, /100,000 rows/);
      assert.match(header, /[\d.,]+ (B|kB|KB|MB) scanned/);
      assert.match(header, /\$\d/);
    },
  },
  {
    name: 'the result is exported as CSV, the last row included',
    async run({ page, workspace }) {
      const path = join(workspace, 'export.csv');
      await pressInGrid(page, 'Control+End');
      const [last] = await rowTexts(page, rows);
      await runCommand(page, 'Lake: Export Result to CSV');
      const input = page.locator('.quick-input-widget input');
      await input.waitFor();
      await input.fill(path);
      await page.keyboard.press('Enter');
      // The file gets its name when all of it is there.
      for (let tries = 0; tries < 600 && !existsSync(path); tries += 1) await setTimeout(100);
      const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
      assert.equal(lines.length, rows + 1);
      assert.ok(lines.at(-1)?.includes(last ?? '?'), lines.at(-1));
    },
  },
  {
    name: 'NULL is told from an empty text',
    async run(session) {
      const { page } = session;
      await runFile(session, 'null-or-empty.sql');
      await waitForRows(page, 30);
      const cells = grid(page).locator('.body [role=gridcell][aria-colindex="2"]:not([hidden])');
      assert.equal((await rowTexts(page, 1))[1], '');
      assert.equal(await cells.filter({ hasText: /^$/ }).first().getAttribute('aria-label'), 'empty');
      await grid(page).focus();
      await pressInGrid(page, 'Control+End');
      assert.equal((await rowTexts(page, 30))[1], 'NULL');
    },
  },
  {
    name: 'cancelling stops the query on the server',
    async run(session) {
      assert.match(await startAndCancel(session), /^[\da-f-]{36}$/);
      await resultsPage(session.page)
        .getByText(/cancel/i)
        .first()
        .waitFor();
    },
  },
  {
    name: 'a query that fails says why and leads to its place in the editor',
    async run(session) {
      const { page, pictures } = session;
      await runFile(session, 'no-such-column.sql');
      const problem = resultsPage(page).getByRole('alert').filter({ hasText: 'no_such_column' });
      await problem.waitFor();
      await page.screenshot({ path: `${pictures}/failed-query.png` });
      await problem.getByRole('button', { name: /Go to/ }).click();
      await page.locator('.tab.active', { hasText: 'no-such-column.sql' }).waitFor();
    },
  },
];
