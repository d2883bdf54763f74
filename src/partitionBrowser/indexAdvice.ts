import type { Column } from '../catalog/catalog';
import { mostIndexes, type PartitionIndex } from '../catalog/partitionIndexes';
import type { FilterTerm } from './filterExpression';

/** What an index does for a filter, in a sentence, and the keys of one that would do more. */
export interface IndexAdvice {
  readonly sentence: string;
  readonly keys?: readonly string[];
}

/** Types that an index takes (Glue Developer Guide, "Creating partition indexes"). */
const indexed = /^(string|char|varchar|int|integer|bigint|long|tinyint|smallint|date)\b/;

/** Whether a key may stand in a partition index. */
export function canIndex({ type }: Pick<Column, 'type'>): boolean {
  return indexed.test(type.toLowerCase());
}

/**
 * Which index a filter profits from. Glue looks partitions up by the keys at the beginning of an index, compared by
 * =, <, <=, >, >= or BETWEEN and joined by AND; IN, LIKE, OR and NOT are applied to what that finds (Developer Guide,
 * "Creating partition indexes").
 */
export function indexAdvice(
  terms: readonly FilterTerm[],
  known: { readonly keys: readonly Column[]; readonly indexes: readonly PartitionIndex[] },
): IndexAdvice {
  const compared = new Set(terms.map(({ key }) => key));
  const active = known.indexes.filter(({ state }) => state === 'active');
  const used = active.find(({ keys }) => compared.has(keys[0] ?? ''));
  if (used !== undefined) {
    return { sentence: `Glue answers this filter by the index ${used.name} (${used.keys.join(', ')}).` };
  }
  const whole = 'Glue reads all partitions of the table to answer this filter';
  const wanted = wantedKeys(terms, known.keys);
  if (wanted.length === 0) {
    return {
      sentence: `${whole}: an index serves comparisons by =, <, <=, >, >= and BETWEEN that are joined by AND.`,
    };
  }
  const making = known.indexes.find(({ state, keys }) => state === 'creating' && compared.has(keys[0] ?? ''));
  if (making !== undefined) {
    return { sentence: `${whole} until its index ${making.name} is made.` };
  }
  const full = known.indexes.length >= mostIndexes;
  return {
    sentence: full
      ? `${whole}: none of its ${mostIndexes} indexes, which is all that Glue takes, begins with one of its keys.`
      : `${whole}: an index on ${wanted.join(', ')} would let it look them up.`,
    ...(full ? {} : { keys: wanted }),
  };
}

/** Keys that are compared for equality first, since only the first range of an index narrows it. */
function wantedKeys(terms: readonly FilterTerm[], keys: readonly Column[]): readonly string[] {
  const of = (equal: boolean): readonly string[] =>
    keys
      .filter(
        (key) =>
          canIndex(key) && terms.some((term) => term.key === key.name && (term.operator === '=') === equal),
      )
      .map(({ name }) => name);
  return [...new Set([...of(true), ...of(false)])];
}
