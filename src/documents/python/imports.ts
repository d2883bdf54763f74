import type { SyntaxNode } from '@lezer/common';
import { children, spanOf, written, type Place } from './reading';

/** Notes what each name of an import statement stands for: `import a.b` makes `a` stand for itself. */
export function readImport(node: SyntaxNode, place: Place): void {
  const { reading } = place;
  if (place.scope.parent === undefined && place.depth === 1) reading.importSpans.push(spanOf(node));
  const parts = children(node);
  const from = parts[0]?.name === 'from';
  const behind = parts.findIndex(({ name }) => name === 'import');
  const module = from
    ? parts
        .slice(1, behind)
        .map((part) => written(place, part))
        .join('')
    : '';
  let path = '';
  let alias: string | undefined;
  let isAlias = false;
  const note = (): void => {
    if (path === '') return;
    const full = from ? `${module}.${path}` : path;
    if (alias !== undefined || from) reading.imports.set(alias ?? path, full);
    else {
      const root = path.split('.')[0] ?? path;
      reading.imports.set(root, root);
    }
    path = '';
    alias = undefined;
    isAlias = false;
  };
  for (const part of parts.slice(behind + 1)) {
    if (part.name === ',' || part.name === '(' || part.name === ')') note();
    else if (part.name === 'as') isAlias = true;
    else if (isAlias) alias = written(place, part);
    else path += written(place, part);
  }
  note();
}
