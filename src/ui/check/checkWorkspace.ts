import { setImmediate } from 'node:timers/promises';
import * as vscode from 'vscode';
import { formatBytes, formatCount, formatUsd } from '../../base/format';
import { Problem } from '../../base/problem';
import { bySeverity, summaryText, type CheckCounts } from '../../language/checkSummary';
import type { CostlyStatement } from '../../language/fileCosts';
import { withCancel } from '../withCancel';
import { workspaceFiles } from './workspaceFiles';
import type { WorkspaceFindings } from './workspaceFindings';

/** What a check of the workspace came to, as plain data. */
export interface WorkspaceSummary extends CheckCounts {
  /** True when the user stopped it: what was found by then is listed. */
  readonly cancelled: boolean;
}

/** Puts the findings of all files of the workspace into the Problems view, and tells what they come to. */
export async function checkWorkspace(
  findings: WorkspaceFindings,
  ready: () => Promise<unknown>,
): Promise<WorkspaceSummary> {
  if (vscode.workspace.workspaceFolders === undefined)
    throw new Problem('No folder is open: open the folder whose files are to be checked.', 'invalid');
  const summary = await withCancel('Checking the workspace', async (report, signal) => {
    await ready();
    const files = await workspaceFiles();
    let checked = 0;
    let unknownDialect = 0;
    const counts = { error: 0, warning: 0, information: 0, hint: 0 };
    for (const [index, uri] of files.entries()) {
      if (signal.aborted) break;
      report(`${formatCount(index + 1)} of ${formatCount(files.length)} files`);
      const look = await findings.check(uri);
      if (look.kind === 'unknown-dialect') unknownDialect += 1;
      if (look.kind === 'checked') {
        checked += 1;
        const more = bySeverity(look.findings);
        for (const severity of ['error', 'warning', 'information', 'hint'] as const)
          counts[severity] += more[severity];
      }
      await setImmediate(); // typing and other extensions come first
    }
    return { files: checked, unknownDialect, bySeverity: counts, cancelled: signal.aborted };
  });
  void tellSummary(summary, findings);
  return summary;
}

async function tellSummary(summary: WorkspaceSummary, findings: WorkspaceFindings): Promise<void> {
  const costly = costliest(findings);
  const [worst] = costly;
  const { error, warning, information } = summary.bySeverity;
  const text = [
    summary.cancelled ? 'Cancelled.' : '',
    summaryText(summary),
    worst === undefined ? '' : `The most expensive statement reads ${figures(worst.statement)} a run.`,
  ].filter((part) => part !== '');
  const problems = 'Show Problems';
  const costs = 'Show Most Expensive';
  const picked = await vscode.window.showInformationMessage(
    text.join(' '),
    ...(worst === undefined ? [] : [costs]),
    ...(error + warning + information === 0 ? [] : [problems]),
  );
  if (picked === problems) await vscode.commands.executeCommand('workbench.actions.view.problems');
  if (picked === costs) await showCosts(findings);
}

interface Costly {
  readonly uri: vscode.Uri;
  readonly range: vscode.Range;
  readonly statement: CostlyStatement;
}

function costliest(findings: WorkspaceFindings): readonly Costly[] {
  return findings.kept
    .flatMap(({ uri, costs }) => costs.map((one) => ({ uri, ...one })))
    .toSorted(
      (a, b) =>
        b.statement.cost.usd - a.statement.cost.usd || b.statement.cost.bytes - a.statement.cost.bytes,
    );
}

function figures({ cost: { bytes, usd, unknown } }: CostlyStatement): string {
  return `${unknown === 0 ? '' : 'at least '}${formatBytes(bytes)}, ${formatUsd(usd)}`;
}

/** Lists the statements with findings by what one run of them costs, and goes to the one that is picked. */
export async function showCosts(findings: WorkspaceFindings): Promise<void> {
  const all = costliest(findings);
  if (all.length === 0) {
    throw new Problem(
      'No checked statement has a known cost: run Check Workspace, with tables whose sizes the catalog or a snapshot knows.',
      'missing',
    );
  }
  const picked = await vscode.window.showQuickPick(
    all.slice(0, 500).map(({ uri, range, statement }) => {
      const codes = [...new Set(statement.findings.map(({ code }) => code))].join(', ');
      return {
        label: figures(statement),
        description: `${codes} · ${vscode.workspace.asRelativePath(uri)}:${range.start.line + 1}`,
        detail: statement.findings[0]?.message ?? '',
        uri,
        range,
      };
    }),
    {
      title: 'Most Expensive Statements',
      placeHolder: 'What one run reads and costs, by the sizes that the catalog knows',
      matchOnDescription: true,
      matchOnDetail: true,
    },
  );
  if (picked === undefined) return;
  await vscode.window.showTextDocument(picked.uri, { selection: picked.range });
}
