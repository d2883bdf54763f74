// `npm run demo -- --pictures DIR`: the pictures that the README shows, in a dark and a light theme.
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { importBundled } from '../stages/bundle.mjs';
import { withWindow } from './window.mjs';

const themes = { dark: 'Default Dark Modern', light: 'Default Light Modern' };

/**
 * @param {import('./prepare.mjs').Demo} demo
 * @param {string} folder
 * @returns {Promise<number>} exit code
 */
export async function savePictures(demo, folder) {
  const { takePictures } = await importBundled('test/host/ui/pictures.ts');
  const pictures = resolve(folder);
  mkdirSync(pictures, { recursive: true });
  for (const [suffix, theme] of Object.entries(themes)) {
    const settings = { 'workbench.colorTheme': theme };
    const saved = await withWindow(demo, { pictures, settings }, (session) => takePictures(session, suffix));
    for (const file of saved) console.log(file);
  }
  return 0;
}
