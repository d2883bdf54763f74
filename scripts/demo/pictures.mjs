// `npm run demo -- --pictures DIR`: the pictures that the README shows, in a dark and a light theme, the first in high contrast too.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { importBundled } from '../stages/bundle.mjs';
import { withPalette } from './palettePng.mjs';
import { withWindow } from './window.mjs';

const series = [
  { theme: 'dark', colors: 'Default Dark Modern', onlyOverview: false },
  { theme: 'light', colors: 'Default Light Modern', onlyOverview: false },
  { theme: 'contrast', colors: 'Default High Contrast', onlyOverview: true },
];

/**
 * @param {() => Promise<import('./prepare.mjs').Demo>} prepare makes a demo that nobody has used
 * @param {string} folder
 * @returns {Promise<number>} exit code
 */
export async function savePictures(prepare, folder) {
  const { takePictures } = await importBundled('test/host/ui/pictures.ts');
  const pictures = resolve(folder);
  mkdirSync(pictures, { recursive: true });
  for (const each of series) {
    const demo = await prepare();
    try {
      const settings = { ...pictureSettings, 'workbench.colorTheme': each.colors };
      const saved = await withWindow(demo, { pictures, settings }, (session) => takePictures(session, each));
      for (const file of saved) console.log(smaller(file));
    } finally {
      await demo.stop();
    }
  }
  return 0;
}

/** What is not the extension's takes no room in its pictures. */
const pictureSettings = {
  'editor.minimap.enabled': false,
  'editor.wordWrap': 'on',
  'window.commandCenter': false,
  'workbench.layoutControl.enabled': false,
};

function smaller(file) {
  const packed = withPalette(readFileSync(file));
  writeFileSync(file, packed);
  return `${file} (${Math.round(packed.length / 1024)} kB)`;
}
