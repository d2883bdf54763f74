import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { ViewTest } from './harness';
import { scrollTo, seenCells, settledCells, twoFrames, type SeenCell } from './probes';

export const dataTests: readonly ViewTest[] = [
  ...[100_000, 2_000_000].map((rows) => ({
    name: `the first and the last of ${rows.toLocaleString('en')} rows can be reached and read`,
    async run(open: Parameters<ViewTest['run']>[0]) {
      const page = await open();
      await openRows(page, rows, 12);
      let cells = await settledCells(page);
      assert.equal(cells[0]?.text, '0');
      assert.equal(textAt(cells, 0, 1), 'r0c1');
      await scrollTo(page, 1);
      cells = await settledCells(page);
      const last = cells.at(-1);
      assert.equal(last?.row, rows - 1);
      assert.equal(textAt(cells, rows - 1, 0), String(rows - 1));
      assert.equal(textAt(cells, rows - 1, 1), `r${rows - 1}c1`);
      const bottom = await page.evaluate(
        () => document.querySelector('.body')?.getBoundingClientRect().bottom,
      );
      assert.ok(Math.abs(last.y + last.height - (bottom ?? 0)) <= 1, 'the last row stands at the lower edge');
      await scrollTo(page, 0);
      assert.equal((await settledCells(page))[0]?.text, '0');
      await assertClean(page);
    },
  })),
  {
    name: 'NULL is italic and says so, the empty text is empty',
    async run(open) {
      const page = await open();
      await openRows(page, 1_000, 5);
      const cells = await settledCells(page);
      assert.deepEqual(at(cells, 0, 2), ['NULL', 'NULL value']);
      assert.deepEqual(at(cells, 1, 2), ['', 'empty']);
      assert.deepEqual(at(cells, 2, 2), ['note 2', null]);
      const styles = await page.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>('[aria-colindex="3"][role=gridcell]')]
          .filter((cell) => cell.getClientRects().length > 0)
          .map((cell) => [cell.textContent, getComputedStyle(cell).fontStyle]),
      );
      assert.ok(styles.length > 9);
      for (const [text, style] of styles) assert.equal(style, text === 'NULL' ? 'italic' : 'normal');
    },
  },
  {
    name: 'a wheel step moves five rows at any place of 2,000,000',
    async run(open) {
      const page = await open();
      await openRows(page, 2_000_000, 6);
      await settledCells(page);
      await page.mouse.move(400, 300);
      for (const part of [0, 0.2, 0.5, 0.8, 0.999]) {
        await scrollTo(page, part);
        await page.waitForTimeout(250); // let the bar settle, as a reader does
        const before = await topRow(page);
        for (let step = 1; step <= 3; step++) {
          await page.mouse.wheel(0, 110);
          await wheelEnded(page);
          assert.equal(Math.round((await topRow(page)) - before), 5 * step, `step ${step} at ${part}`);
        }
      }
      await assertClean(page);
    },
  },
  {
    name: 'the wheel reaches the very first row from just below it, and the last from just above',
    async run(open) {
      const page = await open();
      await openRows(page, 2_000_000, 4);
      await settledCells(page);
      await page.mouse.move(400, 300);
      await page.locator('[role=grid]').focus();
      for (let press = 0; press < 8; press++) await page.keyboard.press('PageDown');
      await twoFrames(page);
      for (let step = 0; step < 80; step++) await page.mouse.wheel(0, -110);
      await wheelEnded(page);
      await page.waitForFunction(
        () => document.querySelector('.row:not([hidden])[aria-rowindex="2"]') !== null,
      );
      assert.equal(await topRow(page), 0);
      await page.keyboard.press('Control+End');
      for (let press = 0; press < 8; press++) await page.keyboard.press('PageUp');
      await twoFrames(page);
      for (let step = 0; step < 80; step++) await page.mouse.wheel(0, 110);
      await wheelEnded(page);
      await page.waitForFunction(
        () => document.querySelector('.row:not([hidden])[aria-rowindex="2000001"]') !== null,
      );
      await assertClean(page);
    },
  },
  {
    name: 'of 300 random jumps none is lost, and each shows the right rows',
    async run(open) {
      const page = await open();
      await openRows(page, 2_000_000, 12);
      await settledCells(page);
      await page.evaluate(() => {
        window.lake.delay = 1;
      });
      const jumps = await page.evaluate(jumpAround, { count: 300, seed: 20261125 });
      assert.deepEqual(jumps.lost, []);
      assert.equal(jumps.done, 300);
      await assertClean(page);
    },
  },
  {
    name: 'settling the scroll bar never overwrites a scroll whose event is still to come',
    async run(open) {
      const page = await open();
      await openRows(page, 2_000_000, 4);
      await settledCells(page);
      const lost = await page.evaluate(scrollInTheGap, 12);
      assert.deepEqual(lost, []);
    },
  },
  {
    name: 'cells fresh from the pool are hidden until they have a place: no ghosts in any frame',
    async run(open) {
      const page = await open();
      await page.setViewportSize({ width: 500, height: 300 });
      await openRows(page, 50_000, 60);
      await settledCells(page);
      await page.evaluate(watchForGhosts);
      await page.setViewportSize({ width: 1400, height: 900 });
      await twoFrames(page);
      for (const part of [0.3, 0.9, 0.1]) {
        await scrollTo(page, part);
        await page.evaluate((to) => {
          const port = document.querySelector('.port');
          if (port !== null) port.scrollLeft = to * port.scrollWidth;
        }, part);
        await settledCells(page);
      }
      await page.setViewportSize({ width: 600, height: 200 });
      await settledCells(page);
      await page.setViewportSize({ width: 1400, height: 900 });
      const cells = await settledCells(page);
      const ghosts = await page.evaluate(() => (window as unknown as { ghosts: string[] }).ghosts);
      assert.deepEqual(ghosts, []);
      const places = new Set(cells.map(({ row, column }) => `${row},${column}`));
      assert.equal(places.size, cells.length, 'no cell is there twice');
    },
  },
  {
    name: 'rows that arrive while the statement streams are shown, short tiles are filled up',
    async run(open) {
      const page = await open();
      await page.evaluate(() => window.lake.open({ rows: 5, columns: 4, final: false }));
      let cells = await settledCells(page);
      assert.equal(await page.getByRole('status').textContent(), 'Reading rows…');
      assert.equal(cells.at(-1)?.row, 4);
      await page.evaluate(() => window.lake.grow(100_000, 'final'));
      await page.waitForFunction(() => document.querySelector('.row:not([hidden])[aria-rowindex="12"]'));
      cells = await settledCells(page);
      assert.equal(await page.getByRole('status').textContent(), '100,000 rows');
      assert.equal(textAt(cells, 10, 1), 'r10c1');
      await scrollTo(page, 1);
      assert.equal((await settledCells(page)).at(-1)?.row, 99_999);
    },
  },
  {
    name: 'a jump keeps the old rows for a moment, then says that it is loading',
    async run(open) {
      const page = await open();
      await openRows(page, 100_000, 4);
      await settledCells(page);
      await page.evaluate(() => {
        window.lake.delay = 600;
      });
      await scrollTo(page, 0.5);
      assert.equal((await seenCells(page))[0]?.row, 0, 'the old rows still stand');
      await page.waitForFunction(() => document.querySelector('.cell.waiting') !== null);
      const [cell] = await seenCells(page);
      assert.equal(cell?.text, '…');
      assert.equal(cell.label, 'loading');
      const cells = await settledCells(page);
      assert.equal(cells[0]?.text, String(cells[0]?.row));
    },
  },
];

async function openRows(page: Page, rows: number, columns: number): Promise<void> {
  await page.evaluate((request) => window.lake.open(request), { rows, columns });
  await page.waitForSelector('[role=grid]');
}

async function assertClean(page: Page): Promise<void> {
  assert.deepEqual(await page.evaluate(() => window.lake.violations), []);
}

function textAt(cells: readonly SeenCell[], row: number, column: number): string | undefined {
  return cells.find((cell) => cell.row === row && cell.column === column)?.text;
}

function at(cells: readonly SeenCell[], row: number, column: number): readonly unknown[] {
  const cell = cells.find((one) => one.row === row && one.column === column);
  return [cell?.text, cell?.label];
}

/** The row at the upper edge, with the part of it that is above. */
async function topRow(page: Page): Promise<number> {
  await twoFrames(page);
  return page.evaluate(() => {
    const top = document.querySelector('.body')?.getBoundingClientRect().top ?? 0;
    const row = [...document.querySelectorAll('.body .row:not([hidden])')]
      .map((node) => ({ node, place: node.getBoundingClientRect() }))
      .find(({ place }) => place.top <= top && place.bottom > top);
    if (row === undefined) return Number.NaN;
    return Number(row.node.getAttribute('aria-rowindex')) - 2 + (top - row.place.top) / row.place.height;
  });
}

/** Until a smooth scroll has come to its end. */
async function wheelEnded(page: Page): Promise<void> {
  let before = -1;
  for (let still = 0; still < 3;) {
    const now = await topRow(page);
    still = now === before ? still + 1 : 0;
    before = now;
    await page.waitForTimeout(40);
  }
}

/* The functions below run in the page. */

async function jumpAround({ count, seed }: { count: number; seed: number }) {
  const port = document.querySelector('.port') as HTMLElement;
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const lost: string[] = [];
  let state = seed;
  let done = 0;
  for (; done < count; done++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const bar = Math.floor((state / 2 ** 32) * (port.scrollHeight - port.clientHeight));
    port.scrollTop = bar;
    const body = port.clientHeight - 22;
    const top = (bar * (2_000_000 * 22 - body)) / (port.scrollHeight - port.clientHeight);
    const row = Math.floor(top / 22) + 3; // in view wherever the first begins
    const start = performance.now();
    const shown = (): boolean => {
      const node = document.querySelector(`.row:not([hidden])[aria-rowindex="${row + 2}"]`);
      return node?.querySelector('[aria-colindex="1"]')?.textContent === String(row);
    };
    while (!shown() && performance.now() - start < 1_500) await frame();
    if (!shown()) lost.push(`jump ${done} to row ${row}`);
    // Now and then a reader stops to read, and the bar settles.
    if (done % 30 === 0) await new Promise((next) => setTimeout(next, 170));
  }
  return { lost, done };
}

async function scrollInTheGap(count: number): Promise<string[]> {
  const port = document.querySelector('.port') as HTMLElement;
  const real = window.setTimeout.bind(window);
  let settle: (() => void) | undefined;
  // The settling of the bar is called by hand, to hit the moment between a scroll and its event.
  const held = (call: () => void, ms?: number): number => {
    if (ms !== 150) return real(call, ms);
    settle = call;
    return 0;
  };
  window.setTimeout = held as unknown as typeof window.setTimeout;
  const lost: string[] = [];
  for (let round = 0; round < count; round++) {
    port.scrollTop = 1_000_000;
    await new Promise((done) => port.addEventListener('scroll', done, { once: true }));
    port.scrollTop += 400; // one to one, so that the bar and the rows disagree
    await new Promise((done) => port.addEventListener('scroll', done, { once: true }));
    if (settle === undefined) lost.push(`round ${round}: nothing to settle`);
    port.scrollTop = 6_000_000;
    settle?.();
    settle = undefined;
    if (port.scrollTop !== 6_000_000) lost.push(`round ${round}: the bar went to ${port.scrollTop}`);
    await new Promise((done) => real(done, 150));
    const rows = [...document.querySelectorAll('.body .row:not([hidden])')];
    const first = Math.min(...rows.map((row) => Number(row.getAttribute('aria-rowindex'))));
    if (!(first > 1_400_000)) lost.push(`round ${round}: row ${first}`);
  }
  window.setTimeout = real;
  return lost;
}

function watchForGhosts(): void {
  const ghosts: string[] = [];
  (window as unknown as { ghosts: string[] }).ghosts = ghosts;
  const look = (): void => {
    for (const row of document.querySelectorAll('.body .row')) {
      if (row.getClientRects().length > 0 && !row.hasAttribute('aria-rowindex'))
        ghosts.push('a row without a place');
      for (const cell of row.querySelectorAll<HTMLElement>('.cell')) {
        if (cell.getClientRects().length === 0) continue;
        const column = Number(cell.getAttribute('aria-colindex'));
        const number = Number(row.getAttribute('aria-rowindex')) - 2;
        if (column === 0) ghosts.push('a cell without a place');
        if (column === 1 && cell.textContent !== '…' && cell.textContent !== String(number)) {
          ghosts.push(`row ${number} says ${cell.textContent}`);
        }
      }
    }
  };
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true, attributes: true });
}
