import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeSnapshot } from '../../../src/catalog/snapshot';
import { notification } from './dialogs';
import { runCommand, type UiTest } from './workbench';

const clicks = {
  database: 'dear',
  name: 'clicks',
  columns: [{ name: 'id', type: 'bigint' }],
  partitionKeys: [{ name: 'year', type: 'int' }],
  partitionCount: 4,
  bytes: 3 * 2 ** 40,
};

/** Checking all files of the workspace, and stopping it. */
export const workspaceCheckTests: readonly UiTest[] = [
  {
    name: 'a check of the workspace tells what it found and lists the dearest statements',
    async run({ page, pictures, workspace }) {
      const folder = join(workspace, 'dear');
      mkdirSync(folder);
      writeFileSync(join(folder, 'lake.catalog.json'), writeSnapshot({ databases: [], tables: [clicks] }));
      writeFileSync(join(folder, 'scan.sql'), '-- dialect: athena\nSELECT id FROM dear.clicks;\n');
      // The snapshot is known a moment after it was written.
      const told = notification(page, /reads .* a run/);
      for (let tries = 0; !(await told.isVisible()); tries += 1) {
        assert.ok(tries < 20, 'the cost of no statement is told');
        await runCommand(page, 'Notifications: Clear All Notifications');
        await runCommand(page, 'Lake: Check Workspace');
        await notification(page, /checked/).waitFor();
      }
      assert.match(await told.innerText(), /\d+ files?/);
      await told.getByRole('button', { name: 'Show Most Expensive' }).click();
      const first = page.locator('.quick-input-list .monaco-list-row').first();
      await first.waitFor();
      assert.match(await first.innerText(), /\$\d/);
      await page.screenshot({ path: `${pictures}/dearest-statements.png` });
      await page.keyboard.press('Escape');
      rmSync(folder, { recursive: true });
    },
  },
  {
    name: 'a check of thousands of files stops when it is cancelled, and says so',
    async run({ page, workspace }) {
      const folder = join(workspace, 'many');
      mkdirSync(folder);
      const text = '-- dialect: athena\nSELECT channel FROM customer_transactions WHERE amount > 1;\n'.repeat(
        40,
      );
      for (let file = 0; file < 4000; file += 1) writeFileSync(join(folder, `scan-${file}.sql`), text);
      try {
        await runCommand(page, 'Lake: Check Workspace');
        const progress = notification(page, /of 4,0\d\d files/);
        await progress.waitFor();
        await progress.getByRole('button', { name: 'Cancel' }).click();
        const told = notification(page, 'Cancelled.');
        await told.waitFor();
        // Stopped before the first was done, no number is told.
        const files = /([\d,]+) files? checked/.exec(await told.innerText())?.[1] ?? '0';
        assert.ok(Number(files.replaceAll(',', '')) < 4000, await told.innerText());
      } finally {
        rmSync(folder, { recursive: true });
        await runCommand(page, 'Lake: Clear Workspace Findings');
        await runCommand(page, 'Notifications: Clear All Notifications');
      }
    },
  },
];
