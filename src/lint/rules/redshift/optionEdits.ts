import type { Span, TextEdit } from '../../../base/text';

/** Takes an option out together with the blanks in front of it, so that no empty line stays. */
export function removal({ start, end }: Span, text: string): TextEdit {
  const before = text.slice(0, start);
  // A line comment in front must keep its line break.
  const blanks = /\s*$/.exec(before)?.[0].length ?? 0;
  const line = before.slice(before.lastIndexOf('\n', start - blanks - 1) + 1);
  return { start: line.includes('--') ? start : start - blanks, end, text: '' };
}

/** The option's own word, without what may stand around it: `IAM_ROLE` of `IAM_ROLE DEFAULT`, `FORMAT` of `FORMAT AS`. */
export function optionWord({ key }: { readonly key: string }): string {
  return (
    key
      .toUpperCase()
      .replace(/^WITH /, '')
      .split(' ')[0] ?? ''
  );
}
