// `npm run demo -- --check`: the main job in a real VS Code on the demo lake, told line by line.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importBundled } from '../stages/bundle.mjs';
import { withWindow } from './window.mjs';

/**
 * Does the main job and prints what it saw.
 * @param {import('./prepare.mjs').Demo} demo
 * @param {() => void} ready called once the window shows the extension
 * @returns {Promise<number>} exit code: 0 when every step did what it should
 */
export async function checkDemo(demo, ready) {
  const { mainJob } = await importBundled('test/host/ui/mainJob.ts');
  const pictures = mkdtempSync(join(tmpdir(), 'lake-check-'));
  try {
    await withWindow(demo, { pictures }, (session) => mainJob(session, { ready, say: console.log }));
    console.log('The main job works.');
    return 0;
  } finally {
    rmSync(pictures, { recursive: true, force: true });
  }
}
