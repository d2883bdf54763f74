import assert from 'node:assert/strict';
import { applyDateFix } from './steps';
import { editorText, goToLine, openFile, problems, runCommand, type UiTest } from './workbench';

/** Findings, hover and quick fix as they are seen. */
export const editorTests: readonly UiTest[] = [
  {
    name: 'a mistake is underlined and listed under Problems with its rule',
    async run({ page, pictures }) {
      await openFile(page, 'large-transfers.sql');
      await page.locator('.monaco-editor .squiggly-error').first().waitFor({ state: 'attached' });
      await page.locator('.monaco-editor .squiggly-warning').first().waitFor({ state: 'attached' });
      await page.keyboard.press('Control+Shift+m');
      await page.locator('.markers-panel .monaco-list-row', { hasText: 'ATH109' }).first().waitFor();
      const listed = await problems(page);
      assert.ok(
        listed.some((text) => /ATH1(01|13)/.test(text)),
        listed.join('\n'),
      );
      await page.screenshot({ path: `${pictures}/findings.png` });
    },
  },
  {
    name: 'hovering a finding gives the reason',
    async run({ page }) {
      await openFile(page, 'large-transfers.sql');
      await page
        .locator('.view-line', { hasText: "= '2024-01-15'" })
        .locator('span', { hasText: '2024-01-15' })
        .last()
        .hover();
      await page.locator('.monaco-hover', { hasText: 'ATH109' }).first().waitFor();
    },
  },
  {
    name: 'the quick fix turns the compared text into a date',
    async run(session) {
      const { page } = session;
      await applyDateFix(session);
      assert.doesNotMatch(await editorText(page), /= '2024-01-15'/);
      await page.keyboard.press('Control+z');
    },
  },
  {
    name: 'a check of the workspace lists files that are not open, and says what they come to',
    async run({ page, pictures }) {
      await runCommand(page, 'Lake: Check Workspace');
      const told = page.locator('.notification-toast', { hasText: 'files checked' }).first();
      await told.waitFor();
      await told.getByRole('button', { name: 'Show Problems' }).click();
      const files = page.locator('.markers-panel .monaco-list-row', { hasText: 'nightly-totals.asl.json' });
      await files.first().waitFor();
      await page.screenshot({ path: `${pictures}/workspace.png` });
      await runCommand(page, 'Lake: Clear Workspace Findings');
      await files.first().waitFor({ state: 'detached' });
    },
  },
  {
    name: 'the light bulb of a state machine offers a fix and the ways to ignore the rule',
    async run({ page, pictures }) {
      await openFile(page, 'nightly-totals.asl.json');
      await page.locator('.monaco-editor .squiggly-warning').first().waitFor({ state: 'attached' });
      await goToLine(page, 7);
      await page.keyboard.press('End');
      await page.keyboard.press('ArrowLeft');
      await page.keyboard.press('ArrowLeft');
      await page.keyboard.press('Control+.');
      const entry = (text: string) =>
        page.locator('.action-widget .monaco-list-row', { hasText: text }).first();
      await entry('Wait for the job').waitFor();
      await entry('Ignore ASL04 in this state').waitFor();
      await entry('Ignore ASL04 everywhere (.lake-workbench.json)').waitFor();
      await page.screenshot({ path: `${pictures}/state-machine.png` });
      await page.keyboard.press('Escape');
    },
  },
];
