import { AwsError, type Fields } from '../service';
import { number, text } from '../wire/input';

/** One page of a list that is in memory, with the token of the page after it. */
export function pageOf<T>(
  all: readonly T[],
  input: Fields,
  limits: { readonly default: number; readonly most: number; readonly invalid?: string },
): { readonly items: readonly T[]; readonly next: { readonly NextToken?: string } } {
  const code = limits.invalid ?? 'InvalidInputException';
  const asked = number(input, 'MaxResults') ?? limits.default;
  if (asked < 1 || asked > limits.most) {
    throw new AwsError(code, `MaxResults must be between 1 and ${limits.most}, and is ${asked}.`);
  }
  const token = text(input, 'NextToken');
  const start = token === undefined ? 0 : Number(Buffer.from(token, 'base64').toString().replace(/^at:/, ''));
  if (!Number.isInteger(start))
    throw new AwsError(code, 'The NextToken is not one that this operation gave.');
  const items = all.slice(start, start + asked);
  const end = start + items.length;
  return { items, next: end < all.length ? { NextToken: Buffer.from(`at:${end}`).toString('base64') } : {} };
}

/** The text a request must have under a name. */
export function required(input: Fields, name: string, invalid: string): string {
  const value = text(input, name);
  if (value === undefined || value === '') {
    throw new AwsError(
      invalid,
      `1 validation error detected: Value null at '${name}' failed to satisfy constraint: Member must not be null`,
    );
  }
  return value;
}
