import { commonLength, keyOrder } from './keyOrder';

/** Keys of a listing after one key, up to another and with it; an absent end is the listing's own. */
export interface KeyRange {
  readonly after?: string;
  readonly until?: string;
}

/** The range cut at boundaries between its ends; every key of it stands in exactly one piece. */
export function cutRange(range: KeyRange, boundaries: readonly string[]): KeyRange[] {
  const inside = [...new Set(boundaries)]
    .filter(
      (one) =>
        (range.after === undefined || keyOrder(one, range.after) > 0) &&
        (range.until === undefined || keyOrder(one, range.until) < 0),
    )
    .toSorted(keyOrder);
  return [range.after, ...inside].map((after, at) => {
    const until = inside[at] ?? range.until;
    return { ...(after === undefined ? {} : { after }), ...(until === undefined ? {} : { until }) };
  });
}

/** At most so many of them, evenly spread. */
export function spread<T>(items: readonly T[], most: number): readonly T[] {
  if (items.length <= most) return items;
  return Array.from(
    { length: most },
    (_, at) => items[Math.floor(((at + 1) * items.length) / (most + 1))],
  ).filter((item) => item !== undefined);
}

/** The folder that all keys of a range after `from` share, as far as its ends tell. */
export function sharedFolder(prefix: string, from: string, until: string | undefined): string {
  if (until !== undefined && isBehindFolder(until, from)) {
    const folder = from.slice(0, until.length);
    return folder.length < prefix.length ? prefix : folder;
  }
  const alike = until === undefined ? prefix.length : Math.max(prefix.length, commonLength(from, until));
  const slash = from.lastIndexOf('/', alike - 1);
  return slash < prefix.length ? prefix : from.slice(0, slash + 1);
}

/** Whether a range ends right behind everything of a folder that a key lies in: '0' follows '/'. */
export function isBehindFolder(until: string, key: string): boolean {
  const slash = until.length - 1;
  return key[slash] === '/' && until.endsWith('0') && key.startsWith(until.slice(0, slash));
}

/** Where names are hexadecimal: digits and the first six letters, some of these among the next signs. */
export function looksHexadecimal(text: string): boolean {
  return /^[^g-zG-Z]*[a-fA-F][^g-zG-Z]*$/.test(text.slice(0, 16));
}

/** Names are guessed from no further than this. */
const longestGuess = 48;

/**
 * Boundaries behind a key among names of one flat folder, guessed from its characters: further digits where it has a
 * digit, further letters of hexadecimal where it has one, the next character elsewhere. A wrong guess makes an empty
 * piece, which costs one request and loses nothing.
 */
export function guessedBoundaries(
  range: Required<Pick<KeyRange, 'after'>> & KeyRange,
  prefix: string,
): string[] {
  const { after, until } = range;
  const start = Math.max(prefix.length, until === undefined ? 0 : commonLength(after, until));
  const boundaries: string[] = [];
  const hex = looksHexadecimal(after.slice(start));
  for (let at = start; at < Math.min(after.length, start + longestGuess); at += 1) {
    const stem = after.slice(0, at);
    const character = after.charAt(at);
    const further = furtherThan(character, hex)
      .map((next) => stem + next)
      .filter((next) => until === undefined || keyOrder(next, until) < 0);
    boundaries.push(...further);
    // Digits that differ are where the keys part; what stands behind them parts only the keys of one digit.
    if (further.length > 0 && (hex || /\d/.test(character))) break;
  }
  return boundaries;
}

function furtherThan(character: string, hex: boolean): readonly string[] {
  const code = character.charCodeAt(0);
  if (code < 0x20 || code >= 0x7e) return [];
  if (hex && /\d/.test(character)) return '123456789abcdef'.split('').filter((next) => next > character);
  const last = /\d/.test(character)
    ? '9'
    : /[A-F]/.test(character)
      ? 'F'
      : /[a-f]/.test(character)
        ? 'f'
        : '';
  const to = last === '' ? code + 1 : last.charCodeAt(0) + 1;
  return Array.from({ length: to - code }, (_, at) => String.fromCharCode(code + 1 + at));
}
