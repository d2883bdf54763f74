import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { serve } from '../../src/cli/local';
import type { CommandContext, OptionValues } from '../../src/cli/command';

/** A context whose output lands in `written`; `stop` is Ctrl-C. */
function contextIn(cwd: string, options: OptionValues = {}) {
  const stop = new AbortController();
  const written: string[] = [];
  const sink = { write: (text: string) => written.push(text) };
  const context: CommandContext = {
    arguments: [],
    options,
    stdout: sink,
    stderr: sink,
    stdin: async () => '',
    env: {},
    cwd,
    signal: stop.signal,
    isTerminal: false,
  };
  return { context, stop, written };
}

function inFolder(run: (folder: string) => Promise<void>): () => Promise<void> {
  return async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cli-local-'));
    try {
      await run(folder);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
}

test(
  'a missing program is one sentence',
  inFolder(async (folder) => {
    await assert.rejects(serve(contextIn(folder).context, join(folder, 'none.mjs')), {
      name: 'Problem',
      message: 'The local lake is not part of this package: get the repository and run npm run build there.',
    });
  }),
);

test(
  'what the program prints is passed on, and Ctrl-C ends it through its standard input',
  inFolder(async (folder) => {
    const program = join(folder, 'lake.mjs');
    writeFileSync(
      program,
      `console.log(JSON.stringify(process.argv.slice(2))); process.stdin.on('end', () => console.log('gone')).resume();`,
    );
    const { context, stop, written } = contextIn(folder, { root: 'lake', port: '4567', empty: true });
    const ended = serve(context, program);
    while (written.length === 0) await new Promise((next) => setTimeout(next, 10));
    stop.abort();
    assert.equal(await ended, 130);
    assert.deepEqual(written.join('').split('\n'), [
      JSON.stringify(['--root', join(folder, 'lake'), '--port', '4567', '--empty']),
      'gone',
      '',
    ]);
  }),
);

test(
  'a program that fails gives exit code 2, and a port that is none is refused',
  inFolder(async (folder) => {
    const program = join(folder, 'lake.mjs');
    writeFileSync(program, 'process.exit(1)');
    assert.equal(await serve(contextIn(folder).context, program), 2);
    await assert.rejects(serve(contextIn(folder, { port: 'x' }).context, program), {
      name: 'Problem',
      message: /port must be a number/,
    });
  }),
);
