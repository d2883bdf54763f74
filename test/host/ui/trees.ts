import assert from 'node:assert/strict';
import { withFaults } from '../lakeControl';
import { expand, expandPath, openLake, row, runCommand, scrollTo, tree, type UiTest } from './workbench';

/** Browsing the zones and the catalog. */
export const treeTests: readonly UiTest[] = [
  {
    name: 'the zones go down to objects with their sizes',
    async run({ page }) {
      await openLake(page);
      const zones = tree(page, 'Zones');
      const zone = ['processed', 'centralbank-data-lake/processed', 'transactions/'];
      await expandPath(zones, [...zone, 'year=2024', 'month=01', 'day=01']);
      const object = await scrollTo(zones, /\.parquet$/);
      assert.match(await object.innerText(), /\d[\d.,]* (B|kB|KB|KiB|MB|MiB)/);
    },
  },
  {
    name: 'the catalog goes down to partition keys and partitions, a page at a time',
    async run({ page, pictures }) {
      await openLake(page);
      const catalog = tree(page, 'Catalog');
      await expand(catalog, 'centralbank_data');
      await expand(catalog, 'customer_transactions');
      await expand(catalog, 'partition keys');
      await scrollTo(catalog, 'year');
      await expand(catalog, 'partitions');
      await scrollTo(catalog, /^year=2023/);
      await page.screenshot({ path: `${pictures}/catalog.png` });
      const more = await scrollTo(catalog, 'Load more…');
      assert.match(await more.innerText(), /100 loaded/);
      await more.locator('.label-name').click();
      // The row gives way to the next page, and comes again below it.
      await more.filter({ hasText: '100 loaded' }).waitFor({ state: 'detached' });
      const next = await scrollTo(catalog, 'Load more…');
      await next.filter({ hasText: '200 loaded' }).waitFor();
    },
  },
  {
    name: 'a denied bucket says so where it happened, and is read once it may be',
    async run({ page, endpoint }) {
      await openLake(page);
      const zones = tree(page, 'Zones');
      await withFaults(endpoint, [{ action: 's3:ListObjectsV2', kind: 'denied' }], async () => {
        await runCommand(page, 'Lake: Refresh');
        await expand(zones, 'Other');
        await expand(zones, 'centralbank-data-lake');
        await scrollTo(zones, 'Not permitted');
      });
      await runCommand(page, 'Lake: Refresh');
      await row(zones, 'processed').waitFor();
      await zones
        .locator('.monaco-list-row', { hasText: /denied/i })
        .first()
        .waitFor({ state: 'detached' });
    },
  },
];
