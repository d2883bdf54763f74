// npm as the scripts call it: quiet when it works, one clear sentence when it does not.
import { run } from './process.mjs';

/**
 * Runs npm.
 * @param {readonly string[]} args
 * @param {{ cwd: string, what: string, env?: NodeJS.ProcessEnv }} options `what` names for the user what is being installed
 * @returns {Promise<void>}
 * @throws one sentence that tells offline from any other failure, followed by npm's last lines.
 */
export async function npm(args, { cwd, what, env }) {
  const program = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const { code, output } = await run(program, [...args, '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd,
    env,
  });
  if (code === 0) return;
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|network/.test(output)) {
    throw new Error(`The npm registry cannot be reached, so ${what} cannot be installed: go online once.`);
  }
  throw new Error(`npm could not install ${what} (exit code ${code}).\n${lastLines(output)}`);
}

function lastLines(output) {
  return output.trim().split('\n').slice(-15).join('\n');
}
