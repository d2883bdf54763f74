/** Texts by small numbers: a key of 200,000 partitions has a few dozen values. */
export interface Dictionary {
  readonly size: number;
  /** The number of a text, a new one for a text that is new. */
  id(text: string): number;
  known(text: string): number | undefined;
  /** '' for a number that none has. */
  text(id: number): string;
}

/** A dictionary without texts. */
export function valueDictionary(): Dictionary {
  const texts: string[] = [];
  const ids = new Map<string, number>();
  return {
    get size() {
      return texts.length;
    },
    id(text) {
      const known = ids.get(text);
      if (known !== undefined) return known;
      ids.set(text, texts.length);
      texts.push(text);
      return texts.length - 1;
    },
    known: (text) => ids.get(text),
    text: (id) => texts[id] ?? '',
  };
}
