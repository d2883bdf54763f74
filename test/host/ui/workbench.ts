import { setTimeout } from 'node:timers/promises';
import type { Locator, Page } from 'playwright-core';

/** What every UI test gets: the window, the lake behind it and a folder for pictures. */
export interface Session {
  readonly page: Page;
  /** Of the local lake. */
  readonly endpoint: string;
  /** The opened folder on disk. */
  readonly workspace: string;
  readonly pictures: string;
}

export interface UiTest {
  /** A sentence about behaviour. */
  readonly name: string;
  readonly run: (session: Session) => Promise<void>;
}

/** Opens the side bar with the extension's views. */
export async function openLake(page: Page): Promise<void> {
  const tab = page.getByRole('tab', { name: 'Lake', exact: true });
  await tab.waitFor();
  if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.click();
}

/** One of the extension's trees by the name of its view. */
export function tree(page: Page, name: 'Zones' | 'Catalog' | 'Runs'): Locator {
  return page.getByRole('tree', { name: new RegExp(`^${name}\\b`, 'i') });
}

/** A tree's row by its label; rows out of sight are not in the page. */
export function row(within: Locator, label: string | RegExp): Locator {
  const exactly =
    typeof label === 'string' ? new RegExp(`^${label.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&')}$`) : label;
  const name = within.page().locator('.label-name').filter({ hasText: exactly });
  return within.locator('.monaco-list-row').filter({ has: name }).first();
}

/** Opens a row's children when they are not shown yet; a refresh in between may close it once more. */
export async function expand(within: Locator, label: string): Promise<void> {
  const target = await scrollTo(within, label);
  for (let tries = 0, open = 0; open < 3; tries += 1) {
    if (tries > 80) throw new Error(`${label} did not open.`);
    if ((await target.getAttribute('aria-expanded')) === 'true') open += 1;
    else {
      open = 0;
      await target.locator('.label-name').click(); // one click opens, as VS Code is set by default
    }
    await setTimeout(250);
  }
}

/** Opens one row after another, each below the one before. */
export async function expandPath(within: Locator, path: readonly string[]): Promise<void> {
  for (const label of path) await expand(within, label);
}

/** Waits for a row and scrolls the tree, down and from its top again, until all of the row is in view. */
export async function scrollTo(within: Locator, label: string | RegExp): Promise<Locator> {
  const target = row(within, label);
  const until = Date.now() + patienceMs;
  let last = '';
  for (;;) {
    const gap = await missing(within, target);
    if (gap === 0) return target;
    if (Date.now() > until) throw new Error(`${String(label)} is not in the tree.`);
    await within.hover();
    const seen = await within.innerText();
    // The same rows after a turn of the wheel: the end, or rows that are still being loaded.
    await within.page().mouse.wheel(0, gap ?? (seen === last ? -100_000 : rowHeight * 4));
    last = seen;
    await setTimeout(100);
  }
}

/** How far a row stands out of its tree in pixels, upwards below 0; 0 when it is in view, undefined when it is not drawn. */
async function missing(within: Locator, target: Locator): Promise<number | undefined> {
  if (!(await target.isVisible())) return undefined;
  const [frame, found] = await Promise.all([within.boundingBox(), target.boundingBox()]);
  if (frame === null || found === null) return undefined;
  if (found.y < frame.y) return found.y - frame.y - rowHeight;
  return Math.max(0, Math.ceil(found.y + found.height - frame.y - frame.height));
}

const rowHeight = 22;
// A loaded machine reads a page of the lake in seconds.
const patienceMs = 60_000;

/** Opens a file of the workspace by its name. */
export async function openFile(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+p');
  await page.locator('.quick-input-widget input').fill(name);
  await page.locator('.quick-input-list .monaco-list-row', { hasText: name }).first().waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.tab.active', { hasText: name }).waitFor();
  await page.locator('.editor-instance .view-line').first().waitFor();
}

/** Runs a command by its title in the palette. */
export async function runCommand(page: Page, title: string): Promise<void> {
  await page.keyboard.press('F1');
  await page.locator('.quick-input-widget input').fill(`>${title}`);
  await page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first().waitFor();
  await page.keyboard.press('Enter');
}

/** Answers an open list (a quick pick) by the text of one of its rows. */
export async function pick(page: Page, text: string): Promise<void> {
  const choice = page.locator('.quick-input-list .monaco-list-row', { hasText: text }).first();
  await choice.waitFor();
  await choice.click();
}

/** Puts the cursor at a line of the active editor, counted from 1. */
export async function goToLine(page: Page, line: number): Promise<void> {
  await page.keyboard.press('Control+g');
  await page.locator('.quick-input-widget input').fill(`:${line}`);
  await page.keyboard.press('Enter');
  await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
}

/** The text of the active editor as far as it is on the screen, with plain spaces. */
export async function editorText(page: Page): Promise<string> {
  const lines = await page.locator('.editor-instance .view-lines').first().innerText();
  return lines.replaceAll('\u00A0', ' ');
}

/** The rows of the Problems view, each as one line of text. */
export async function problems(page: Page): Promise<string[]> {
  const rows = await page.locator('.markers-panel .monaco-list-row').allInnerTexts();
  return rows.map((text) => text.replaceAll(/\s+/g, ' ').trim());
}
