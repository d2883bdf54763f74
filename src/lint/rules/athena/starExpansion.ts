import type { Output } from '../../../scan/plan';
import type { TableScan } from '../../../scan/scan';
import type { Select, Star } from '../../../sql/ast';
import { identifier } from './keyPredicates';

/** The star's columns by name; `undefined` where one has none or might be ambiguous. */
export function expansion(
  star: Star,
  {
    outputs,
    select,
    scans,
  }: { readonly outputs: readonly Output[]; readonly select: Select; readonly scans: readonly TableScan[] },
): string | undefined {
  const [only, ...more] = select.from;
  const alone = more.length === 0 && only !== undefined && only.kind !== 'Join' && only.kind !== 'ParenTable';
  const names: string[] = [];
  for (const { name, term } of outputs) {
    if (name === undefined) return undefined;
    const own =
      star.qualifier === undefined
        ? undefined
        : `${star.qualifier.parts.map((part) => identifier(part.name)).join('.')}.`;
    const scan =
      term.kind === 'column'
        ? scans.find((each) => each.relation === term.relation && each.select === select)
        : undefined;
    const table = scan?.ref.alias?.name ?? scan?.ref.name.parts.at(-1)?.name;
    const qualifier = own ?? (alone ? '' : table === undefined ? undefined : `${identifier(table)}.`);
    if (qualifier === undefined) return undefined;
    names.push(`${qualifier}${identifier(name)}`);
  }
  return names.length === 0 ? undefined : names.join(', ');
}
