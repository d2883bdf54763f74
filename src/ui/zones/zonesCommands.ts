import type { ConnectionSettings } from '../../connection/resolve';
import type { TreeNode } from '../../trees/node';
import { formatS3Uri } from '../../zones/s3Uri';
import * as vscode from 'vscode';
import type { CopyForm } from '../../zones/copyForms';
import { subjectOf, type NodeArgument } from '../commands/nodeCommands';
import type { FeatureParts } from '../featureParts';
import { chosenPlace } from './chosenPlace';
import { copyAs } from './copyAs';
import { clearFilter, filterPrefix } from './filterPrefix';
import { goToUri, type GoToArgument } from './goToUri';
import { searchCommand, type SearchArgument } from './searchCommand';
import { showObjectDetails } from './showObject';
import { showStatistics } from './showStatistics';
import { addConnection, removeConnection } from './zonesConnections';

/** The commands of the Zones view by their ids. Arguments stand for what the user would be asked. */
export function zonesCommandsOf(parts: FeatureParts) {
  const { others, memory } = parts.zones;
  const copied = (given: NodeArgument | undefined, form: CopyForm['id']) => copyAs(parts, given, form);
  return {
    'lakeWorkbench.addConnectionToZones': (given?: ConnectionSettings) =>
      addConnection({ others, connections: parts.connections }, given),
    'lakeWorkbench.removeConnectionFromZones': (given?: NodeArgument) => removeConnection(others, given),
    'lakeWorkbench.goToUri': (given?: GoToArgument) => goToUri(parts, given),
    'lakeWorkbench.clearOpenedPlaces': async (given: TreeNode): Promise<void> => {
      await memory.clearOpened(subjectOf(given).connection);
      parts.views.zones.tree.drawRoot();
    },
    // A menu passes the chosen nodes behind the node: only a text is a filter.
    'lakeWorkbench.filterPrefix': (given?: TreeNode, filter?: string | readonly unknown[]) =>
      filterPrefix(parts, given, typeof filter === 'string' ? filter : undefined),
    'lakeWorkbench.clearFilter': (given?: string | TreeNode) => clearFilter(parts, given),
    'lakeWorkbench.searchObjects': (given?: NodeArgument | SearchArgument) => searchCommand(parts, given),
    'lakeWorkbench.showStatistics': (given?: NodeArgument) => showStatistics(parts, given, 'kept'),
    'lakeWorkbench.recountStatistics': (given?: NodeArgument) => showStatistics(parts, given, 'again'),
    'lakeWorkbench.showObjectDetails': (given?: NodeArgument) => showObjectDetails(parts, given),
    'lakeWorkbench.toggleFavourite': async (given?: NodeArgument): Promise<boolean> => {
      const { connection, place } = chosenPlace(given, parts);
      const added = await memory.toggleFavourite(connection, place);
      parts.views.zones.tree.drawRoot();
      const told = `${formatS3Uri(place)} ${added ? 'is a favourite now' : 'is no favourite any more'}.`;
      vscode.window.setStatusBarMessage(told, 5000);
      return added;
    },
    'lakeWorkbench.copyAs': (given?: NodeArgument, form?: CopyForm['id'] | readonly unknown[]) =>
      copyAs(parts, given, typeof form === 'string' ? form : undefined),
    'lakeWorkbench.copyArn': (given?: NodeArgument) => copied(given, 'arn'),
    'lakeWorkbench.copyConsoleLink': (given?: NodeArgument) => copied(given, 'console'),
    'lakeWorkbench.copyLocationClause': (given?: NodeArgument) => copied(given, 'location'),
    'lakeWorkbench.copyCopyStatement': (given?: NodeArgument) => copied(given, 'copy'),
    'lakeWorkbench.copySparkRead': (given?: NodeArgument) => copied(given, 'spark'),
  } as const;
}
