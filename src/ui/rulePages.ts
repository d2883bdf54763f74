import * as vscode from 'vscode';
import { rulePage } from '../lint/ruleDocs';
import { rules } from '../lint/rules/index';
import { findRule } from '../lint/settings';
import type { Rule } from '../lint/rule';
import { Problem } from '../base/problem';

const scheme = 'lake-rule';

/** Serves the pages of the rules as read-only Markdown. */
export function registerRulePages(): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(scheme, {
    provideTextDocumentContent(uri) {
      const rule = findRule(rules, uri.path.replace(/^\/|\.md$/g, ''));
      return rule === undefined
        ? 'There is no such rule.\n'
        : `${rulePage(rule, { heading: '#' })}\n\n${switchOff(rule)}\n`;
    },
  });
}

function switchOff(rule: Rule): string {
  return `Switch it off: \`-- lake-ignore ${rule.code}\` above a statement, \`-- lake-ignore-file ${rule.code}\` for a file, \`"lakeWorkbench.lint.rules": { "${rule.id}": "off" }\` in the settings.`;
}

/** Opens the page of a rule, by code or id; asks which when none is given. */
export async function showRule(given?: string): Promise<void> {
  const rule = given === undefined ? await pickRule() : findRule(rules, given);
  if (rule === undefined) {
    if (given === undefined) return;
    throw new Problem(`No rule is called ${given}: run Show Rule… without a name to choose one.`, 'invalid');
  }
  const uri = vscode.Uri.from({ scheme, path: `/${rule.code}.md` });
  try {
    await vscode.commands.executeCommand('markdown.showPreviewToSide', uri);
  } catch {
    await vscode.window.showTextDocument(uri); // the Markdown extension may be switched off
  }
}

async function pickRule(): Promise<Rule | undefined> {
  const picked = await vscode.window.showQuickPick(
    rules.map((rule) => ({ label: rule.code, description: rule.title, detail: rule.id, rule })),
    { title: 'Show Rule', matchOnDescription: true, matchOnDetail: true },
  );
  return picked?.rule;
}
