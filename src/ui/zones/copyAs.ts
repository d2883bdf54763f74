import * as vscode from 'vscode';
import { copyForms, type CopyForm } from '../../zones/copyForms';
import { formatS3Uri } from '../../zones/s3Uri';
import type { NodeArgument } from '../commands/nodeCommands';
import type { FeatureParts } from '../featureParts';
import { chosenPlace } from './chosenPlace';

/** Copies a bucket, prefix or object in a form that is given or picked; returns the text. */
export async function copyAs(
  parts: Pick<FeatureParts, 'views'>,
  node: NodeArgument | undefined,
  form?: CopyForm['id'],
): Promise<string | undefined> {
  const { connection, place } = chosenPlace(node, parts);
  const forms = copyForms(place, connection.region);
  const chosen =
    form === undefined
      ? await vscode.window.showQuickPick(
          forms.map(({ id, title, text }) => ({ id, label: title, detail: text, text })),
          { title: `Copy ${formatS3Uri(place)} As`, matchOnDetail: true },
        )
      : forms.find(({ id }) => id === form);
  if (chosen === undefined) return undefined;
  await vscode.env.clipboard.writeText(chosen.text);
  return chosen.text;
}
