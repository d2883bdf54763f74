import * as vscode from 'vscode';
import type { Connection } from '../../connection/connection';
import type { Profile } from '../../connection/profiles';
import type { ConnectionSettings } from '../../connection/resolve';
import type { Connections } from '../connections';

interface Choice extends vscode.QuickPickItem {
  readonly settings?: ConnectionSettings;
}

/**
 * Switches to the given connection, or asks which; `undefined` when the user left it as it is.
 * Throws the Problem of a connection that cannot be used, and keeps the old one.
 */
export async function switchConnection(
  connections: Connections,
  given?: ConnectionSettings,
): Promise<Connection | undefined> {
  if (given !== undefined) return await withRegion(connections, given);
  const active = await connections.current().catch(() => undefined);
  const profiles = await connections.profiles();
  const picked = await vscode.window.showQuickPick<Choice>(choices(profiles, active), {
    title: 'Switch Connection',
    placeHolder: 'A profile of the AWS configuration files',
    matchOnDescription: true,
  });
  if (picked === undefined) return undefined;
  if (picked.settings !== undefined) return await withRegion(connections, picked.settings);
  await connections.followSettings();
  return await connections.current();
}

function choices(profiles: readonly Profile[], active: Connection | undefined): Choice[] {
  return [
    ...profiles.map((profile) => ({
      label: profile.name,
      description: [profile.region, profile.endpointUrl, wayIn(profile)].filter(Boolean).join(' · '),
      iconPath: new vscode.ThemeIcon(active?.profile === profile.name ? 'check' : 'cloud'),
      settings: { profile: profile.name },
    })),
    { label: '', kind: vscode.QuickPickItemKind.Separator },
    {
      label: 'Follow the settings',
      description: 'lakeWorkbench.connection, then the environment',
      iconPath: new vscode.ThemeIcon('settings-gear'),
    },
  ];
}

function wayIn(profile: Profile): string | undefined {
  if (profile.sso !== undefined) return 'IAM Identity Center';
  if (profile.roleArn !== undefined) return profile.roleArn;
  if (profile.loginSession !== undefined) return 'aws login';
  return profile.credentialProcess ? 'credential process' : undefined;
}

/** Asks for a region only where nothing names one, and never assumes one. */
async function withRegion(
  connections: Connections,
  settings: ConnectionSettings,
): Promise<Connection | undefined> {
  const profile = (await connections.profiles()).find((one) => one.name === settings.profile);
  const environment = process.env['AWS_REGION'] ?? process.env['AWS_DEFAULT_REGION'];
  const named = settings.region ?? profile?.region ?? environment;
  if (named !== undefined || profile === undefined || profile.sourceProfile !== undefined) {
    return await connections.switchTo(settings);
  }
  const region = await vscode.window.showInputBox({
    title: `Region of ${profile.name}`,
    prompt: 'The profile names no region.',
    placeHolder: 'eu-central-1',
    validateInput: (text) =>
      /^[a-z]{2}(-[a-z]+)+-\d$/.test(text) ? undefined : 'A region such as eu-central-1',
  });
  return region === undefined ? undefined : await connections.switchTo({ ...settings, region });
}
