import { join } from 'node:path';
import { grid, rowTexts, waitForRows } from './results';
import { runFile } from './steps';
import { expand, expandPath, openFile, openLake, tree, type Session } from './workbench';

/** Saves the pictures that the README shows, named by what they show and the theme; returns their files. */
export async function takePictures(session: Session, theme: string): Promise<string[]> {
  const { page, pictures } = session;
  const files: string[] = [];
  const save = async (name: string): Promise<void> => {
    const path = join(pictures, `${name}-${theme}.png`);
    await page.screenshot({ path });
    files.push(path);
  };

  await openLake(page);
  const catalog = tree(page, 'Catalog');
  await expandPath(tree(page, 'Zones'), ['processed', 'centralbank-data-lake/processed', 'transactions/']);
  await expand(catalog, 'centralbank_data');
  await expand(catalog, 'customer_transactions');
  await runFile(session, 'hundred-thousand.sql');
  await waitForRows(page, 100_000);
  await grid(page).focus();
  await rowTexts(page, 1);
  await openFile(page, 'large-transfers.sql');
  await page.locator('.monaco-editor .squiggly-error').first().waitFor({ state: 'attached' });
  await page.locator('.codelens-decoration', { hasText: 'reject' }).first().waitFor();
  await save('overview');
  await page.keyboard.press('Control+Shift+m');
  await page.locator('.markers-panel .monaco-list-row', { hasText: 'ATH109' }).first().waitFor();
  await save('findings');
  return files;
}
