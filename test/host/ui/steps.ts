import assert from 'node:assert/strict';
import { lakeCalls, waitForCall } from '../lakeControl';
import { resultsPage } from './results';
import { goToLine, openFile, type Session } from './workbench';

/** Opens a file and runs its only statement with the key that runs statements. */
export async function runFile({ page }: Session, name: string): Promise<void> {
  await openFile(page, name);
  // The key runs a statement once the extension has read the file and knows its dialect.
  await page.locator('.codelens-decoration', { hasText: 'Run' }).first().waitFor();
  await goToLine(page, 2);
  await page.keyboard.press('Control+Enter');
}

/** Starts the query that never ends and cancels it; returns the id that the lake was told to stop. */
export async function startAndCancel(session: Session): Promise<string> {
  const { page, endpoint } = session;
  const before = (await lakeCalls(endpoint)).length;
  await runFile(session, 'never-ends.sql');
  await waitForCall(endpoint, 'athena:StartQueryExecution', before);
  await resultsPage(page).getByRole('button', { name: 'Cancel' }).click();
  const stop = await waitForCall(endpoint, 'athena:StopQueryExecution', before);
  assert.equal(stop.status, 200);
  return String(stop.input?.['QueryExecutionId']);
}

/** Applies the quick fix that turns a text compared with a date into a date, in `large-transfers.sql`. */
export async function applyDateFix({ page }: Session): Promise<void> {
  await openFile(page, 'large-transfers.sql');
  await goToLine(page, 11);
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Control+.');
  await page.locator('.action-widget .monaco-list-row', { hasText: "DATE '2024-01-15'" }).first().waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.view-line', { hasText: /15\sAND\stransaction_date\s=\sDATE/ }).waitFor();
}
