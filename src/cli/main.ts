#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { runCommandLine, type CommandEntry } from './commandLine';

// Loaded when used: linting must not wait for the AWS SDK or the local lake.
const commands: readonly CommandEntry[] = [
  {
    name: 'lint',
    summary: 'check SQL, state machines, lifecycle and WLM JSON, Glue and Lambda Python',
    load: () => import('./lint'),
  },
  {
    name: 'explain',
    summary: 'why a rule is there, with a bad and a good example',
    load: () => import('./explain'),
  },
  {
    name: 'snapshot',
    summary: 'write the Glue catalog to a file that lint reads without AWS',
    load: () => import('./snapshot'),
  },
  { name: 'zones', summary: 'list the zones of the lake', load: () => import('./zones') },
  {
    name: 'preview',
    summary: 'show what an object of S3 holds',
    load: () => import('./preview'),
  },
  {
    name: 'ddl',
    summary: 'write the definition of a table, or one for the files below a prefix',
    load: () => import('./ddl'),
  },
  {
    name: 'lifecycle',
    summary: 'show, check and apply the lifecycle of a bucket, and what it costs',
    load: () => import('./lifecycle'),
  },
  {
    name: 'partitions',
    summary: 'list a table’s partitions, its gaps, and how much lies in each',
    load: () => import('./partitions'),
  },
  {
    name: 'drift',
    summary: 'compare a table’s columns with its partitions and files',
    load: () => import('./drift'),
  },
  {
    name: 'repair',
    summary: 'compare a table’s partitions with S3, and mend the difference',
    load: () => import('./repair'),
  },
  { name: 'run', summary: 'start a pipeline, and follow it to its end', load: () => import('./run') },
  { name: 'query', summary: 'run a statement and print its rows', load: () => import('./query') },
  {
    name: 'local',
    summary: 'serve a local lake that speaks the AWS protocols',
    load: () => import('./local'),
  },
];

const stop = new AbortController();
process.once('SIGINT', () => {
  stop.abort();
  // A second Ctrl-C does not wait for AWS to confirm.
  process.once('SIGINT', () => process.exit(130));
});
process.once('SIGTERM', () => stop.abort());
// `lake-workbench lint | head`: the reader has gone, which is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

process.exitCode = await runCommandLine(process.argv.slice(2), {
  commands,
  version: ownVersion(),
  stdout: process.stdout,
  stderr: process.stderr,
  stdin: () => text(process.stdin),
  env: process.env,
  cwd: process.cwd(),
  signal: stop.signal,
  isTerminal: process.stderr.isTTY,
});

function ownVersion(): string {
  // package.json lies one folder above dist/cli.mjs, in the repository and in the package.
  const content: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  return typeof content === 'object' && content !== null && 'version' in content
    ? String(content.version)
    : '';
}
