import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { handlerArgument, serveHandler } from './jobs/handlerProcess';
import { startLake } from './lake';

// The lake starts this program again for each job or function that it runs.
if (process.argv[2] === handlerArgument) await serveHandler();

// The process of the local lake: prints one line of JSON when it is ready, and ends with its standard input.
const { values } = parseArgs({
  options: {
    root: { type: 'string' },
    port: { type: 'string', default: '0' },
    empty: { type: 'boolean', default: false },
    small: { type: 'boolean', default: false },
  },
});
if (values.root === undefined || !/^\d+$/.test(values.port)) {
  process.stderr.write('usage: locallake --root DIR [--port N] [--empty | --small]\n');
  process.exit(2);
}
const root = resolve(values.root);
if (!existsSync(root)) process.stderr.write(`Making the lake in ${root}\n`);
const seed = values.empty ? 'empty' : values.small ? 'small' : 'demo';
const lake = await startLake({ root, port: Number(values.port), seed });
const stop = (): void => {
  lake.close();
  process.exit(0);
};
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
// Who started the lake holds the other end: when that process is gone, so is the lake.
process.stdin.on('end', stop).on('close', stop).resume();
process.stdout.write(`${JSON.stringify(lake.access)}\n`);
