import * as vscode from 'vscode';
import { mayHoldData } from '../../documents/dataKind';
import { isAslName } from '../../documents/kind';
import type { AslCompletion, AslFormat } from '../../language/aslService';
import { pathOf } from './ours';
import { rangeOf } from './places';

const kinds: Readonly<Record<AslCompletion['kind'], vscode.CompletionItemKind>> = {
  field: vscode.CompletionItemKind.Property,
  value: vscode.CompletionItemKind.Value,
  state: vscode.CompletionItemKind.Reference,
  snippet: vscode.CompletionItemKind.Snippet,
};

/** Fields, values and states of state machines; the service behind it is read at the first question. */
export function aslCompletion(): vscode.CompletionItemProvider {
  return {
    async provideCompletionItems(file, position) {
      const format = formatOf(file);
      if (format === undefined) return [];
      const { completeAsl } = await import('../../language/aslService');
      const found = await completeAsl(file.getText(), file.offsetAt(position), format);
      return found.map((one) => {
        const item = new vscode.CompletionItem(one.label, kinds[one.kind]);
        item.range = rangeOf(file, one);
        item.insertText = one.isSnippet ? new vscode.SnippetString(one.text) : one.text;
        if (one.documentation !== '') item.documentation = one.documentation;
        // VS Code compares with what stands in the range, quotes included.
        item.filterText = one.text.replaceAll(/\$\{?\d+:?|\}$/g, '') || one.label;
        return item;
      });
    },
  };
}

/** How a state machine is written; undefined for everything else, templates that hold one among others included. */
function formatOf(file: vscode.TextDocument): AslFormat | undefined {
  const format = file.languageId === 'yaml' || /\.ya?ml$/i.test(file.uri.path) ? 'yaml' : 'json';
  if (isAslName(pathOf(file))) return format;
  const text = file.getText();
  const isMachine =
    /\bStartAt["']?\s*:/.test(text) && !/\bAWSTemplateFormatVersion|\bResources["']?\s*:/.test(text);
  return isMachine && mayHoldData(text, format) ? format : undefined;
}
