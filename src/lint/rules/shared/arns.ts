import type { Span } from '../../../base/text';
import type { Option } from '../../../sql/ast';

/** The account in an ARN, with its place in the statement. */
export interface ArnAccount extends Span {
  readonly account: string;
}

// Services such as S3 leave the account empty; placeholders are no digits.
const arn = /(arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:)(\d+):/gi;

/** The accounts of all ARNs in the value of an option, as far as they are written out. */
export function arnAccounts({ value, valueSpan }: Option, text: string): readonly ArnAccount[] {
  if (valueSpan === undefined || value?.includes('arn:') !== true) return [];
  return arnAccountsIn(text, valueSpan);
}

/** The accounts of all ARNs in a part of a text; offsets are the text's. */
export function arnAccountsIn(text: string, { start: from, end: to }: Span): readonly ArnAccount[] {
  const written = text.slice(from, to);
  return [...written.matchAll(arn)].map(({ index, 1: before = '', 2: account = '' }) => {
    const start = from + index + before.length;
    return { account, start, end: start + account.length };
  });
}
