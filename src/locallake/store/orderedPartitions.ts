import type { Fields } from '../service';
import { texts } from '../wire/input';

/**
 * The partitions of a table by id, each with a place that stays while others come and go: a listing in pages that goes
 * on from a place neither loses one nor gives one twice. A place that is given up is not used again.
 */
export class OrderedPartitions implements ReadonlyMap<string, Fields> {
  readonly #places = new Map<string, number>();
  readonly #slots: (Fields | undefined)[] = [];

  get size(): number {
    return this.#places.size;
  }

  /** One more than the last place. */
  get places(): number {
    return this.#slots.length;
  }

  /** The partition at a place; undefined where it was removed. */
  at(place: number): Fields | undefined {
    return this.#slots[place];
  }

  get(id: string): Fields | undefined {
    const place = this.#places.get(id);
    return place === undefined ? undefined : this.#slots[place];
  }

  has(id: string): boolean {
    return this.#places.has(id);
  }

  /** Puts a partition at the place of the one with its id, or behind all. */
  set(id: string, partition: Fields): void {
    const place = this.#places.get(id) ?? this.#slots.length;
    this.#places.set(id, place);
    this.#slots[place] = partition;
  }

  delete(id: string): boolean {
    const place = this.#places.get(id);
    if (place === undefined) return false;
    this.#slots[place] = undefined;
    return this.#places.delete(id);
  }

  *values(): MapIterator<Fields> {
    for (const partition of this.#slots) if (partition !== undefined) yield partition;
  }

  *entries(): MapIterator<[string, Fields]> {
    for (const partition of this.values()) yield [texts(partition, 'Values').join('\u0001'), partition];
  }

  *keys(): MapIterator<string> {
    for (const [id] of this.entries()) yield id;
  }

  [Symbol.iterator](): MapIterator<[string, Fields]> {
    return this.entries();
  }

  forEach(run: (partition: Fields, id: string, map: ReadonlyMap<string, Fields>) => void): void {
    for (const [id, partition] of this.entries()) run(partition, id, this);
  }
}
