import * as vscode from 'vscode';
import { clearResultFiles } from '../commands/resultCommands';
import { Queries } from './queries';
import { ResultsView } from './resultsView';

/** The results panel, the queries that show in it, and the folder of this window's result files. */
export interface ResultsPanel {
  readonly view: ResultsView;
  readonly queries: Queries;
  readonly resultFolder: vscode.Uri;
}

/** Makes the panel; its result files go with the window. */
export function makeResultsPanel(
  context: vscode.ExtensionContext,
  own: <T extends vscode.Disposable>(thing: T) => T,
): ResultsPanel {
  const execute = (command: string) => () => void vscode.commands.executeCommand(command);
  const view = own(
    new ResultsView(context.extensionUri, {
      cancel: execute('lakeWorkbench.cancelQuery'),
      exportCsv: execute('lakeWorkbench.exportResult'),
      openFile: execute('lakeWorkbench.openResultFile'),
      copyLocation: execute('lakeWorkbench.copyResultUri'),
      revealError: () => void queries.revealError(),
    }),
  );
  const queries = own(new Queries(view));
  const resultFolder = vscode.Uri.joinPath(context.globalStorageUri, 'results', String(process.pid));
  own({ dispose: () => void clearResultFiles(resultFolder) });
  return { view, queries, resultFolder };
}
