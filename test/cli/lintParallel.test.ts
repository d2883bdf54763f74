import assert from 'node:assert/strict';
import { mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { after, test } from 'node:test';
import { lintSources } from '../../src/cli/lintCatalog';
import { lintWork, type FileTask, type LintWork } from '../../src/cli/lintWork';
import { threadedWork } from '../../src/cli/lintWorkers';
import { defaultConfig } from '../../src/lint/config';
import { inFolder } from '../support/commandLine';

// The thread's program as it is shipped: inside the project, so that it finds its packages.
const folderOfProgram = resolve('dist', 'test', `lint-worker-${process.pid}`);
after(() => rmSync(folderOfProgram, { recursive: true, force: true }));

async function builtWorker(): Promise<string> {
  mkdirSync(folderOfProgram, { recursive: true });
  // A name that the bundler cannot see: esbuild does not work from inside a bundle.
  const bundler: string = 'esbuild';
  const { build } = (await import(bundler)) as typeof import('esbuild');
  const settings: string = resolve('esbuild.mjs');
  const { shared } = (await import(settings)) as { readonly shared: Parameters<typeof build>[0] };
  const outfile = join(folderOfProgram, 'lintWorker.mjs');
  await build({
    ...shared,
    entryPoints: ['src/cli/lintWorker.ts'],
    outfile,
    outExtension: {},
    sourcemap: false,
  });
  return outfile;
}

const signal = new AbortController().signal;

async function linted(work: LintWork, tasks: readonly FileTask[], cwd: string): ReturnType<LintWork['lint']> {
  const facts = await work.facts(tasks);
  const world = await lintSources({
    given: [],
    config: { config: defaultConfig, folder: cwd, problems: [] },
    cwd,
    facts,
    glue: { open: () => Promise.reject(new Error('not wanted')), database: 'default' },
    forced: undefined,
    signal,
  });
  return work.lint({ ...world, fix: false });
}

test('threads find what one thread finds, in the same order, with the tables and uses of all files', async () => {
  const files: Record<string, string | Buffer> = {
    'tables.sql':
      "-- dialect: athena\nCREATE EXTERNAL TABLE sales (id bigint) PARTITIONED BY (day string) STORED AS PARQUET LOCATION 's3://lake/sales/';\n",
    'broken.sql': Buffer.from([0, 0, 1]),
    'warehouse.sql': '-- dialect: redshift\nCREATE TABLE orders (id bigint, made date);\n',
  };
  for (let at = 0; at < 40; at++) {
    files[`q/${at}.sql`] = `-- dialect: athena\nSELECT id FROM sales WHERE id > ${at};\n`;
    files[`w/${at}.sql`] =
      '-- dialect: redshift\nSELECT o.id FROM orders o JOIN lines l ON l.order_id = o.id WHERE o.made > current_date - 7;\n';
    files[`p/${at}.py`] =
      `import boto3\nc.start_query_execution(QueryString="SELECT id FROM sales LIMIT ${at}")\n`;
  }
  await inFolder(files, async (cwd) => {
    const tasks: readonly FileTask[] = Object.keys(files).map((path) => ({
      path,
      absolute: join(cwd, path),
      named: false,
      rules: {},
      wantsNames: false,
    }));
    const alone = await linted(lintWork(), tasks, cwd);
    const bytes = Object.values(files).map(({ length }) => length);
    const threads = threadedWork(await builtWorker(), { bytes, threads: 2 }, signal);
    try {
      assert.deepEqual(await linted(threads, tasks, cwd), alone);
    } finally {
      await threads.close();
    }
    const of = (path: string): readonly string[] =>
      alone.find((file) => file?.path === path)?.findings.map(({ code }) => code) ?? [];
    assert.ok(of('q/7.sql').includes('ATH101') && of('p/7.py').includes('ATH101'));
    assert.equal(
      alone.find((file) => file?.path === 'broken.sql'),
      undefined,
    );
  });
});

test('aborting rejects what threads are asked', async () => {
  await inFolder({ 'a.sql': 'SELECT 1' }, async (cwd) => {
    const stop = new AbortController();
    const threads = threadedWork(await builtWorker(), { bytes: [8, 8], threads: 2 }, stop.signal);
    const task: FileTask = {
      path: 'a.sql',
      absolute: join(cwd, 'a.sql'),
      named: true,
      rules: {},
      wantsNames: false,
    };
    const asked = threads.facts([task, task]);
    stop.abort(new Error('stopped'));
    await assert.rejects(asked, /stopped/);
    await threads.close();
  });
});
