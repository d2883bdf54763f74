import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';

interface Result {
  readonly title: string;
  readonly ms: number;
  readonly error?: string;
}

/**
 * Runs the loaded test files inside the extension host and writes every result to the file that
 * `LAKE_TEST_RESULTS` names: the window's log mixes the suite's output with the editor's own.
 */
export async function runSuite(files: readonly (() => Promise<unknown>)[]): Promise<void> {
  const only = process.env['LAKE_TEST_ONLY'];
  const mocha = new Mocha({ ui: 'tdd', timeout: 60_000, ...(only === undefined ? {} : { grep: only }) });
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  for (const load of files) await load();
  const results: Result[] = [];
  const failures = await new Promise<number>((resolve) => {
    const runner = mocha.run(resolve);
    runner.on('pass', (test) => results.push({ title: test.fullTitle(), ms: test.duration ?? 0 }));
    runner.on('fail', (test, error: Error) =>
      results.push({ title: test.fullTitle(), ms: 0, error: error.stack ?? error.message }),
    );
  });
  const file = process.env['LAKE_TEST_RESULTS'];
  if (file !== undefined) writeFileSync(file, JSON.stringify(results));
  if (failures > 0) throw new Error(`${failures} tests failed`);
}
