import { commonLength } from './keyOrder';
import { isBehindFolder, looksHexadecimal } from './keyRange';

/** Signs of a key that are read as a number, as far as a double tells them apart. */
const mostSigns = 16;
const finest = 2 ** 40;

/**
 * How many further pages lie up to a key, when one page covered `from` to `to` and names go on as they do there: keys are
 * read as numbers behind what they share. A guess: Infinity where the page covered too little to tell.
 */
export function pagesLeft(
  page: { readonly from: string; readonly to: string },
  until: string | undefined,
  prefix: string,
): number {
  const { from, to } = page;
  const { start, end } = scaleOf(to, until, prefix);
  const hex = looksHexadecimal(to.slice(start));
  const measure = (key: string): number => {
    // A key from before the scale begins stands at its beginning.
    if (commonLength(key, to) < start) return 0;
    let value = 0;
    let unit = 1;
    for (let at = start; at < start + mostSigns && unit * finest > 1; at += 1) {
      const { place, radix } = signOf(to.charCodeAt(at), key.charCodeAt(at), hex);
      unit /= radix;
      value += place * unit;
    }
    return value;
  };
  const covered = measure(to) - measure(from);
  const left = (end === undefined ? 1 : measure(end)) - measure(to);
  return covered > 0 ? Math.max(0, left / covered) : Infinity;
}

/** Where keys begin to differ up to the end of a range; the end itself where it is more than "all of this folder". */
function scaleOf(
  to: string,
  until: string | undefined,
  prefix: string,
): { readonly start: number; readonly end?: string } {
  if (until === undefined) return { start: prefix.length };
  return isBehindFolder(until, to) ? { start: until.length } : { start: commonLength(to, until), end: until };
}

/** The place of a sign among those that may stand where another does; a key that is over stands before all. */
function signOf(
  like: number,
  code: number,
  hex: boolean,
): { readonly place: number; readonly radix: number } {
  const digit = like >= 48 && like <= 57;
  const letter = (like | 32) >= 97 && (like | 32) <= 122;
  if (hex && (digit || letter)) return { place: within(hexPlace(code), 16), radix: 16 };
  if (digit) return { place: within(code - 48, 10), radix: 10 };
  if (letter) return { place: within((code | 32) - 97, 26), radix: 26 };
  return { place: within(code - 32, 96), radix: 96 };
}

function hexPlace(code: number): number {
  return code <= 57 ? code - 48 : (code | 32) - 97 + 10;
}

function within(place: number, radix: number): number {
  return Number.isNaN(place) ? 0 : Math.min(Math.max(place, 0), radix);
}
