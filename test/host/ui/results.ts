import type { FrameLocator, Locator, Page } from 'playwright-core';

/** The page of the results panel. */
export function resultsPage(page: Page): FrameLocator {
  return page
    .frameLocator('.panel iframe.webview.ready, iframe.webview.ready')
    .frameLocator('iframe#active-frame');
}

/** The grid, once it shows a result. */
export function grid(page: Page): Locator {
  return resultsPage(page).getByRole('grid', { name: 'Query result' });
}

/** The texts of a row, counted from 1, as soon as they are there; the row must be in view. */
export async function rowTexts(page: Page, row: number): Promise<string[]> {
  const cells = grid(page)
    .locator(`.body [role=row][aria-rowindex="${row + 1}"]`)
    .locator('[role=gridcell]:not([hidden]):not(.waiting)');
  await cells.first().waitFor();
  const found = await cells.evaluateAll((nodes) =>
    nodes.map((node) => ({ at: Number(node.getAttribute('aria-colindex')), text: node.textContent ?? '' })),
  );
  return found.toSorted((a, b) => a.at - b.at).map(({ text }) => text);
}

/** Waits until the grid says it has this many rows, all of them. */
export async function waitForRows(page: Page, rows: number): Promise<void> {
  await resultsPage(page)
    .locator(`[role=grid][aria-rowcount="${rows + 1}"]`)
    .waitFor();
}

/** Presses a key in the grid. */
export async function pressInGrid(page: Page, key: string): Promise<void> {
  await grid(page).press(key);
}
