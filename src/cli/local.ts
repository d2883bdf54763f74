import { spawn } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Problem } from '../base/problem';
import type { Command, CommandContext, ExitCode } from './command';

// The bundle of the local lake lies in dist/lake, and only in the repository; this file is in dist or in dist/chunks.
const places = ['lake/locallake.mjs', '../lake/locallake.mjs'].map((path) =>
  fileURLToPath(new URL(path, import.meta.url)),
);
const program = places.find((path) => existsSync(path)) ?? places.join();

export const command: Command = {
  name: 'local',
  summary: 'serve a local lake that speaks the AWS protocols',
  usage: '',
  help: 'Prints one line of JSON with endpoint, region, accessKeyId and secretAccessKey when it is ready, and serves on 127.0.0.1 until Ctrl-C.',
  options: {
    root: {
      type: 'string',
      value: 'DIR',
      description: 'The folder of the lake; .lake-workbench/local when not given',
    },
    port: { type: 'string', value: 'N', description: 'The port; a free one when not given' },
    empty: { type: 'boolean', description: 'A new lake without the demo data' },
  },
  run: (context) => serve(context, program),
};

/** Runs the program of the local lake until the signal is aborted or it ends by itself. */
export async function serve(context: CommandContext, file: string): Promise<ExitCode> {
  if (!existsSync(file)) {
    throw new Problem(
      'The local lake is not part of this package: get the repository and run npm run build there.',
      'missing',
    );
  }
  const { root, port, empty } = context.options;
  if (port !== undefined && !/^\d{1,5}$/.test(String(port))) {
    throw new Problem(`The port must be a number below 65536, and is ${String(port)}.`, 'invalid');
  }
  const folder =
    typeof root === 'string' ? resolve(context.cwd, root) : join(context.cwd, '.lake-workbench', 'local');
  mkdirSync(folder, { recursive: true });
  const options = [
    ...(port === undefined ? [] : ['--port', String(port)]),
    ...(empty === true ? ['--empty'] : []),
  ];
  const child = spawn(process.execPath, [file, '--root', folder, ...options], {
    stdio: ['pipe', 'pipe', 'pipe'],
    cwd: context.cwd,
  });
  child.stdout.setEncoding('utf8').on('data', (text: string) => context.stdout.write(text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => context.stderr.write(text));
  // The lake ends when its standard input does: it cannot outlive this process.
  const stop = (): void => void child.stdin.end();
  context.signal.addEventListener('abort', stop);
  if (context.signal.aborted) stop();
  try {
    const code = await new Promise<number | null>((ended, failed) =>
      child.once('error', failed).once('close', ended),
    );
    if (context.signal.aborted) return 130;
    return code === 0 ? 0 : 2;
  } finally {
    context.signal.removeEventListener('abort', stop);
  }
}
