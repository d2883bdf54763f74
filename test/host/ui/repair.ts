import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { lakeCalls, waitForCall } from '../lakeControl';
import { answer, chooseInMenu, clickLens, dialogText, notification, waitForLenses } from './dialogs';
import { editorText, expand, openLake, row, runCommand, tree, type Session, type UiTest } from './workbench';

const table = 'centralbank_data.customer_transactions';

/** Comparing a table with S3, mending it and taking it back, as a user does. */
export const repairTests: readonly UiTest[] = [
  {
    name: 'the menu of a partitioned table opens a plan that reads like a letter',
    async run({ page, pictures }) {
      await openLake(page);
      const catalog = tree(page, 'Catalog');
      await expand(catalog, 'centralbank_data');
      await chooseInMenu(row(catalog, 'customer_transactions'), 'Repair Partitions…');
      await plan(page);
      const text = await editorText(page);
      assert.match(text, /# Repair centralbank_data\.customer_transactions/);
      assert.match(text, /## Add 3/);
      assert.match(text, /year=2024\/month=12\/day=29/);
      assert.match(text, /## Remove 2 \(only if you say so\)/);
      await waitForLenses(page, ['Add 3', 'Add 3, remove 2…', 'Copy SQL', 'Copy policy', 'Plan again']);
      await page.screenshot({ path: `${pictures}/repair-plan.png` });
    },
  },
  {
    name: 'removing asks with the table and the counts, and nothing happens on no',
    async run({ page, endpoint, pictures }) {
      const before = (await lakeCalls(endpoint)).length;
      await clickLens(page, 'Add 3, remove 2…');
      assert.match(await dialogText(page), /Add 3, remove 2 in centralbank_data\.customer_transactions\?/);
      await page.screenshot({ path: `${pictures}/repair-question.png` });
      await answer(page, 'Cancel');
      const actions = (await lakeCalls(endpoint)).slice(before).map((call) => call.action);
      assert.ok(
        !actions.some((action) => /Batch(Create|Delete|Update)Partition/.test(action)),
        actions.join(),
      );
    },
  },
  {
    name: 'adding asks nothing, tells what was done, and leaves nothing to add',
    async run({ page, endpoint, pictures }) {
      const before = (await lakeCalls(endpoint)).length;
      await clickLens(page, 'Add 3');
      await letter(page, /# Repaired centralbank_data\.customer_transactions/);
      assert.match(await editorText(page), /- 3 partitions added[\s\S]*Written down[\s\S]*\.jsonl/);
      const call = await waitForCall(endpoint, 'glue:BatchCreatePartition', before);
      const sent = call.input?.['PartitionInputList'];
      assert.equal(Array.isArray(sent) && sent.length, 3);
      await waitForLenses(page, ['Undo', 'Plan again']);
      await page.screenshot({ path: `${pictures}/repair-done.png` });
      await clickLens(page, 'Plan again');
      await plan(page);
      await waitForLenses(page, ['Remove 2…', 'Copy SQL', 'Copy policy', 'Plan again']);
    },
  },
  {
    name: 'after the rest is removed the plan is empty, and undo brings it back',
    async run({ page }) {
      await clickLens(page, 'Remove 2…');
      await answer(page, 'Remove 2');
      await letter(page, /- 2 partitions removed/);
      await waitForLenses(page, ['Undo', 'Plan again']);
      await clickLens(page, 'Undo');
      await letter(page, /# Took back the repair of/);
      assert.match(await editorText(page), /- 2 partitions added/);
      await waitForLenses(page, ['Plan again']);
      await clickLens(page, 'Plan again');
      await plan(page);
      await waitForLenses(page, ['Remove 2…', 'Copy SQL', 'Copy policy', 'Plan again']);
      await clickLens(page, 'Remove 2…');
      await answer(page, 'Remove 2');
      await letter(page, /- 2 partitions removed/);
      await clickLens(page, 'Plan again');
      await letter(page, /They agree: there is nothing to do\./);
      await waitForLenses(page, ['Plan again']);
    },
  },
  {
    name: 'from the palette a table is chosen or typed',
    async run(session) {
      const { page, endpoint } = session;
      await chooseTable(session, 'centralbank_data.no_such_table');
      await notification(page, 'no_such_table').waitFor();
      await runCommand(page, 'Notifications: Clear All Notifications');
      const before = (await lakeCalls(endpoint)).length;
      await chooseTable(session, table);
      await waitForCall(endpoint, 'glue:GetPartitions', before);
      await letter(page, /They agree: there is nothing to do\./);
    },
  },
];

async function chooseTable({ page }: Session, name: string): Promise<void> {
  await runCommand(page, 'Lake: Repair Partitions');
  const input = page.locator('.quick-input-widget input');
  await page.locator('.quick-input-title', { hasText: 'Repair Partitions' }).waitFor();
  await input.fill(name);
  await page.locator('.quick-input-list .monaco-list-row', { hasText: name }).first().waitFor();
  await page.keyboard.press('Enter');
}

/** Waits for a plan in the active editor. */
async function plan(page: Page): Promise<void> {
  await letter(page, /# Repair [\s\S]*## /);
}

async function letter(page: Page, wanted: RegExp): Promise<void> {
  await page.locator('.tab.active', { hasText: `Repair ${table}` }).waitFor();
  for (let tries = 0; !wanted.test(await editorText(page)); tries += 1) {
    if (tries > 100) assert.match(await editorText(page), wanted);
    await page.waitForTimeout(200);
  }
}
