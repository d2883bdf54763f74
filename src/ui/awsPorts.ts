import * as vscode from 'vscode';
import { once } from '../base/once';
import { callLine, type CallLog } from '../connection/callLog';
import type { AwsPorts } from '../ports/awsPorts';

/** The module that makes the adapters; read at the first use, since the AWS clients take longer to read than all the rest. */
export type Adapters = () => Promise<{
  readonly openAws: (options: {
    readonly log: CallLog;
    readonly transport?: { readonly proxy?: string };
  }) => AwsPorts;
}>;

/** The AWS ports, made at the first use through the proxy that VS Code is set to, and again when that changes. */
export function awsPorts(
  adapters: Adapters,
  log: vscode.LogOutputChannel,
  own: <T extends vscode.Disposable>(thing: T) => T,
): () => Promise<AwsPorts> {
  const ports = once(async () => {
    const { openAws } = await adapters();
    const proxy = vscode.workspace.getConfiguration('http').get<string>('proxy') ?? '';
    return openAws({
      log: { record: (entry) => log.info(callLine(entry)) },
      ...(proxy === '' ? {} : { transport: { proxy } }),
    });
  });
  own(
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('http.proxy')) ports.reset();
    }),
  );
  return ports;
}
