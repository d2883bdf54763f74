import { openLake, pick, row, runCommand, tree, type UiTest } from './workbench';

/** Which account the window looks at. */
export const connectionTests: readonly UiTest[] = [
  {
    name: 'switching the connection refreshes the views and shows in the status bar',
    async run({ page }) {
      await openLake(page);
      await page.locator('.statusbar-item', { hasText: 'lake-demo' }).first().click();
      await pick(page, 'lake-demo-archive');
      await page.locator('.statusbar-item', { hasText: 'lake-demo-archive' }).first().waitFor();
      await row(tree(page, 'Zones'), 'processed').waitFor();
    },
  },
  {
    name: 'signed out: the trees say so and offer to sign in',
    async run({ page, pictures }) {
      await openLake(page);
      await runCommand(page, 'Lake: Switch Connection');
      await pick(page, 'lake-signed-out');
      await tree(page, 'Zones')
        .locator('.monaco-list-row', { hasText: /sign(ed)? (in|out)/i })
        .first()
        .waitFor();
      await page.screenshot({ path: `${pictures}/signed-out.png` });
    },
  },
  {
    name: 'switching back brings everything back',
    async run({ page }) {
      await openLake(page);
      await runCommand(page, 'Lake: Switch Connection');
      await page.locator('.quick-input-widget input').fill('lake-demo');
      await page.locator('.quick-input-list .monaco-list-row', { hasText: 'lake-demo' }).first().waitFor();
      await page.keyboard.press('Enter');
      await row(tree(page, 'Zones'), 'processed').waitFor();
      await row(tree(page, 'Catalog'), 'centralbank_data').waitFor();
    },
  },
];
