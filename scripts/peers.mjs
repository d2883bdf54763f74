// Lines per second of `lake-workbench lint` (all rules), sqruff and sqlfluff on the same SQL: `node scripts/peers.mjs`.
// The peers are installed into a Python environment of the bench's own, in the cache folder; absent is said, not failed.
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { buildProduct } from './package.mjs';
import { cacheFolder, root, withLock } from './setup/cache.mjs';

const run = promisify(execFile);
const dialects = ['athena', 'redshift'];
/** Files of about 200 lines. sqlfluff gets few: it needs seconds for each. */
const sizes = { ours: 1000, sqruff: 1000, sqlfluff: 3 };
const linesOfFile = 200;
/** The least that is wanted, as times the peer's lines per second. */
const wanted = { sqlfluff: 300, sqruff: 3 };

/**
 * Measures all three.
 * @returns {Promise<string[]>} one line of figures each
 */
export async function peersBench() {
  const folder = mkdtempSync(join(tmpdir(), 'lake-peers-'));
  try {
    await buildProduct();
    const rates = {};
    const lines = [];
    for (const dialect of dialects) {
      const made = makeFiles(join(folder, dialect), dialect);
      rates[dialect] = await rate(
        process.execPath,
        [join(root, 'dist', 'cli.mjs'), 'lint', '--dialect', dialect, '--fail-on', 'never', made.all],
        { lines: made.lines, cwd: made.all },
      );
      lines.push(`lake-workbench, ${dialect}: ${figure(rates[dialect])} lines/s, ${sizes.ours} files, cold`);
    }
    for (const peer of ['sqruff', 'sqlfluff']) {
      const program = await installed(peer);
      if (program.problem !== undefined) {
        lines.push(`${peer}: not measured. ${program.problem}`);
        continue;
      }
      for (const dialect of dialects) {
        const made = makeFiles(join(folder, `${peer}-${dialect}`), dialect, sizes[peer]);
        const their = await rate(program.path, ['lint', ...optionsOf(peer, dialect), made.all], {
          lines: made.lines,
          cwd: made.all,
        });
        const times = rates[dialect] / their;
        lines.push(
          `${peer} ${program.version}, ${dialect}: ${figure(their)} lines/s, ${sizes[peer]} files; we are ${times.toFixed(times < 20 ? 1 : 0)} times as fast (to reach ${wanted[peer]})`,
        );
      }
    }
    return lines;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function optionsOf(peer, dialect) {
  // sqruff takes the dialect from the configuration that makeFiles writes.
  return peer === 'sqlfluff' ? ['--dialect', dialect, '--processes', '2', '--disable-progress-bar'] : [];
}

/** Files of the judged corpus, each statement with a number of its own, so that no two files are the same. */
function makeFiles(folder, dialect, count = sizes.ours) {
  mkdirSync(folder, { recursive: true });
  const statements = readFileSync(join(root, 'test', 'corpus', 'judged', `${dialect}.sql`), 'utf8')
    .split(/\n\s*\n/)
    // A list item a line, as people write it.
    .map((text) =>
      text.trim().replaceAll(/ (from|where|group by|order by|join|left join|and|on) /gi, '\n$1 '),
    )
    // A few of the peers' parsers stop at what they do not know; procedures are the usual cause.
    .filter((text) => !text.includes('$$'));
  let next = 0;
  let lines = 0;
  for (let number = 0; number < count; number += 1) {
    const parts = [];
    for (let length = 0; length < linesOfFile; next += 1) {
      const text = statements[next % statements.length];
      parts.push(`${text}\n-- ${next}\n;\n`);
      length += text.split('\n').length + 3;
    }
    const content = parts.join('\n');
    lines += content.split('\n').length;
    writeFileSync(join(folder, `query_${number}.sql`), content);
  }
  writeFileSync(join(folder, '.sqruff'), `[sqruff]\ndialect = ${dialect}\n`);
  return { all: folder, lines };
}

/** Lines per second of the better of two runs; a linter's own exit code says nothing of the run. */
async function rate(program, args, { lines, cwd }) {
  let best = Infinity;
  for (let round = 0; round < 2; round += 1) {
    const start = performance.now();
    await run(program, args, { cwd, maxBuffer: 2 ** 30 }).catch((error) => {
      if (typeof error.code !== 'number' || error.code > 2 || error.signal) throw error;
    });
    best = Math.min(best, performance.now() - start);
  }
  return lines / (best / 1000);
}

function figure(perSecond) {
  return Math.round(perSecond).toLocaleString('en');
}

/** The peer's program, installed when it is not yet; or why there is none. */
async function installed(peer) {
  const home = join(cacheFolder(), 'peers');
  const bin = join(home, 'venv', process.platform === 'win32' ? 'Scripts' : 'bin');
  const path = join(bin, process.platform === 'win32' ? `${peer}.exe` : peer);
  try {
    await withLock(join(home, 'lock'), async () => {
      if (existsSync(path)) return;
      if (!existsSync(bin)) await run('python3', ['-m', 'venv', join(home, 'venv')]);
      await run(join(bin, 'pip'), ['install', '--quiet', peer], { timeout: 300_000 });
    });
    const { stdout } = await run(path, ['--version']);
    return { path, version: /[\d.]+/.exec(stdout)?.[0] ?? '' };
  } catch (error) {
    return { problem: `It could not be installed: ${String(error.message).split('\n')[0]}` };
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const line of await peersBench()) console.log(line);
}
