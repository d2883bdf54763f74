const compiled = new Map<string, RegExp>();

/**
 * Whether a path meets a glob. Both relative to one folder, with forward slashes: `**` is any number of
 * folders, `*` and `?` stay inside a name, `{a,b}` is either; a glob without a slash meets any file name
 * and any folder of that name, as in .gitignore.
 */
export function matchesGlob(path: string, glob: string): boolean {
  let pattern = compiled.get(glob);
  if (pattern === undefined) compiled.set(glob, (pattern = globPattern(glob)));
  return pattern.test(path);
}

function globPattern(glob: string): RegExp {
  const trimmed = glob.replace(/^\.?\//, '').replace(/\/$/, '/**');
  const anywhere = trimmed.includes('/') || glob.startsWith('/') ? '' : '(?:.*/)?';
  return new RegExp(`^${anywhere}${source(trimmed)}(?:/.*)?$`);
}

function source(glob: string): string {
  let result = '';
  let depth = 0;
  for (let index = 0; index < glob.length; index++) {
    const rest = glob.slice(index);
    const letter = rest[0] ?? '';
    if (rest.startsWith('**/')) {
      result += '(?:.*/)?';
      index += 2;
    } else if (rest.startsWith('**')) {
      result += '.*';
      index += 1;
    } else if (letter === '*') result += '[^/]*';
    else if (letter === '?') result += '[^/]';
    else if (letter === '{' && rest.includes('}')) {
      result += '(?:';
      depth++;
    } else if (letter === '}' && depth > 0) {
      result += ')';
      depth--;
    } else if (letter === ',' && depth > 0) result += '|';
    else result += letter.replace(/[\\^$.|+()[\]{}]/, '\\$&');
  }
  return result + ')'.repeat(depth);
}
