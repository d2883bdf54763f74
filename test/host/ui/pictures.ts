import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { openLog, startPipeline } from './mainJobPipelines';
import { openPlan } from './mainJobRepair';
import { chooseInMenu, notification } from './dialogs';
import { grid, pressInGrid, rowTexts, waitForRows } from './results';
import { runFile } from './steps';
import { expand, expandPath, openFile, openLake, row, runCommand, tree, type Session } from './workbench';

/** What a series of pictures shows. */
export interface Series {
  /** Ends the files' names. */
  readonly theme: string;
  /** Only the first picture. */
  readonly onlyOverview: boolean;
}

/** Saves the pictures that the README shows, named by what they show and the theme; returns their files. */
export async function takePictures(
  session: Session,
  { theme, onlyOverview }: Series,
): Promise<readonly string[]> {
  const { page, pictures } = session;
  const files: string[] = [];
  const save = async (name: string): Promise<void> => {
    await settle(page);
    const path = join(pictures, `${name}-${theme}.png`);
    await page.screenshot({ path });
    files.push(path);
  };

  await overview(session);
  await save('overview');
  if (onlyOverview) return files;

  await page.keyboard.press('Control+Shift+m');
  await page.locator('.markers-panel .monaco-list-row', { hasText: 'ATH109' }).first().waitFor();
  await save('findings');

  await runFile(session, 'null-or-empty.sql');
  await waitForRows(page, 30);
  await grid(page).focus();
  // Empty texts come first: NULLs are at the end.
  await pressInGrid(page, 'Control+End');
  await rowTexts(page, 30);
  await save('results');

  await runCommand(page, 'View: Hide Panel');
  await openPlan(session);
  await save('repair');

  await partitions(session);
  await save('partitions');

  await runs(session);
  await save('runs');
  return files;
}

/** The trees opened, a result in the grid, and a query with its findings above it. */
async function overview(session: Session): Promise<void> {
  const { page } = session;
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
}

/** A table's partitions with what lies in each, counted. */
async function partitions({ page }: Session): Promise<void> {
  await runCommand(page, 'View: Close All Editors');
  await openLake(page);
  await chooseInMenu(row(tree(page, 'Catalog'), 'customer_transactions'), 'Browse Partitions…');
  await clickInFrame(page, 'Measure…');
  await clickInFrame(page, 'List now');
  await inFrame(page, 'Measure again…');
}

async function clickInFrame(page: Page, text: string): Promise<void> {
  await (await inFrame(page, text)).click();
}

/** Something with this text in one of the window's webviews, once it is there. */
async function inFrame(page: Page, text: string): Promise<Locator> {
  for (let tries = 0; tries < 150; tries += 1) {
    for (const frame of page.frames()) {
      const found = frame.getByText(text, { exact: true }).first();
      // A frame that is being replaced cannot be asked.
      if (await found.isVisible().catch(() => false)) return found;
    }
    await page.waitForTimeout(200);
  }
  throw new Error(`No webview shows ${text}.`);
}

/** A run that succeeded and one that failed, with the log of the second. */
async function runs({ page }: Session): Promise<void> {
  await runCommand(page, 'View: Close All Editors');
  await startPipeline(page, { name: 'banking-data-etl', input: '{"execution_date": "2025-01-06"}' });
  await notification(page, 'banking-data-etl succeeded').waitFor();
  await runCommand(page, 'Notifications: Clear All Notifications');
  await startPipeline(page, { name: 'migrate-legacy-data', input: '{"--execution_date": "2025-01-07"}' });
  await openLog(page);
  await runCommand(page, 'Notifications: Clear All Notifications');
  await openLake(page);
  const view = tree(page, 'Runs');
  await row(view, 'State machines').waitFor();
  await expand(view, 'State machines');
  await expand(view, 'Glue jobs');
}

/** Puts the pointer where it shows nothing and waits until tooltips, messages and progress bars are gone. */
async function settle(page: Page): Promise<void> {
  // From nearby: a tooltip goes when the pointer leaves what it tells about.
  await page.mouse.move(1190, 530);
  await page.mouse.move(1200, 540, { steps: 5 });
  for (const passing of ['.monaco-hover', '.notification-toast', '.monaco-progress-container.active'])
    for (const each of await page.locator(passing).all()) await each.waitFor({ state: 'hidden' });
  await page.waitForTimeout(1500);
}
