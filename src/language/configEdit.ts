import { modify, parse } from 'jsonc-parser';
import { applyEdits } from '../base/text';
import { isObject } from '../catalog/schemaCheck';

/**
 * The text of a `.lake-workbench.json` after a rule was switched off in it: for everything below its folder, or for
 * the files that a glob meets. Everything else keeps its place and its form. `text` is undefined for a new file.
 */
export function withRuleOff(text: string | undefined, rule: string, glob?: string): string {
  const before = text === undefined || text.trim() === '' ? '{\n  "version": 1\n}\n' : text;
  if (glob === undefined) return withValue(before, ['rules', rule], 'off');
  const content: unknown = parse(before);
  const given = isObject(content) ? content['overrides'] : undefined;
  const overrides: readonly unknown[] = Array.isArray(given) ? given : [];
  // The last one that is about these files alone: what stands behind it would win.
  const at = overrides.findLastIndex((one) => isObject(one) && isOnly(one['files'], glob));
  if (at >= 0 && at === overrides.length - 1)
    return withValue(before, ['overrides', at, 'rules', rule], 'off');
  const added = { files: [glob], rules: { [rule]: 'off' } };
  return Array.isArray(given)
    ? withValue(before, ['overrides', given.length], added)
    : withValue(before, ['overrides'], [added]);
}

function isOnly(files: unknown, glob: string): boolean {
  return Array.isArray(files) && files.length === 1 && files[0] === glob;
}

function withValue(text: string, path: (string | number)[], value: unknown): string {
  const indent = /\n([ \t]+)"/.exec(text)?.[1] ?? '  ';
  const formattingOptions = {
    insertSpaces: !indent.startsWith('\t'),
    tabSize: indent.length,
    eol: text.includes('\r\n') ? '\r\n' : '\n',
  };
  const edits = modify(text, path, value, {
    formattingOptions,
    isArrayInsertion: path[0] === 'overrides' && path.length === 2,
  });
  return applyEdits(
    text,
    edits.map(({ offset, length, content }) => ({ start: offset, end: offset + length, text: content })),
  );
}
