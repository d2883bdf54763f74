// What loading and activating the built extension takes of itself: no window around it that starts at the same time.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../setup/cache.mjs';
import { ensureHost } from '../setup/vscodeHost.mjs';

const rounds = 9;

/**
 * Of fresh processes of VS Code's own Node, with an editor that answers everything with nothing.
 * @returns {Promise<string[]>} one line a figure
 */
export async function ownActivationBench() {
  const { node } = await ensureHost();
  const folder = mkdtempSync(join(tmpdir(), 'lake-activation-'));
  try {
    const script = join(folder, 'activate.mjs');
    writeFileSync(script, activation(join(folder, 'vscode.mjs')));
    writeFileSync(join(folder, 'vscode.mjs'), editorOfNothing());
    const times = Array.from({ length: rounds }, () =>
      JSON.parse(execFileSync(node, [script], { encoding: 'utf8', cwd: root })),
    );
    const median = (of) => times.map(of).toSorted((a, b) => a - b)[Math.floor(rounds / 2)];
    const whole = median(({ load, activate }) => load + activate);
    return [
      `activation of its own: ${whole.toFixed(0)} ms, loading ${median(({ load }) => load).toFixed(0)} ms and activate() ${median(({ activate }) => activate).toFixed(0)} ms, median of ${rounds} fresh processes (to stay under 50 ms)`,
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function activation(editor) {
  return `
import { registerHooks } from 'node:module';
registerHooks({
  resolve: (name, context, next) =>
    name === 'vscode' ? { url: ${JSON.stringify(pathToFileURL(editor).href)}, shortCircuit: true } : next(name, context),
});
const { nothing } = await import('vscode');
const packageJSON = ${readFileSync(join(root, 'package.json'), 'utf8')};
const started = performance.now();
const extension = await import(${JSON.stringify(pathToFileURL(join(root, 'dist', 'extension.mjs')).href)});
const loaded = performance.now();
const memory = { get: (_, otherwise) => otherwise, update: async () => undefined, keys: () => [] };
extension.activate({
  subscriptions: [],
  extension: { packageJSON },
  extensionUri: nothing,
  workspaceState: memory,
  globalState: memory,
});
process.stdout.write(JSON.stringify({ load: loaded - started, activate: performance.now() - loaded }));
process.exit(0);
`;
}

/** A module with every name of the editor's API; each is called, constructed and read, and gives the same again. */
function editorOfNothing() {
  const api = readFileSync(join(root, 'node_modules', '@types', 'vscode', 'index.d.ts'), 'utf8');
  const names = new Set(
    [...api.matchAll(/^\texport (?:class|enum|namespace|function|const|let) (\w+)/gm)].map(
      ([, name]) => name,
    ),
  );
  return `
export const nothing = new Proxy(function () {}, {
  get: (_, key) => (key === Symbol.iterator ? function* () {} : key === Symbol.toPrimitive ? () => '' : key === 'then' ? undefined : nothing),
  set: () => true,
  apply: () => nothing,
  construct: () => nothing,
});
${[...names].map((name) => `export const ${name} = nothing;`).join('\n')}
`;
}
