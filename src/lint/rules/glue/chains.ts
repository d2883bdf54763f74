import type { Span } from '../../../base/text';
import type { PyCall, PyExpression, PythonDocument } from '../../../documents/python/model';
import { definitionOf, pathOf, resolved } from '../../../documents/python/names';
import { argumentOf } from '../../../documents/python/values';

/** One `.name` or `.name(…)` of a chain. */
export interface Link {
  readonly name: string;
  readonly nameSpan: Span;
  readonly call: PyCall | undefined;
  /** What stands before the dot. */
  readonly object: PyExpression;
}

/** How a value came to be, as far as one expression leads to the next. */
export interface Lineage {
  /** From what it began with, in the order in which things happen. */
  readonly links: readonly Link[];
  /** What it began with: a name of another module, a parameter, a call. */
  readonly root: PyExpression;
}

/** `df.write.mode("append").parquet(path)` as its links. */
export function chainOf(expression: PyExpression): Lineage {
  const links: Link[] = [];
  let at = expression;
  for (;;) {
    const call: PyCall | undefined = at.kind === 'call' ? at : undefined;
    const member: PyExpression = at.kind === 'call' ? at.callee : at;
    if (member.kind !== 'member') return { links: links.toReversed(), root: at };
    links.push({ name: member.name, nameSpan: member.nameSpan, call, object: member.object });
    at = member.object;
  }
}

/** A chain, and the chains that its names were assigned, through the transforms of Glue that take a frame as argument. */
export function lineageOf(document: PythonDocument, expression: PyExpression): Lineage {
  let links: readonly Link[] = [];
  let at = expression;
  for (let steps = 0; steps < 50; steps++) {
    const chain = chainOf(at);
    links = [...chain.links, ...links];
    const value =
      chain.root.kind === 'name' ? definitionOf(chain.root) : (frameArgument(document, chain) ?? undefined);
    const next = value ?? frameArgument(document, chain);
    if (next === undefined) {
      const attribute = chain.links[0]?.object;
      const held = attribute === undefined ? undefined : attributeValue(document, chain);
      if (held === undefined) return { links, root: chain.root };
      at = held.value;
      links = links.slice(held.used);
    } else at = next;
  }
  return { links, root: at };
}

// `self.frame` that is assigned once.
function attributeValue(
  document: PythonDocument,
  { links, root }: Lineage,
): { readonly value: PyExpression; readonly used: number } | undefined {
  if (root.kind !== 'name' || root.name !== 'self') return undefined;
  const [first] = links;
  if (first === undefined || first.call !== undefined) return undefined;
  const member: PyExpression = {
    kind: 'member',
    object: root,
    name: first.name,
    nameSpan: first.nameSpan,
    start: root.start,
    end: first.nameSpan.end,
  };
  const value = resolved(document, member);
  return value === member ? undefined : { value, used: 1 };
}

// `ApplyMapping.apply(frame=x, …)`, `DynamicFrame.fromDF(x, glueContext, "name")`
function frameArgument(document: PythonDocument, { links, root }: Lineage): PyExpression | undefined {
  const [first] = links;
  if (first?.call === undefined || pathOf(document, root)?.startsWith('awsglue.') !== true) return undefined;
  if (first.name === 'apply') return argumentOf(first.call, 'frame', 0)?.value;
  return first.name === 'fromDF' ? argumentOf(first.call, 'dataframe', 0)?.value : undefined;
}
