import type { Problem, ProblemKind } from '../base/problem';
import type { Connection } from '../connection/connection';
import type { TreeNode } from './node';

/** Loads the next page of a list, or tries its failed one again; its argument is the id of the list's node. */
export const loadMoreCommand = 'lakeWorkbench.loadMore';
/** Signs in; its argument is the connection. */
export const signInCommand = 'lakeWorkbench.signIn';
/** Shows the permission that was missing; its argument is the Problem's details. */
export const showPermissionCommand = 'lakeWorkbench.showPermission';

/** The node at the end of a list that has more pages. */
export function moreNode(parentId: string, loaded: number): TreeNode {
  return {
    id: `${parentId}|more`,
    label: 'Load more…',
    icon: 'ellipsis',
    hint: `${loaded} loaded`,
    menu: 'more',
    command: { id: loadMoreCommand, title: 'Load more', arguments: [parentId] },
  };
}

/** The node of a list with nothing in it: says so, and why where that is known. */
export function emptyNode(parentId: string, label: string, tooltip?: string): TreeNode {
  return {
    id: `${parentId}|empty`,
    label,
    icon: 'info',
    menu: 'notice',
    ...(tooltip === undefined ? {} : { tooltip }),
  };
}

const looks: Readonly<Record<ProblemKind, { readonly label: string; readonly icon: string }>> = {
  'signed-out': { label: 'Sign in', icon: 'account' },
  denied: { label: 'Not permitted', icon: 'lock' },
  missing: { label: 'No longer there', icon: 'question' },
  throttled: { label: 'AWS asks to slow down: try again', icon: 'watch' },
  offline: { label: 'Not reachable: try again', icon: 'debug-disconnect' },
  invalid: { label: 'Cannot be asked', icon: 'warning' },
  changed: { label: 'Changed meanwhile: try again', icon: 'warning' },
  failed: { label: 'Failed: try again', icon: 'warning' },
  other: { label: 'AWS refused: try again', icon: 'warning' },
};

/** The node that stands where a load failed: what happened, and the one thing to do about it as its command. */
export function problemNode(parentId: string, problem: Problem, connection?: Connection): TreeNode {
  const { label, icon } = looks[problem.kind];
  return {
    id: `${parentId}|problem`,
    label,
    icon,
    hint: problem.message,
    tooltip: escapeMarkdown(problem.message),
    spoken: `${label}. ${problem.message}`,
    menu: `problem.${problem.kind}`,
    command: remedy(parentId, problem, connection),
  };
}

function remedy(
  parentId: string,
  problem: Problem,
  connection: Connection | undefined,
): NonNullable<TreeNode['command']> {
  switch (problem.kind) {
    case 'signed-out':
      return {
        id: signInCommand,
        title: 'Sign in',
        arguments: connection === undefined ? [] : [connection],
      };
    case 'denied':
      return { id: showPermissionCommand, title: 'Show the permission', arguments: [problem.details] };
    case 'missing':
    case 'throttled':
    case 'offline':
    case 'invalid':
    case 'changed':
    case 'failed':
    case 'other':
      break;
  }
  return { id: loadMoreCommand, title: 'Try again', arguments: [parentId] };
}

/** Names from AWS are text, never Markdown. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!|<>~$]/g, '\\$&');
}
