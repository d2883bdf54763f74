import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { notification } from './dialogs';
import { runCommand, type UiTest } from './workbench';

/** Checking all files of the workspace, and stopping it. */
export const workspaceCheckTests: readonly UiTest[] = [
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
