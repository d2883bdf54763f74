import { join } from 'node:path';
import * as vscode from 'vscode';
import type { NodeArgument } from '../commands/nodeCommands';
import type { FeatureParts } from '../featureParts';
import { preview } from '../pages/preview';
import { bringBackFrom } from './bringBack';
import { changeCommands, listChange } from './changeCommands';
import { changePages } from './changePages';
import { downloadCommands } from './downloadCommands';
import { FileConnections } from './fileConnections';
import { type FilesParts, optionsOf, sourceOf } from './filesParts';
import { resumeTransfer, type ResumeAnswers } from './resumeTransfer';
import { S3Files } from './s3Files';
import { TheirVersions } from './theirVersions';
import { uploadCommands } from './uploadCommands';

/** The files of S3 and the commands on objects and prefixes, by their ids. */
export function makeFiles(features: FeatureParts) {
  const { context, ports, own, views } = features;
  const connections = own(new FileConnections(features.connections));
  const files = own(
    new S3Files({
      ports,
      connections,
      theirs: own(new TheirVersions()),
      preview: (connection, place) => preview({ kind: 'object', connection, ...place }, features),
    }),
  );
  const parts: FilesParts = {
    ports,
    pages: own(changePages()),
    journals: join((context.storageUri ?? context.globalStorageUri).fsPath, 'transfers'),
    running: new Set(),
    lists: (page) => features.pages.show(page),
    log: features.log,
    connectionOf: (key) => connections.byKey(key, 'This transfer'),
    onChanged: ({ bucket, prefix }) => {
      // The folder itself, what lies in it, and the one above, whose list may have gained or lost it.
      const above = prefix.slice(0, prefix.lastIndexOf('/', prefix.length - 2) + 1);
      views.zones.tree.refreshWhere(({ subject }) => {
        if (subject?.kind === 'bucket') return subject.bucket === bucket && above === '';
        if (subject?.kind !== 'prefix' || subject.bucket !== bucket) return false;
        return subject.prefix.startsWith(prefix) || subject.prefix === above;
      });
    },
  };
  const commands = {
    'lakeWorkbench.openObject': async (given: NodeArgument): Promise<vscode.Uri> => {
      const { connection, source } = sourceOf(given);
      const key = source.kind === 'object' ? source.key : source.prefix;
      const uri = connections.address(connection, { bucket: source.bucket, key });
      await vscode.commands.executeCommand('vscode.open', uri);
      return uri;
    },
    'lakeWorkbench.resumeTransfer': (given?: ResumeAnswers) =>
      resumeTransfer(
        parts,
        {
          list: (change) => listChange(parts, change),
          bringBack: (change) => bringBackFrom(parts, change),
        },
        'action' in optionsOf(given) ? given : undefined,
      ),
    ...uploadCommands(parts),
    ...downloadCommands(parts),
    ...changeCommands(parts),
  } as const;
  return { files, commands };
}
