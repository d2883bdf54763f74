import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';

/** Opens a row's context menu and chooses an entry. */
export async function chooseInMenu(target: Locator, entry: string): Promise<void> {
  const page = target.page();
  await target.click({ button: 'right' });
  const item = page.locator('.monaco-menu .action-item', { hasText: entry }).first();
  await item.waitFor();
  // VS Code ignores a click that comes too soon after the menu: it may belong to the one that opened it.
  for (let tries = 0; await item.isVisible(); tries += 1) {
    if (tries > 10) throw new Error(`${entry} could not be chosen.`);
    await page.waitForTimeout(300);
    if (await item.isVisible()) await item.click();
  }
}

/** The lenses of the active editor that are drawn now. */
export async function lensTexts(page: Page): Promise<string[]> {
  return await page.locator('.editor-instance .codelens-decoration a').allInnerTexts();
}

/** Waits until the active editor has exactly these lenses: they are drawn a moment after their document. */
export async function waitForLenses(page: Page, wanted: readonly string[]): Promise<void> {
  for (let tries = 0; (await lensTexts(page)).join('|') !== wanted.join('|'); tries += 1) {
    if (tries > 50) assert.deepEqual(await lensTexts(page), wanted);
    await page.waitForTimeout(200);
  }
}

/** Clicks a lens of the active editor by its whole text. */
export async function clickLens(page: Page, text: string): Promise<void> {
  await page.locator('.editor-instance .codelens-decoration').getByText(text, { exact: true }).click();
}

/** Puts a text in place of all of the active editor's: pasted, since typing it would close brackets. */
export async function replaceText(page: Page, text: string): Promise<void> {
  await page.locator('.editor-instance .view-lines').first().click();
  await page.keyboard.press('Control+a');
  await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
  await page.keyboard.press('Control+v');
}

/** What a modal question says. */
export async function dialogText(page: Page): Promise<string> {
  const dialog = page.locator('.monaco-dialog-box');
  await dialog.waitFor();
  return await dialog.innerText();
}

/** Answers a modal question with one of its buttons. */
export async function answer(page: Page, button: string): Promise<void> {
  const dialog = page.locator('.monaco-dialog-box');
  await dialog.getByRole('button', { name: button, exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
}

/** A notification with this text. */
export function notification(page: Page, text: string | RegExp): Locator {
  return page.locator('.notification-list-item', { hasText: text }).first();
}
