import * as vscode from 'vscode';
import { once } from '../../base/once';

/**
 * Registers the file system of a scheme; what stands behind it is read at the first file. VS Code asks for it as soon
 * as the extension is active, so this must be there by then.
 */
export function registerLazyFiles(
  scheme: 's3' | 'lake-lifecycle',
  load: () => Promise<vscode.FileSystemProvider>,
): vscode.Disposable {
  const changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  const files = once(async () => {
    const found = await load();
    found.onDidChangeFile((events) => changed.fire(events));
    return found;
  });
  const registered = vscode.workspace.registerFileSystemProvider(
    scheme,
    {
      onDidChangeFile: changed.event,
      // S3 tells nobody of changes: a document is read again when it is opened or its window comes to the front.
      watch: () => new vscode.Disposable(() => undefined),
      stat: async (uri) => (await files()).stat(uri),
      readDirectory: async (uri) => (await files()).readDirectory(uri),
      readFile: async (uri) => (await files()).readFile(uri),
      writeFile: async (uri, content, options) => (await files()).writeFile(uri, content, options),
      createDirectory: async (uri) => (await files()).createDirectory(uri),
      delete: async (uri, options) => (await files()).delete(uri, options),
      rename: async (from, to, options) => (await files()).rename(from, to, options),
    },
    { isCaseSensitive: true },
  );
  return vscode.Disposable.from(registered, changed);
}
