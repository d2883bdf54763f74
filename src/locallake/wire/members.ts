import { AwsError, type Fields } from '../service';

/**
 * Refuses what a nested input holds beyond the members that the operation honours, by name, as the members of the
 * input itself are refused.
 */
export function onlyMembers(
  value: Fields,
  honoured: readonly string[],
  { path, invalid }: { readonly path: string; readonly invalid: string },
): void {
  const other = Object.keys(value).find((member) => !honoured.includes(member));
  if (other === undefined) return;
  throw new AwsError(invalid, `The local lake does not implement the member ${path}.${other}.`);
}
