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

/** Does the extension's main job in an open window and tells each step; throws where it cannot be done. */
export async function mainJob(session: Session, { ready, say }: Report): Promise<void> {
  const { page } = session;
  await openLake(page);
  const zones = tree(page, 'Zones');
  await row(zones, 'processed').waitFor();
  ready();
  say(`Zones: ${await labels(zones)}`);
  await expandPath(zones, ['processed', 'centralbank-data-lake/processed', 'transactions/']);
  const catalog = tree(page, 'Catalog');
  await expand(catalog, 'centralbank_data');
  await scrollTo(catalog, 'customer_transactions');
  say(`Catalog: ${await labels(catalog)}`);

  await openFile(page, 'large-transfers.sql');
  await page.keyboard.press('Control+Shift+m');
  await page.locator('.markers-panel .monaco-list-row', { hasText: 'ATH109' }).first().waitFor();
  say('Findings in large-transfers.sql:');
  for (const finding of (await problems(page)).filter((text) => /[A-Z]{2,3}\d{3}/.test(text)))
    say(`  ${finding}`);
  await applyDateFix(session);
  say("Quick fix: compares with DATE '2024-01-15' now.");

  await runFile(session, 'hundred-thousand.sql');
  await waitForRows(page, 100_000);
  say(`Result: ${(await resultsPage(page).locator('header').innerText()).replaceAll(/\s+/g, ' ').trim()}`);
  say(`  first row: ${(await rowTexts(page, 1)).join(' | ')}`);
  await grid(page).focus();
  await pressInGrid(page, 'Control+End');
  say(`  last row: ${(await rowTexts(page, 100_000)).join(' | ')}`);

  say(`Cancel: the lake stopped query ${await startAndCancel(session)}.`);
}

async function labels(within: ReturnType<typeof tree>): Promise<string> {
  const texts: string[] = [];
  for (const shown of await within.locator('.monaco-list-row').all()) {
    const [hint] = await shown.locator('.label-description').allInnerTexts();
    const label = await shown.locator('.label-name').innerText();
    texts.push(hint ? `${label} (${hint})` : label);
  }
  return texts.join(', ');
}
