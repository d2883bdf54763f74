import * as vscode from 'vscode';
import type { Connection } from '../../connection/connection';
import type { Profile } from '../../connection/profiles';
import type { ConnectionSettings } from '../../connection/resolve';
import { subjectOf, type NodeArgument } from '../commands/nodeCommands';
import type { Connections } from '../connections';
import type { ShownConnections } from '../shownConnections';

/**
 * Shows another connection beside the active one, asking for its profile and region unless they are given; nothing of
 * it is asked before it is opened. `undefined` when the user left it as it is.
 */
export async function addConnection(
  { others, connections }: { readonly others: ShownConnections; readonly connections: Connections },
  given?: ConnectionSettings,
): Promise<Connection | undefined> {
  const settings = given ?? (await askSettings(connections));
  return settings === undefined ? undefined : await others.add(settings);
}

/** Removes the connection of a node, or one that is picked; true where one was. */
export async function removeConnection(
  others: ShownConnections,
  given: NodeArgument | undefined,
): Promise<boolean> {
  if (given !== undefined && ('kind' in given || given.subject !== undefined))
    return await others.remove(subjectOf(given).connection);
  const shown = others.list();
  // One that cannot be resolved any more has no connection: its name is what is left of it.
  const wanted =
    given !== undefined && 'label' in given ? shown.filter(({ label }) => label === given.label) : [];
  const [only] = wanted;
  if (only !== undefined && wanted.length === 1) return await others.remove(only.id);
  const picked = await vscode.window.showQuickPick(
    shown.map(({ id, label }) => ({ id, label })),
    {
      title: 'Remove Connection',
      placeHolder: 'A connection that is shown beside the active one',
    },
  );
  return picked === undefined ? false : await others.remove(picked.id);
}

async function askSettings(connections: Connections): Promise<ConnectionSettings | undefined> {
  const profiles = await connections.profiles();
  const picked = await vscode.window.showQuickPick(
    profiles.map((profile) => ({
      label: profile.name,
      description: [profile.region, profile.endpointUrl, profile.roleArn].filter(Boolean).join(' · '),
      iconPath: new vscode.ThemeIcon('cloud'),
      profile,
    })),
    {
      title: 'Add Connection',
      placeHolder: 'A profile of the AWS configuration files, shown beside the active connection',
      matchOnDescription: true,
    },
  );
  if (picked === undefined) return undefined;
  const region = await askRegion(picked.profile, await connections.current().catch(() => undefined));
  return region === undefined ? undefined : { profile: picked.profile.name, region };
}

/** Another region of one account is another connection: it is asked for, and the profile's own proposed. */
async function askRegion(profile: Profile, active: Connection | undefined): Promise<string | undefined> {
  return await vscode.window.showInputBox({
    title: `Region of ${profile.name}`,
    value: profile.region ?? active?.region ?? '',
    placeHolder: 'eu-central-1',
    validateInput: (text) =>
      /^[a-z]{2}(-[a-z]+)+-\d$/.test(text) ? undefined : 'A region such as eu-central-1',
  });
}
