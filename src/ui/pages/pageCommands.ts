import type { DdlForm } from '../../catalog/ddl/index';
import type { NodeArgument } from '../commands/nodeCommands';
import type { FeatureParts } from '../featureParts';
import { preview } from './preview';
import { showDdlAs, showIceberg, showTable } from './tablePages';

/** The commands that show an object or a table as a page, by their ids. */
export function pageCommandsOf(parts: FeatureParts) {
  return {
    'lakeWorkbench.preview': (given?: NodeArgument) => preview(given, parts),
    'lakeWorkbench.showTable': (given: NodeArgument) => showTable(given, parts),
    // A menu passes the chosen nodes behind the node: only a text is a form.
    'lakeWorkbench.showDdlAs': (given: NodeArgument, form?: DdlForm['id'] | readonly unknown[]) =>
      showDdlAs(given, parts, typeof form === 'string' ? form : undefined),
    'lakeWorkbench.showIceberg': (given: NodeArgument) => showIceberg(given, parts),
  } as const;
}
