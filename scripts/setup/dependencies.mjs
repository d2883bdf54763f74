// Makes a plain clone ready: `npm ci`, but only when the lock file is not the one that was installed.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, withLock } from './cache.mjs';
import { npm } from './npm.mjs';

const marker = join(root, 'node_modules', '.lake-lock');

/**
 * Installs the project's packages when `node_modules` is missing or belongs to another lock file.
 * @returns {Promise<boolean>} whether it had to install
 * @throws one sentence when npm fails, with npm's own last lines.
 */
export async function ensureDependencies() {
  if (isInstalled()) return false;
  return withLock(join(root, '.cache', 'install.lock'), async () => {
    if (isInstalled()) return false;
    await npm(['ci'], { cwd: root, what: 'the project packages' });
    writeFileSync(marker, lockHash());
    return true;
  });
}

function isInstalled() {
  if (existsSync(marker) && readFileSync(marker, 'utf8') === lockHash()) return true;
  // Perhaps installed by hand: npm leaves its own copy of the lock file, with the same packages in it.
  const own = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(own)) return false;
  const installed = JSON.parse(readFileSync(own, 'utf8')).packages;
  const locked = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  return Object.entries(locked).every(
    ([path, { version, optional }]) => path === '' || optional || installed[path]?.version === version,
  );
}

function lockHash() {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
}
