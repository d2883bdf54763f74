import type { Page } from 'playwright-core';

export interface SeenCell {
  readonly row: number;
  readonly column: number;
  readonly text: string;
  readonly label: string | null;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Every cell that can be seen now, top left first; rows and columns count from 0. */
export function seenCells(page: Page): Promise<SeenCell[]> {
  return page.evaluate(() => {
    const body = document.querySelector('.body')?.getBoundingClientRect();
    if (body === undefined) return [];
    return [...document.querySelectorAll<HTMLElement>('[role=gridcell]')]
      .filter((cell) => cell.offsetParent !== null || cell.getClientRects().length > 0)
      .map((cell) => {
        const { x, y, width, height } = cell.getBoundingClientRect();
        const row = Number(cell.closest('[role=row]')?.getAttribute('aria-rowindex')) - 2;
        const column = Number(cell.getAttribute('aria-colindex')) - 1;
        const label = cell.getAttribute('aria-label');
        return { row, column, text: cell.textContent ?? '', label, x, y, width, height };
      })
      .filter((cell) => cell.y + cell.height > body.top && cell.y < body.bottom)
      .filter((cell) => cell.x + cell.width > body.left && cell.x < body.right)
      .sort((a, b) => a.row - b.row || a.column - b.column);
  });
}

/** Waits until the grid shows data everywhere, and returns its cells. */
export async function settledCells(page: Page): Promise<SeenCell[]> {
  await page.waitForFunction(() => {
    const cells = [...document.querySelectorAll<HTMLElement>('[role=gridcell]')];
    const seen = cells.filter((cell) => cell.getClientRects().length > 0);
    const busy = document.querySelector('[role=grid]')?.getAttribute('aria-busy');
    return busy === 'false' && seen.length > 0 && seen.every((cell) => !cell.classList.contains('waiting'));
  });
  return seenCells(page);
}

/** Puts the scroll bar somewhere, as dragging its thumb does: 0 is the start, 1 the end. */
export async function scrollTo(page: Page, part: number): Promise<void> {
  await page.evaluate((at) => {
    const port = document.querySelector('.port');
    if (port !== null) port.scrollTop = at * (port.scrollHeight - port.clientHeight);
  }, part);
  await twoFrames(page);
}

/** Until what was changed has been painted. */
export function twoFrames(page: Page): Promise<void> {
  return page.evaluate(
    () => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))),
  );
}

/** Messages of one kind that the view has posted. */
export function posted(page: Page, kind: string): Promise<readonly Record<string, unknown>[]> {
  return page.evaluate(
    (wanted) =>
      window.lake.posted.filter((message) => message.kind === wanted) as unknown as Record<string, unknown>[],
    kind,
  );
}

/** Text of the cell that has the focus, as a screen reader finds it. */
export function activeText(page: Page): Promise<string | null> {
  return page.evaluate(() => {
    const id = document.querySelector('[role=grid]')?.getAttribute('aria-activedescendant') ?? '';
    return document.getElementById(id)?.textContent ?? null;
  });
}
