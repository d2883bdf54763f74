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
  const ofSql = rule.dialects.some((one) => one === 'athena' || one === 'redshift');
  const mark = ofSql ? '--' : '#';
  const above = ofSql ? 'a statement' : 'a statement, key or state';
  return `Switch it off: \`${mark} lake-ignore ${rule.code}\` above ${above}, \`${mark} lake-ignore-file ${rule.code}\` for a file, \`"rules": { "${rule.id}": "off" }\` in \`.lake-workbench.json\`, \`"lakeWorkbench.lint.rules": { "${rule.id}": "off" }\` in the settings.`;
}

/** Opens the page of a rule, by code or id; asks which when none is given. */
export async function showRule(given?: string): Promise<void> {
  const rule = given === undefined ? await pickRule('Show Rule') : findRule(rules, given);
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

/** Asks for a rule; undefined when the question was closed. */
export async function pickRule(title: string): Promise<Rule | undefined> {
  const picked = await vscode.window.showQuickPick(
    rules.map((rule) => ({ label: rule.code, description: rule.title, detail: rule.id, rule })),
    { title, matchOnDescription: true, matchOnDetail: true },
  );
  return picked?.rule;
}
