import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Command, ExitCode } from '../../src/cli/command';
import { runCommandLine } from '../../src/cli/commandLine';

/** What a command line printed and how it ended. */
export interface Ran {
  readonly code: ExitCode;
  readonly out: string;
  readonly err: string;
}

/** Runs a command in a folder, without a process of its own. */
export async function ran(
  command: Command,
  args: readonly string[],
  {
    cwd,
    stdin = '',
    signal = new AbortController().signal,
  }: { readonly cwd: string; readonly stdin?: string; readonly signal?: AbortSignal },
): Promise<Ran> {
  let out = '';
  let err = '';
  const code = await runCommandLine(args, {
    commands: [{ name: command.name, summary: command.summary, load: async () => ({ command }) }],
    version: '1.2.3',
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (err += text) },
    stdin: async () => stdin,
    env: {},
    cwd,
    signal,
    isTerminal: false,
  });
  return { code, out, err };
}

/** A folder with files for one test, removed behind it. */
export async function inFolder<T>(
  files: Readonly<Record<string, string | Buffer>>,
  use: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'lake-workbench-'));
  try {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), content);
    }
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
