import * as vscode from 'vscode';
import type { ProblemDetails } from '../../base/problem';

/** Shows the IAM statement that would allow what was denied, to hand to whoever grants it. */
export async function showPermission(details: ProblemDetails = {}): Promise<void> {
  const { action = 'unknown:Unknown', target = '', requestId } = details;
  const statement = { Effect: 'Allow', Action: action, Resource: resourceOf(action, target) };
  const content = [
    `// AWS denied ${action}${target === '' ? '' : ` on ${target}`}${requestId === undefined ? '' : ` (request ${requestId})`}.`,
    '// This statement in a policy of the role would allow it. Under Lake Formation a grant is needed as well.',
    JSON.stringify({ Version: '2012-10-17', Statement: [statement] }, undefined, 2),
    '',
  ].join('\n');
  const file = await vscode.workspace.openTextDocument({ language: 'jsonc', content });
  await vscode.window.showTextDocument(file, { preview: true });
}

/** An ARN where the target says enough for one; `*` otherwise, to be narrowed by who grants it. */
function resourceOf(action: string, target: string): string {
  const place = /^s3:\/\/([^/]+)(?:\/(.*))?$/s.exec(target);
  if (place === null) return '*';
  const [, bucket = '', key = ''] = place;
  // Listing is allowed on a bucket, reading on what lies in it.
  return key === '' || action === 's3:ListBucket'
    ? `arn:aws:s3:::${bucket}`
    : `arn:aws:s3:::${bucket}/${key}`;
}
