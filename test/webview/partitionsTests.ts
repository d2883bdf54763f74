import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { ViewTest } from './harness';
import { textContrasts } from './looksTests';
import { settledCells, twoFrames } from './probes';
import type { ThemeName } from './themes';

type Posted = readonly { readonly kind: string }[];

const posted = (page: Page, kind: string): Promise<Posted> =>
  page.evaluate((wanted) => window.partitions.posted.filter((one) => one.kind === wanted), kind);

const open = async (openPage: Parameters<ViewTest['run']>[0], theme: ThemeName = 'dark'): Promise<Page> => {
  const page = await openPage({ view: 'partitions', theme });
  await page.evaluate(() => {
    window.partitions.view();
    window.partitions.open(200_000);
  });
  await settledCells(page);
  return page;
};

export const partitionsTests: readonly ViewTest[] = [
  {
    name: 'partitions stand in a grid below findings that act and a chart that is a table as well',
    async run(openPage, pictures) {
      const page = await open(openPage);
      assert.equal(await page.locator('h1').textContent(), 'centralbank_data.customer_transactions');
      const grid = page.getByRole('grid', { name: 'Partitions' });
      assert.deepEqual(
        [await grid.getAttribute('aria-rowcount'), await grid.getAttribute('aria-colcount')],
        ['200001', '9'],
      );
      await grid.focus();
      await page.keyboard.press('Control+End');
      const cells = await settledCells(page);
      assert.equal(cells.at(-1)?.text, 'state 199999');
      const box = await grid.boundingBox();
      assert.ok((box?.height ?? 0) >= 180, `the grid is ${box?.height} pixels high`);
      if (pictures !== undefined) await page.screenshot({ path: join(pictures, 'partitions.png') });
      await page.getByRole('button', { name: 'Reveal in Zones' }).click();
      assert.deepEqual(await posted(page, 'reveal'), [{ kind: 'reveal', epoch: 1, row: 199_999 }]);
      await page.getByText('3 days have no partition').click();
      await page.getByText('2024-02-28 to 2024-02-29 (2)').waitFor();
      await page.getByRole('button', { name: 'Repair partitions' }).click();
      assert.deepEqual(await posted(page, 'act'), [{ kind: 'act', action: 'repair' }]);
      const bars = page.locator('.chart svg .bar');
      assert.equal(await bars.count(), 60);
      const heights = await bars.evaluateAll((all) => all.map((bar) => Number(bar.getAttribute('height'))));
      assert.equal(heights.indexOf(Math.max(...heights)), 40);
      await page.getByText('As a table').click();
      assert.match((await page.locator('.chart table').textContent()) ?? '', /day=40.*8\.6 MB/);
      await page.getByRole('combobox', { name: 'Order' }).selectOption('bytes');
      assert.deepEqual(await posted(page, 'sort'), [{ kind: 'sort', by: 'bytes' }]);
      assert.deepEqual(await page.evaluate(() => window.partitions.violations), []);
    },
  },
  {
    name: 'a filter is sent by Enter and its error read out; measuring asks first, and Escape says no',
    async run(openPage) {
      const page = await open(openPage);
      const input = page.getByRole('combobox', { name: 'Filter' });
      await input.fill('year = 2024');
      await input.press('Enter');
      assert.deepEqual(await posted(page, 'filter'), [{ kind: 'filter', text: 'year = 2024' }]);
      await page.evaluate(() =>
        window.partitions.view({
          filter: { text: 'year = 2024', error: 'year is a string: quote it.', suggestions: [] },
        }),
      );
      await page.getByText('year is a string: quote it.').waitFor();
      assert.equal(await page.getByRole('alert').textContent(), 'year is a string: quote it.');
      assert.equal(await input.getAttribute('aria-invalid'), 'true');
      await input.fill("year = '2024' AND mo");
      await page.evaluate(() => window.partitions.view({ busy: '3,000 partitions loaded…' }));
      await page.getByText('3,000 partitions loaded…').waitFor();
      assert.equal(await input.inputValue(), "year = '2024' AND mo");
      await page.getByRole('button', { name: 'Stop' }).click();
      assert.equal((await posted(page, 'cancel')).length, 1);
      await page.evaluate(() => window.partitions.view());
      await page.getByRole('button', { name: 'Measure again…' }).click();
      assert.equal((await posted(page, 'measure')).length, 1);
      const question = 'Lists every object below s3://lake/: at least 13 requests (<$0.001).';
      await page.evaluate((text) => window.partitions.view({ question: text }), question);
      await page.getByText(question).waitFor();
      await twoFrames(page);
      assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'List now');
      await page.keyboard.press('Escape');
      assert.equal((await posted(page, 'dismissMeasure')).length, 1);
      await page.keyboard.press('Enter');
      assert.equal((await posted(page, 'confirmMeasure')).length, 1);
    },
  },
  ...(['light', 'contrast'] as const).map((theme): ViewTest => ({
    name: `on the page of partitions every text can be read in the ${theme} theme`,
    async run(openPage, pictures) {
      const page = await open(openPage, theme);
      for (const { text, ratio } of await page.evaluate(textContrasts)) {
        assert.ok(ratio >= 4.5, `"${text}" has a contrast of ${ratio.toFixed(2)}`);
      }
      if (pictures !== undefined) await page.screenshot({ path: join(pictures, `partitions-${theme}.png`) });
    },
  })),
];
