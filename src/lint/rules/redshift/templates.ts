import type { ParsedStatement } from '../../../sql/ast';

/**
 * Whether a template stands by itself, outside strings, behind an offset of a statement: it may then hold any
 * option that seems to be missing there.
 */
export function hasTemplateBehind({ templated, text }: ParsedStatement, offset: number): boolean {
  if (!templated) return false;
  const outside = text.slice(offset).replace(/'(?:[^'\\]|''|\\.)*'/gs, "''");
  return /\{\{|\{%|\$\{|\$\(|%\(|<%|(?<!:):\w/.test(outside);
}
