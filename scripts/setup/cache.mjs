// The folder outside the project where big things are kept between runs, and the lock on it.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/** The project's root folder. */
export const root = join(import.meta.dirname, '..', '..');

/** Where the VS Code host and the demo lake are kept: `$LAKE_CACHE`, else the user's cache folder. */
export function cacheFolder() {
  const base = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return process.env.LAKE_CACHE || join(base, 'lake-workbench');
}

/**
 * Runs `work` while no other process does the same thing.
 * @template T
 * @param {string} file the lock file, made and removed here
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 * @throws after ten minutes of waiting, naming the file that may be deleted.
 */
export async function withLock(file, work) {
  mkdirSync(dirname(file), { recursive: true });
  let release = takeLock(file);
  for (let waited = 0; !release; waited += 1) {
    if (waited === 0) console.log('  waiting for another run that is installing the same thing');
    if (waited > 600) throw new Error(`Another run still holds ${file}: delete it if there is none.`);
    await new Promise((resolve) => {
      setTimeout(resolve, 1000);
    });
    release = takeLock(file);
  }
  try {
    return await work();
  } finally {
    release();
  }
}

/**
 * Takes a lock, also one whose process was killed.
 * @param {string} file
 * @returns {(() => void) | undefined} gives it back; undefined while a living process holds it
 */
export function takeLock(file) {
  for (const last of [false, true]) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      return () => rmSync(file, { force: true });
    } catch {
      if (last || isHeld(file)) return undefined;
      rmSync(file, { force: true });
    }
  }
  return undefined;
}

function isHeld(file) {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    // Empty: the other process has made the file and is about to write its number.
    if (pid > 0) process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
