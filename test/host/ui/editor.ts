import assert from 'node:assert/strict';
import { applyDateFix } from './steps';
import { editorText, openFile, problems, type UiTest } from './workbench';

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
];
