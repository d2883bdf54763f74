import { parentPort } from 'node:worker_threads';
import { lintWork, type FileTask, type LintWorld } from './lintWork';

/** What the main thread asks of a thread that lints, and what it answers. */
export type WorkerQuestion =
  | { readonly kind: 'facts'; readonly tasks: readonly FileTask[] }
  | { readonly kind: 'lint'; readonly world: LintWorld };

const work = lintWork();
const port = parentPort;
// An error that is thrown here ends the thread, and the main thread is told it.
port?.on('message', (question: WorkerQuestion) => {
  const answer = question.kind === 'facts' ? work.facts(question.tasks) : work.lint(question.world);
  void answer.then((value) => port.postMessage(value), rethrow);
});

function rethrow(error: unknown): void {
  setImmediate(() => {
    throw error;
  });
}
