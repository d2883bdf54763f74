import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { clickLens, notification, replaceText } from './dialogs';
import { editorText, pick, runCommand, type Session } from './workbench';

/** Runs the demo's pipeline to its end, and its job on a day of broken files to its failure and its log. */
export async function pipelineJob({ page }: Session, say: (line: string) => void): Promise<void> {
  say('\nPipelines');
  await startPipeline(page, { name: 'banking-data-etl', input: '{"execution_date": "2025-01-06"}' });
  say(`  ${await ending(page, /The state machine banking-data-etl succeeded/)}`);
  const offer = notification(page, /banking-data-etl succeeded/).getByRole('button', { name: /^Repair \d/ });
  say(`  offered: ${await offer.innerText()}`);
  await runCommand(page, 'Notifications: Clear All Notifications');

  await startPipeline(page, { name: 'migrate-legacy-data', input: '{"--execution_date": "2025-01-07"}' });
  say(`  ${await ending(page, failed)}`);
  await openLog(page);
  const why = (await editorText(page)).split('\n').find((line) => line.includes('ERROR'));
  assert.match(why ?? '', /Nothing to process: all 60 rows of 2025-01-07/);
  say(`  its log: ${(why ?? '').trim()}`);
}

const failed = /The Glue job migrate-legacy-data failed/;

/** Chooses a pipeline from the palette, fills in its input and starts it. */
export async function startPipeline(
  page: Page,
  { name, input }: { readonly name: string; readonly input: string },
): Promise<void> {
  await runCommand(page, 'Lake: Run Pipeline');
  await pick(page, name);
  await page.locator('.codelens-decoration a', { hasText: `Start ${name}` }).waitFor();
  await replaceText(page, input);
  await clickLens(page, `Start ${name}`);
}

/** Waits until the job that fails has failed, and opens its log from the notification. */
export async function openLog(page: Page): Promise<void> {
  await notification(page, failed).getByRole('button', { name: 'Show Log' }).click();
  await page.locator('.tab.active', { hasText: 'migrate-legacy-data.log' }).waitFor();
  await page.locator('.view-line', { hasText: 'ERROR' }).first().waitFor();
}

async function ending(page: Page, wanted: RegExp): Promise<string> {
  const told = notification(page, wanted);
  await told.waitFor();
  return (await told.locator('.notification-list-item-message').innerText()).replaceAll(/\s+/g, ' ').trim();
}
