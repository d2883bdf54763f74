import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { ViewTest } from './harness';
import { settledCells, twoFrames } from './probes';
import { themes, type ThemeName } from './themes';

export const looksTests: readonly ViewTest[] = (Object.keys(themes) as ThemeName[]).map((theme) => ({
  name: `the ${theme} theme's colours are used, and every text can be read on them`,
  async run(open, pictures) {
    const page = await open({ theme });
    await page.evaluate(() => window.lake.open({ rows: 2_000_000, columns: 9 }));
    await settledCells(page);
    await page.locator('[role=grid]').focus();
    for (const key of ['ArrowDown', 'Shift+ArrowDown', 'Shift+ArrowRight', 'Shift+ArrowRight']) {
      await page.keyboard.press(key);
    }
    await twoFrames(page);
    const grid = await page.evaluate(
      () => getComputedStyle(document.querySelector('.grid') as Element).backgroundColor,
    );
    assert.equal(grid, rgb(themes[theme]['editor-background']));
    const focus = await page.evaluate(() => {
      const { outlineColor, outlineStyle, outlineWidth } = getComputedStyle(
        document.querySelector('.active') as Element,
      );
      return [outlineColor, outlineStyle, outlineWidth];
    });
    assert.deepEqual(focus, [rgb(themes[theme].focusBorder), 'solid', '2px']);
    const contrasts = await page.evaluate(textContrasts);
    assert.ok(contrasts.length > 20);
    for (const { text, ratio } of contrasts)
      assert.ok(ratio >= 4.5, `"${text}" has a contrast of ${ratio.toFixed(2)}`);
    if (pictures !== undefined) await page.screenshot({ path: join(pictures, `results-${theme}.png`) });
    assert.deepEqual(await page.evaluate(() => window.lake.violations), []);
  },
}));

function rgb(hex: string): string {
  const parts = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  return `rgb(${parts.join(', ')})`;
}

/** Runs in the page: WCAG contrast of the texts in view on what they stand on. */
export function textContrasts(): { text: string; ratio: number }[] {
  type Colour = [number, number, number, number];
  const parse = (css: string): Colour => {
    const [r = 0, g = 0, b = 0, a = 1] = (css.match(/[\d.]+/g) ?? []).map(Number);
    return [r, g, b, a];
  };
  const over = (top: Colour, below: Colour): Colour => {
    const mix = (index: 0 | 1 | 2): number => top[index] * top[3] + below[index] * (1 - top[3]);
    return [mix(0), mix(1), mix(2), 1];
  };
  const behind = (node: Element | null): Colour =>
    node === null
      ? [255, 255, 255, 1]
      : over(parse(getComputedStyle(node).backgroundColor), behind(node.parentElement));
  const light = ([r, g, b]: Colour): number => {
    const [x = 0, y = 0, z = 0] = [r, g, b].map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  return [...document.querySelectorAll('.cell, .facts, .facts button, .action, .place')]
    .filter((node) => node.getClientRects().length > 0 && node.textContent !== '')
    .map((node) => {
      const ground = behind(node);
      const ink = over(parse(getComputedStyle(node).color), ground);
      const [bright = 0, dim = 0] = [light(ink), light(ground)].sort((a, b) => b - a);
      return { text: node.textContent ?? '', ratio: (bright + 0.05) / (dim + 0.05) };
    });
}
