import type { PyBinding, PyExpression, PyName, PyScope, PythonDocument } from './model';

/** How many names are followed, one after the other. */
const furthest = 30;

/**
 * The value that a name has where it stands; undefined where that is not certain: parameters, loops, branches,
 * names of other modules.
 */
export function definitionOf({ name, scope, start, end }: PyName): PyExpression | undefined {
  return bindingOf({ name, scope, start, end })?.value;
}

/** The one place that gave a name the value it has here. */
export function bindingOf({
  name,
  scope,
  start,
  end,
}: Pick<PyName, 'name' | 'scope' | 'start' | 'end'>): PyBinding | undefined {
  for (let around: PyScope | undefined = scope; around !== undefined; around = around.parent) {
    const bindings: readonly PyBinding[] = around.bindings.get(name) ?? [];
    if (bindings.length === 0) continue;
    // When a function runs, and so which of several values it meets, is not known.
    if (around !== scope) return bindings.length === 1 ? bindings[0] : undefined;
    const last = bindings.findLast((binding) => binding.end <= start);
    if (last === undefined || start < last.block.start || end > last.block.end) return undefined;
    // In a loop, an assignment below was perhaps the last one.
    const again = bindings.some(
      (binding) =>
        binding.start > start &&
        binding.block.start <= start &&
        end <= binding.block.end &&
        last.block.start < binding.block.start,
    );
    return again ? undefined : last;
  }
  return undefined;
}

/** What an expression stands for, names followed to what was assigned to them; itself where that is not known. */
export function resolved(document: PythonDocument, expression: PyExpression): PyExpression {
  let at = expression;
  for (let steps = 0; steps < furthest; steps++) {
    const next =
      at.kind === 'name' ? definitionOf(at) : at.kind === 'member' ? attributeOf(document, at) : undefined;
    if (next === undefined) return at;
    at = next;
  }
  return at;
}

function attributeOf(
  document: PythonDocument,
  member: PyExpression & { readonly kind: 'member' },
): PyExpression | undefined {
  if (member.object.kind !== 'name' || member.object.name !== 'self') return undefined;
  const values = document.attributes.get(`self.${member.name}`);
  return values?.length === 1 ? values[0] : undefined;
}

/** The dotted name of an expression, through imports: `np.array` is `numpy.array`; undefined for anything else. */
export function pathOf(document: PythonDocument, expression: PyExpression): string | undefined {
  const names: string[] = [];
  let at = expression;
  while (at.kind === 'member') {
    names.unshift(at.name);
    at = at.object;
  }
  if (at.kind !== 'name') return undefined;
  const root = isBound(at) ? at.name : (document.imports.get(at.name) ?? at.name);
  return [root, ...names].join('.');
}

function isBound({ name, scope }: PyName): boolean {
  for (let around: PyScope | undefined = scope; around !== undefined; around = around.parent) {
    if (around.bindings.has(name)) return true;
  }
  return false;
}
