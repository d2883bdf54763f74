import { pipelineJob } from './mainJobPipelines';
import { repairJob } from './mainJobRepair';
import { grid, pressInGrid, resultsPage, rowTexts, waitForRows } from './results';
import { applyDateFix, runFile, startAndCancel } from './steps';
import {
  expand,
  expandPath,
  openFile,
  openLake,
  problems,
  row,
  scrollTo,
  tree,
  type Session,
} from './workbench';

interface Report {
  /** Called once the window shows the extension. */
  readonly ready: () => void;
  readonly say: (line: string) => void;
}

/**
 * Does the extension's main job in an open window, on a lake as it was made, and tells each step; throws where a step
 * cannot be done or ends otherwise than it should.
 */
export async function mainJob(session: Session, { ready, say }: Report): Promise<void> {
  const { page } = session;
  await openLake(page);
  const zones = tree(page, 'Zones');
  await row(zones, 'processed').waitFor();
  ready();

  say('\nBrowse');
  say(`  zones: ${await labels(zones)}`);
  await expandPath(zones, ['processed', 'centralbank-data-lake/processed', 'transactions/']);
  const catalog = tree(page, 'Catalog');
  await expand(catalog, 'centralbank_data');
  await scrollTo(catalog, 'customer_transactions');
  say(`  tables: ${await labels(catalog)}`);

  say('\nLint: large-transfers.sql');
  await openFile(page, 'large-transfers.sql');
  await page.keyboard.press('Control+Shift+m');
  await page.locator('.markers-panel .monaco-list-row', { hasText: 'ATH109' }).first().waitFor();
  for (const finding of (await problems(page)).filter((text) => /[A-Z]{2,3}\d{3}/.test(text)))
    say(`  ${finding}`);
  await applyDateFix(session);
  say("  quick fix applied: compares with DATE '2024-01-15' now");

  say('\nQuery: hundred-thousand.sql');
  await runFile(session, 'hundred-thousand.sql');
  await waitForRows(page, 100_000);
  const header = await resultsPage(page).locator('header').innerText();
  say(
    `  ${(header.split(/s3:/)[0] ?? '')
      .replaceAll(/\s+/g, ' ')
      .replace(/[ ·]+$/, '')
      .trim()}`,
  );
  say(`  first row: ${(await rowTexts(page, 1)).join(' | ')}`);
  await grid(page).focus();
  await pressInGrid(page, 'Control+End');
  say(`  last row:  ${(await rowTexts(page, 100_000)).join(' | ')}`);
  say(`  cancelled: the lake stopped query ${await startAndCancel(session)}`);

  await repairJob(session, say);
  await pipelineJob(session, say);
}

/** The rows of a tree as one line. */
async function labels(within: ReturnType<typeof tree>): Promise<string> {
  const texts: string[] = [];
  for (const shown of await within.locator('.monaco-list-row').all()) {
    const [hint] = await shown.locator('.label-description').allInnerTexts();
    const label = await shown.locator('.label-name').innerText();
    texts.push(hint ? `${label} (${hint})` : label);
  }
  return texts.join(', ');
}
