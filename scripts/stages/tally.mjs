// What every stage answers with: how many passed, how many failed, and what to print about the failures.

/** @typedef {{ passed: number, failed: number, detail?: string }} Tally */

/**
 * Runs named asynchronous tests one after the other.
 * @param {readonly { name: string, run: () => Promise<void> }[]} tests
 * @param {{ seconds?: number, onFailure?: (name: string) => Promise<string | undefined> }} [options]
 * `seconds` is the longest that one test may take; `onFailure` may save evidence and return a line about it
 * @returns {Promise<Tally>}
 */
export async function runTests(tests, { seconds = 90, onFailure } = {}) {
  const failures = [];
  for (const { name, run } of tests) {
    try {
      await within(seconds, run());
    } catch (error) {
      const evidence = await onFailure?.(name).catch(() => undefined);
      failures.push([`✗ ${name}`, describe(error), evidence].filter(Boolean).join('\n'));
    }
  }
  return tally(tests.length - failures.length, failures);
}

/** A stage's answer from its number of passed tests and the texts of its failures. */
export function tally(passed, failures) {
  return {
    passed,
    failed: failures.length,
    ...(failures.length > 0 ? { detail: failures.join('\n\n') } : {}),
  };
}

function describe(error) {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

async function within(seconds, work) {
  let timer;
  const late = new Promise((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`did not end within ${seconds} s`)), seconds * 1000);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
