import { Problem } from '../base/problem';

/** What the disk's own errors mean; a Problem passes as it is, anything else is a bug and passes too. */
export function localProblem(error: unknown, path: string): unknown {
  if (error instanceof Problem || !(error instanceof Error) || !('code' in error)) return error;
  // A cancel has a code too, a number.
  if (typeof error.code !== 'string') return error;
  const why = reasons[error.code] ?? error.message;
  return new Problem(`${path} cannot be used: ${why}.`, 'invalid', { cause: error });
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'its permissions do not allow it',
  EBUSY: 'another program holds it',
  EEXIST: 'there is a file of that name already',
  EISDIR: 'there is a folder of that name',
  ENAMETOOLONG: 'its name is too long for this disk',
  ENOENT: 'it is not there any more',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a part of its path is a file',
  EPERM: 'its permissions do not allow it',
  EROFS: 'the disk is read only',
};
