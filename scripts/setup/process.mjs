// Child processes for the scripts: run one to its end, or own a group that is ended as a whole.
import { spawn } from 'node:child_process';

/**
 * Runs a program to its end and resolves to what it printed.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, show?: boolean }} [options] `show` lets it print to the terminal as well.
 * @returns {Promise<{ code: number, output: string }>} `code` is 1 when a signal ended it.
 * @throws when the program cannot be started at all.
 */
export function run(program, args, { cwd, env, show = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env: env ?? process.env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const keep = (target) => (chunk) => {
      output += chunk;
      if (show) target.write(chunk);
    };
    child.stdout.on('data', keep(process.stdout));
    child.stderr.on('data', keep(process.stderr));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/**
 * Starts a program in a process group of its own and waits for a line that `ready` recognises.
 * @template T
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string, name: string, seconds?: number, ready: (output: string) => T | undefined }} options
 * @returns {Promise<{ found: T, output: () => string, exited: Promise<number>, stop: () => Promise<void> }>}
 * `stop` ends the whole group; a group whose leader alone is ended leaves its children behind.
 */
export async function startGroup(program, args, { env, cwd, name, seconds = 60, ready }) {
  // Its standard input stays open as long as we live: a program may take its end as a sign to end too.
  const child = spawn(program, args, { env, cwd, detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
  let output = '';
  const exited = new Promise((resolve) => {
    child.on('error', (error) => {
      output += String(error);
      resolve(1);
    });
    child.on('exit', (code) => resolve(code ?? 1));
  });
  const stop = async () => {
    signalGroup(child.pid, 'SIGTERM');
    await Promise.race([exited, sleep(3000)]);
    signalGroup(child.pid, 'SIGKILL');
  };
  // Ctrl-C and a crash of this script must not leave the group behind.
  const atExit = () => signalGroup(child.pid, 'SIGKILL');
  process.on('exit', atExit);
  try {
    const early = exited.then((code) => {
      throw new Error(`${name} ended with code ${code} before it was ready.\n${output}`);
    });
    let timer;
    const started = new Promise((resolve, reject) => {
      const late = () => reject(new Error(`${name} did not start within ${seconds} s.\n${output}`));
      timer = setTimeout(late, seconds * 1000);
      const look = (chunk) => {
        output += chunk;
        const value = ready(output);
        if (value !== undefined) resolve(value);
      };
      child.stdout.on('data', look);
      child.stderr.on('data', look);
    });
    const found = await Promise.race([started, early]).finally(() => clearTimeout(timer));
    return { found, output: () => output, exited, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function signalGroup(pid, signal) {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, signal);
  } catch {
    // The group has ended already.
  }
}

/** Resolves after so many milliseconds, without keeping the process alive for it. */
export function sleep(ms) {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
