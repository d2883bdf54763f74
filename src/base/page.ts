/** One page of a listing. `next` is an opaque token; absent on the last page. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next?: string;
}

/** All items of a paged listing, page after page; stops when the signal is aborted. */
export async function* allItems<T>(
  load: (next: string | undefined) => Promise<Page<T>>,
): AsyncGenerator<T, void, undefined> {
  let next: string | undefined;
  do {
    const page = await load(next);
    yield* page.items;
    next = page.next;
  } while (next !== undefined);
}
