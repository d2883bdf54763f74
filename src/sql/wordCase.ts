// A file says the same few hundred words over and over: each is turned into the other case once, and all tokens and
// names share the one text, so that the tree of a statement holds none of its own.
const uppers = new Map<string, string>();
const lowers = new Map<string, string>();
/** What words of other letters become too: ß is SS, and ss is another word. */
const shared = new Set<string>();
const mostKnown = 20_000;

/** A word in upper case. */
export function upperOf(word: string): string {
  let upper = uppers.get(word);
  if (upper === undefined) {
    if (uppers.size > mostKnown) {
      uppers.clear();
      lowers.clear();
    }
    upper = word.toUpperCase();
    uppers.set(word, upper);
    if (!isPlain(upper)) return upper;
    if (!isPlain(word)) {
      shared.add(upper);
      lowers.delete(upper);
    } else if (!shared.has(upper)) lowers.set(upper, word.toLowerCase());
  }
  return upper;
}

function isPlain(word: string): boolean {
  return /^[\w$#]*$/.test(word);
}

/** In lower case the word of which `upperOf` made this; undefined when that cannot be told from it. */
export function lowerOf(upper: string): string | undefined {
  return lowers.get(upper);
}
