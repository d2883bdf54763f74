import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TreeNode } from '../../../src/trees/node';
import type { LakeApi, LakeExports } from '../../../src/ui/testApi';

/** The endpoint of the local lake behind the profile of this run. */
export function lakeEndpoint(): string {
  const endpoint = process.env['LAKE_TEST_ENDPOINT'];
  assert.ok(endpoint, 'LAKE_TEST_ENDPOINT is not set');
  return endpoint;
}

/** What the extension's views show. */
export async function lakeApi(): Promise<LakeApi> {
  const extension = vscode.extensions.getExtension<LakeExports>('lake-workbench.lake-workbench');
  assert.ok(extension, 'the extension is not installed');
  return (await extension.activate()).lake();
}

/** Walks down a tree by the labels of its nodes and returns the last node's children. */
export async function childrenAt(
  tree: (node?: TreeNode) => Promise<readonly TreeNode[]>,
  path: readonly string[],
): Promise<readonly TreeNode[]> {
  let children = await tree();
  for (const label of path) {
    const node = children.find((child) => child.label === label);
    assert.ok(node, `${label} is not among ${labels(children).join(', ')}`);
    children = await tree(node);
  }
  return children;
}

/** The labels of nodes, as they stand in the view. */
export function labels(nodes: readonly TreeNode[]): string[] {
  return nodes.map(({ label }) => label);
}
