import * as vscode from 'vscode';
import { isCancel, Problem } from '../../base/problem';

/** A Problem as editors understand it, with its sentence; anything else is a bug of ours and passes. */
export function fileError(error: unknown): unknown {
  if (isCancel(error)) return vscode.FileSystemError.Unavailable('It was cancelled.');
  if (!(error instanceof Problem)) return error;
  switch (error.kind) {
    case 'missing':
      return vscode.FileSystemError.FileNotFound(error.message);
    case 'denied':
    case 'signed-out':
      return vscode.FileSystemError.NoPermissions(error.message);
    case 'throttled':
    case 'offline':
    case 'invalid':
    case 'changed':
    case 'failed':
    case 'other':
  }
  return vscode.FileSystemError.Unavailable(error.message);
}
