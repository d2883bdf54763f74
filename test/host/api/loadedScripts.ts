import { readFileSync } from 'node:fs';
import { Session, type Debugger } from 'node:inspector';
import { fileURLToPath } from 'node:url';

/** The files of the extension that this extension host has read so far. */
export function loadedFiles(extensionPath: string): string[] {
  const files: string[] = [];
  const session = new Session();
  session.connect();
  // On enabling, the debugger tells of every script that is there already, before the call returns.
  session.on('Debugger.scriptParsed', ({ params }: { params: Debugger.ScriptParsedEventDataType }) => {
    if (!params.url.startsWith('file://')) return;
    const path = fileURLToPath(params.url);
    if (path.startsWith(extensionPath)) files.push(path);
  });
  session.post('Debugger.enable');
  session.post('Debugger.disable');
  session.disconnect();
  return files;
}

/** Whether a bundled file holds a part of the AWS SDK: its clients name the shapes of their service. */
export function holdsAwsClient(file: string): boolean {
  return /com\.amazonaws\.\w+#/.test(readFileSync(file, 'utf8'));
}
