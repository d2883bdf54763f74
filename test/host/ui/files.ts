import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { answer, chooseInMenu, dialogText, notification, replaceText } from './dialogs';
import { editorText, expandPath, openLake, runCommand, scrollTo, tree, type UiTest } from './workbench';

const bucket = 'centralbank-data-lake';
const place = ['processed', `${bucket}/processed`];

/** Opening and saving objects of S3, as a user does. */
export const fileTests: readonly UiTest[] = [
  {
    name: 'an object of S3 is opened and edited; what somebody else wrote meanwhile is compared, not overwritten',
    async run({ page, endpoint, pictures }) {
      await put(endpoint, 'processed/ui files/report.sql', 'select 1');
      await openLake(page);
      await runCommand(page, 'Lake: Refresh');
      const zones = tree(page, 'Zones');
      await expandPath(zones, [...place, 'ui files/']);
      await chooseInMenu(await scrollTo(zones, 'report.sql'), 'Open Object');
      await page.locator('.tab.active', { hasText: 'report.sql' }).waitFor();
      await shows(page, /select 1/);
      await replaceText(page, 'select 2');
      // Of the same size, so that only the ETag tells.
      await put(endpoint, 'processed/ui files/report.sql', 'select 3');
      await page.keyboard.press('Control+s');
      assert.match(
        await dialogText(page),
        /Somebody else wrote s3:\/\/centralbank-data-lake\/processed\/ui files\/report\.sql/,
      );
      await page.screenshot({ path: `${pictures}/s3-conflict.png` });
      await answer(page, 'Compare');
      await page.locator('.tab.active', { hasText: 'in S3 ↔ yours, not saved' }).waitFor();
      await notification(page, 'both versions are kept').waitFor();
      await page.screenshot({ path: `${pictures}/s3-compare.png` });
      assert.equal(await text(endpoint, 'processed/ui files/report.sql'), 'select 3');
      await runCommand(page, 'Notifications: Clear All Notifications');
      await page.locator('.editor-instance .view-lines').last().click();
      await page.keyboard.press('Control+s');
      await answer(page, 'Overwrite Theirs');
      await page.locator('.tab.active:not(.dirty)', { hasText: 'in S3 ↔ yours' }).waitFor();
      assert.equal(await text(endpoint, 'processed/ui files/report.sql'), 'select 2');
      await runCommand(page, 'View: Close All Editors');
    },
  },
];

async function put(endpoint: string, key: string, body: string): Promise<void> {
  const answered = await fetch(`${endpoint}/${bucket}/${encodeURI(key)}`, { method: 'PUT', body });
  assert.ok(answered.ok);
}

async function text(endpoint: string, key: string): Promise<string> {
  return await (await fetch(`${endpoint}/${bucket}/${encodeURI(key)}`)).text();
}

async function shows(page: Page, wanted: RegExp): Promise<void> {
  for (let tries = 0; !wanted.test(await editorText(page)); tries += 1) {
    if (tries > 100) assert.match(await editorText(page), wanted);
    await page.waitForTimeout(200);
  }
}
