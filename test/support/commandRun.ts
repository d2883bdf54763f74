import type { Command, ExitCode } from '../../src/cli/command';
import { runCommandLine } from '../../src/cli/commandLine';

/** What a command line left behind. */
export interface CommandRun {
  readonly code: ExitCode;
  readonly out: string;
  readonly err: string;
}

/** Runs one command as the program would, with the streams caught. */
export async function runCommand(
  command: Command,
  args: readonly string[],
  rest: { readonly stdin?: string; readonly cwd?: string; readonly signal?: AbortSignal } = {},
): Promise<CommandRun> {
  let out = '';
  let err = '';
  const code = await runCommandLine([command.name, ...args], {
    commands: [{ name: command.name, summary: command.summary, load: async () => ({ command }) }],
    version: '0.0.0',
    stdout: { write: (text: string) => (out += text) },
    stderr: { write: (text: string) => (err += text) },
    stdin: async () => rest.stdin ?? '',
    env: process.env,
    cwd: rest.cwd ?? process.cwd(),
    signal: rest.signal ?? new AbortController().signal,
    isTerminal: false,
  });
  return { code, out, err };
}
