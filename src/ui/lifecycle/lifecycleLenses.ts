import * as vscode from 'vscode';
import { Problem } from '../../base/problem';
import { countWords } from '../../storage/figureWords';
import { lifecycleChanges } from '../../storage/lifecycleChanges';
import { readLifecycleText } from '../../storage/lifecycleText';
import { ruleLenses } from '../../storage/ruleLenses';
import type { EffectsWish } from './effects';
import { figuresFor } from './figures';
import { lifecycleScheme, type LifecycleFiles, type LifecycleState } from './lifecycleFiles';

/** What can be done with a lifecycle above it, and what each rule catches above the rule. */
export function lifecycleLenses(files: LifecycleFiles): vscode.CodeLensProvider {
  return {
    onDidChangeCodeLenses: files.onDidChangeState,
    provideCodeLenses(file) {
      const state = files.state(file.uri);
      if (state === undefined) return [];
      const address = file.uri.toString();
      const top = new vscode.Range(0, 0, 0, 0);
      const lens = (range: vscode.Range, command: vscode.Command): vscode.CodeLens =>
        new vscode.CodeLens(range, command);
      const text = file.getText();
      const effects = (wish?: EffectsWish): vscode.Command => ({
        title: '$(search) What it catches now',
        tooltip: 'Lists the objects that the rules are for; what that costs is told before',
        command: 'lakeWorkbench.showLifecycleEffects',
        arguments: [address, ...(wish === undefined ? [] : [wish])],
      });
      const figures = figuresFor(state, text);
      return [
        lens(top, {
          title: stateTitle(state, text),
          tooltip: `${state.connection.name} · ${state.connection.region}, read ${state.readAt.toLocaleTimeString()}`,
          command: 'lakeWorkbench.compareLifecycle',
          arguments: [address],
        }),
        lens(top, { ...effects(), title: '$(search) What all rules catch now' }),
        lens(top, {
          title: '$(cloud-upload) Apply…',
          tooltip: `Puts these rules in place of those of s3://${state.bucket}, after a question`,
          command: 'lakeWorkbench.applyLifecycle',
          arguments: [address],
        }),
        lens(top, {
          title: '$(history) Restore previous…',
          command: 'lakeWorkbench.restorePreviousLifecycle',
          arguments: [address],
        }),
        ...ruleLenses(text, {
          ...(figures === undefined ? {} : { figures }),
          ...(state.prefix === undefined ? {} : { prefix: state.prefix }),
        }).map(({ offset, rule, title, tooltip, kind }) => {
          const range = new vscode.Range(file.positionAt(offset), file.positionAt(offset));
          switch (kind) {
            case 'still':
              return lens(range, { title, tooltip, command: '' });
            case 'unlisted':
              return lens(range, effects({ rule }));
            case 'figures':
              return lens(range, { ...effects({ rule, kept: true }), title, tooltip });
            case 'tags':
              return lens(range, { ...effects({ rule, tags: true }), title, tooltip });
          }
        }),
      ];
    },
  };
}

/** Registers the lenses for documents of lifecycles. */
export function registerLifecycleLenses(files: LifecycleFiles): vscode.Disposable {
  return vscode.languages.registerCodeLensProvider({ scheme: lifecycleScheme }, lifecycleLenses(files));
}

function stateTitle({ base, bucket }: LifecycleState, text: string): string {
  try {
    const wanted = readLifecycleText(text, bucket);
    if (base === undefined && wanted.rules.length > 0)
      return `$(info) s3://${bucket} has no lifecycle: nothing here is applied yet`;
    const changes = lifecycleChanges(base, wanted).length;
    const isOther = changes > 0 || (base !== undefined && base.minimumSize !== wanted.minimumSize);
    if (!isOther) return `$(check) As s3://${bucket} has it`;
    return `$(git-compare) ${changes === 0 ? 'The minimum size' : countWords(changes, 'change')} not applied: compare with s3://${bucket}`;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return '$(error) S3 would not take this';
  }
}
