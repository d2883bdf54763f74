import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { ViewTest } from './harness';
import { activeText, posted, seenCells, settledCells, twoFrames } from './probes';

export const inputTests: readonly ViewTest[] = [
  {
    name: 'every key of a spreadsheet moves the focus where it should',
    async run(open) {
      const page = await focused(await open(), 100_000, 40);
      const press = async (key: string): Promise<string | null> => {
        await page.keyboard.press(key);
        await twoFrames(page);
        await settledCells(page);
        return activeText(page);
      };
      assert.equal(await activeText(page), '0');
      assert.equal(await press('ArrowDown'), '1');
      assert.equal(await press('ArrowRight'), 'r1c1');
      assert.equal(await press('ArrowUp'), 'r0c1');
      assert.equal(await press('ArrowUp'), 'r0c1');
      assert.equal(await press('End'), 'r0c39');
      assert.equal(await press('Home'), '0');
      assert.equal(await press('Control+End'), 'r99999c39');
      assert.equal(await press('Control+Home'), '0');
      assert.equal(await press('Control+ArrowDown'), '99999');
      assert.equal(await press('Control+ArrowRight'), 'r99999c39');
      assert.equal(await press('Control+Home'), '0');
      const page1 = Number(await press('PageDown'));
      assert.ok(page1 > 15, `a page is ${page1} rows`);
      assert.equal(await press('PageDown'), String(2 * page1));
      assert.equal(await press('PageUp'), String(page1));
      const rows = (await seenCells(page)).filter((cell) => cell.text === String(page1));
      assert.equal(rows.length, 1, 'the focus is in view');
    },
  },
  {
    name: 'the grid is told to screen readers: counts, indexes, focus and selection',
    async run(open) {
      const page = await focused(await open(), 2_000_000, 40);
      const grid = page.locator('[role=grid]');
      assert.equal(await grid.getAttribute('aria-rowcount'), '2000001');
      assert.equal(await grid.getAttribute('aria-colcount'), '40');
      assert.equal(await grid.getAttribute('aria-multiselectable'), 'true');
      const wrong = await page.evaluate(() => {
        const seen = [...document.querySelectorAll('[role=gridcell],[role=columnheader]')].filter(
          (cell) => cell.getClientRects().length > 0,
        );
        return seen.filter(
          (cell) =>
            !Number(cell.getAttribute('aria-colindex')) ||
            !Number(cell.parentElement?.getAttribute('aria-rowindex')) ||
            cell.closest('[role=rowgroup]') === null ||
            (cell.role === 'gridcell' && !cell.hasAttribute('aria-selected')),
        ).length;
      });
      assert.equal(wrong, 0);
      await page.keyboard.press('Control+End');
      await twoFrames(page);
      await settledCells(page);
      const active = page.locator('#active-cell');
      assert.equal(await active.count(), 1);
      assert.equal(await active.getAttribute('aria-selected'), 'true');
      assert.equal(await active.getAttribute('aria-colindex'), '40');
      assert.equal(await page.locator('.row:has(#active-cell)').getAttribute('aria-rowindex'), '2000001');
      assert.equal(await page.locator('[role=status]').count(), 1);
    },
  },
  {
    name: 'ranges are selected by Shift and keys, by the pointer and by a column name, and copied by the host',
    async run(open) {
      const page = await focused(await open(), 1_000, 6);
      for (const key of ['Shift+ArrowDown', 'Shift+ArrowDown', 'Shift+ArrowRight'])
        await page.keyboard.press(key);
      await twoFrames(page);
      assert.equal(await page.locator('[role=gridcell][aria-selected=true]:visible').count(), 6);
      await page.keyboard.press('Control+c');
      assert.deepEqual(await lastCopy(page, 1), [{ top: 0, left: 0, bottom: 2, right: 1 }, false]);
      const cells = await seenCells(page);
      const from = cells.find((cell) => cell.row === 4 && cell.column === 1);
      const to = cells.find((cell) => cell.row === 9 && cell.column === 3);
      assert.ok(from !== undefined && to !== undefined);
      await page.mouse.move(from.x + 5, from.y + 5);
      await page.mouse.down();
      await page.mouse.move(to.x + 5, to.y + 5, { steps: 4 });
      await page.mouse.up();
      await page.keyboard.press('Control+c');
      assert.deepEqual(await lastCopy(page, 2), [{ top: 4, left: 1, bottom: 9, right: 3 }, false]);
      await page.getByRole('columnheader', { name: 'column 2' }).click({ position: { x: 10, y: 10 } });
      await page.keyboard.press('Control+c');
      assert.deepEqual(await lastCopy(page, 3), [{ top: 0, left: 2, bottom: 999, right: 2 }, false]);
      await page.keyboard.press('Control+a');
      await page.keyboard.press('Control+c');
      assert.deepEqual(await lastCopy(page, 4), [{ top: 0, left: 0, bottom: 999, right: 5 }, false]);
      assert.match((await page.locator('.place').textContent()) ?? '', /1,000 × 6 selected/);
      await page.evaluate(() => document.execCommand('selectAll'));
      assert.equal(
        await page.evaluate(() => getSelection()?.toString()),
        '',
        'no text of the page is selected',
      );
      await page.keyboard.press('ArrowDown');
      await page.getByRole('button', { name: 'Copy', exact: true }).click();
      assert.deepEqual(await lastCopy(page, 5), [{ top: 0, left: 0, bottom: 999, right: 5 }, true]);
    },
  },
  {
    name: 'columns are resized by the handle, by keys and to their content, and keep it when shown again',
    async run(open) {
      const page = await focused(await open(), 1_000, 6);
      const width = async (): Promise<number> => {
        await twoFrames(page);
        return (await seenCells(page)).find((cell) => cell.column === 1)?.width ?? 0;
      };
      const before = await width();
      const box = await page.locator('[role=columnheader][aria-colindex="2"] .handle').boundingBox();
      assert.ok(box !== null);
      await page.mouse.move(box.x + 3, box.y + 5);
      await page.mouse.down();
      await page.mouse.move(box.x + 103, box.y + 5, { steps: 3 });
      await page.mouse.up();
      assert.equal(await width(), before + 100);
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Alt+Shift+ArrowRight');
      assert.equal(await width(), before + 116);
      await page.keyboard.press('ArrowDown');
      await page.waitForTimeout(300);
      await page.evaluate(() => window.lake.open({ rows: 1_000, columns: 6 }));
      await settledCells(page);
      assert.equal(await width(), before + 116);
      await page.locator('[role=grid]').focus();
      assert.equal(await activeText(page), 'r1c1');
      await page.locator('[role=columnheader][aria-colindex="2"] .handle').dblclick();
      assert.ok((await width()) <= before);
    },
  },
  {
    name: 'Enter shows the whole text of a cell, Escape goes back to the grid',
    async run(open) {
      const page = await focused(await open(), 100, 5);
      for (let step = 0; step < 7; step++) await page.keyboard.press('ArrowDown');
      for (let step = 0; step < 3; step++) await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Enter');
      await page.waitForFunction(
        () => (document.querySelector('.detail pre')?.textContent ?? '').length > 4_096,
      );
      assert.equal(await page.locator('.detail pre').textContent(), 'long '.repeat(2_000));
      assert.equal((await posted(page, 'cell')).length, 1);
      await page.keyboard.press('Escape');
      assert.equal(await page.locator('.detail').isVisible(), false);
      assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('role')), 'grid');
    },
  },
  {
    name: 'running, cancel, error, buttons and notes say and post what they should',
    async run(open) {
      const page = await open();
      assert.match((await page.locator('.note').textContent()) ?? '', /^Run a statement/);
      assert.deepEqual(await posted(page, 'ready'), [{ kind: 'ready', version: 1 }]);
      await page.evaluate(() =>
        window.lake.send({
          kind: 'running',
          state: 'Running',
          elapsedMs: 3_000,
          detail: '410 MB scanned',
          cancellable: true,
        }),
      );
      await page.waitForFunction(() =>
        /^Running · 3\.[2-9] s · 410 MB scanned$/.test(
          document.querySelector('.running .message')?.textContent ?? '',
        ),
      );
      await page.getByRole('button', { name: 'Cancel' }).click();
      assert.equal(await page.getByRole('button', { name: 'Cancelling…' }).isDisabled(), true);
      await page.evaluate(() =>
        window.lake.send({
          kind: 'error',
          message: "line 3:9: Column 'x' cannot be resolved",
          place: 'line 3, column 9',
        }),
      );
      assert.match((await page.getByRole('alert').textContent()) ?? '', /cannot be resolved/);
      await page.getByRole('button', { name: 'Go to line 3, column 9' }).click();
      await page.evaluate(() => window.lake.open({ rows: 0, columns: 3 }));
      await page.getByText('No rows.').waitFor();
      assert.equal(await page.getByRole('columnheader').count(), 3);
      for (const name of ['Export CSV', 'Open as file', 's3://results/athena/0a1b2c3d.csv']) {
        await page.getByRole('button', { name }).click();
      }
      await page.waitForTimeout(30);
      for (const kind of ['cancel', 'revealError', 'exportCsv', 'openFile', 'copyLocation']) {
        assert.equal((await posted(page, kind)).length, 1, kind);
      }
      assert.match(
        (await page.locator('.facts').textContent()) ?? '',
        /^0 rows · 410 MB scanned · \$0\.002 · 3\.4 s · s3:/,
      );
      await page.evaluate(() => window.lake.open({ rows: 0, columns: 0 }));
      await page.getByText('Done. The statement returns no rows.').waitFor();
      await page.evaluate(() => window.lake.send({ kind: 'status', text: 'Copied 12 rows' }));
      await page.getByRole('status').getByText('Copied 12 rows').waitFor();
      assert.deepEqual(await page.evaluate(() => window.lake.violations), []);
    },
  },
];

async function focused(page: Page, rows: number, columns: number): Promise<Page> {
  await page.evaluate((request) => window.lake.open(request), { rows, columns });
  await settledCells(page);
  await page.locator('[role=grid]').focus();
  await twoFrames(page);
  return page;
}

/** Range and header of the newest copy request, once there are so many. */
async function lastCopy(page: Page, count: number): Promise<readonly unknown[]> {
  await page.waitForFunction(
    (wanted) => window.lake.posted.filter((message) => message.kind === 'copy').length === wanted,
    count,
  );
  const message = (await posted(page, 'copy')).at(-1);
  return [message?.range, message?.withHeader];
}
