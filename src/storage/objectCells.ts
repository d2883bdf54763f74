import type { LifecycleDocument, LifecycleFilter } from '../documents/lifecycle/model';
import type { StoredObject } from '../zones/objectStore';
import type { ObjectGroup } from './storagePrices';
import { isSmall } from './storagePrices';

const dayMs = 86_400_000;

/** What a filter asks of a key and a size; its tags are not in a listing. */
export type Condition = Pick<LifecycleFilter, 'prefix' | 'greaterThan' | 'lessThan'>;

/** Objects of one age, class and size, for which the same conditions hold. */
export interface ObjectCell extends ObjectGroup {
  /** Whole days since they were written. */
  readonly ageDays: number;
  /** As the listing names it. */
  readonly storageClass: string;
  /** Indices of the conditions that they meet. */
  readonly met: readonly number[];
}

/** Objects by all that a lifecycle looks at: a few thousand cells stand for millions of objects. */
export interface ObjectCells {
  readonly conditions: readonly Condition[];
  readonly cells: readonly ObjectCell[];
  readonly objects: number;
  readonly bytes: number;
}

/** The different conditions of a document's rules, disabled ones too, so that switching one on needs no new listing. */
export function conditionsOf({ rules }: LifecycleDocument): readonly Condition[] {
  const found = new Map<string, Condition>();
  for (const { filter } of rules) {
    if (!filter.known) continue;
    const { prefix, greaterThan, lessThan } = filter;
    found.set(conditionKey(filter), { prefix, greaterThan, lessThan });
  }
  return [...found.values()];
}

/** A condition as a key of a map. */
export function conditionKey({ prefix, greaterThan, lessThan }: Condition): string {
  return JSON.stringify([prefix, greaterThan ?? null, lessThan ?? null]);
}

interface Sum {
  objects: number;
  bytes: number;
}

/** Sums objects up as pages come, in any order; memory grows with the cells, never with the objects. */
export function cellTally(conditions: readonly Condition[], now: Date) {
  const byPrefix = new Map<string, number[]>();
  for (const [index, { prefix }] of conditions.entries()) {
    const known = byPrefix.get(prefix);
    if (known === undefined) byPrefix.set(prefix, [index]);
    else known.push(index);
  }
  const lengths = [...new Set([...byPrefix.keys()].map((prefix) => prefix.length))].toSorted((a, b) => a - b);
  const sums = new Map<string, Sum>();
  const total: Sum = { objects: 0, bytes: 0 };

  const metBy = ({ key, bytes }: StoredObject): string => {
    let met = '';
    for (const length of lengths) {
      if (length > key.length) break;
      for (const index of byPrefix.get(key.slice(0, length)) ?? []) {
        const { greaterThan, lessThan } = conditions[index] ?? {};
        if (greaterThan !== undefined && bytes <= greaterThan) continue;
        if (lessThan !== undefined && bytes >= lessThan) continue;
        met += `${index},`;
      }
    }
    return met;
  };

  return {
    get objects() {
      return total.objects;
    },
    add(objects: readonly StoredObject[]): void {
      for (const object of objects) {
        const { bytes, modifiedAt, storageClass = 'STANDARD' } = object;
        const age = Math.floor((now.getTime() - (modifiedAt ?? now).getTime()) / dayMs);
        const key = `${metBy(object)}|${Math.max(0, age)}|${storageClass}|${isSmall(bytes) ? 's' : ''}`;
        const sum = sums.get(key);
        if (sum === undefined) sums.set(key, { objects: 1, bytes });
        else {
          sum.objects += 1;
          sum.bytes += bytes;
        }
        total.objects += 1;
        total.bytes += bytes;
      }
    },
    result(): ObjectCells {
      const cells = [...sums].map(([key, { objects, bytes }]): ObjectCell => {
        const [met = '', age = '0', storageClass = 'STANDARD', small = ''] = key.split('|');
        return {
          objects,
          bytes,
          small: small === 's',
          ageDays: Number(age),
          storageClass,
          met: met
            .split(',')
            .filter((one) => one !== '')
            .map(Number),
        };
      });
      return { conditions, cells, ...total };
    },
  };
}
